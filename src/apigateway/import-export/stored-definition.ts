import { parseJsonObject } from '../../openapi/json.ts'
import type {
  ApiDefinition,
  ApiSettings,
  DocumentationPartDefinition,
  IntegrationDefinition,
  MethodDefinition,
  ModelDefinition,
  ResourceDefinition,
} from '../../openapi/rest/definition.ts'
import { unbound } from '../../openapi/rest/model-reference.ts'
import type { Reader } from '../../storage/store.ts'
import { authorizersOf } from '../authorizer/authorizer.ts'
import { type DocumentationPartRecord, documentationPartsOf } from '../documentation-part/documentation-part.ts'
import { gatewayResponsesOf } from '../gateway-response/gateway-response.ts'
import { type MethodRecord, methods } from '../method/method.ts'
import { type ModelRecord, modelsOf } from '../model/model.ts'
import { requestValidatorsOf } from '../request-validator/request-validator.ts'
import { type ResourceRecord, resourcesOf } from '../resource/resource.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'

/** Names by ids. */
type Names = ReadonlyMap<string, string>

/** A part of the documentation without its id. */
export function describePart({ location, properties }: DocumentationPartRecord): DocumentationPartDefinition {
  return { location, properties: parseJsonObject(properties) ?? {} }
}

/** Reads an API as it stands, as a document says it: without ids, parts naming each other. */
export async function readStoredDefinition(reader: Reader, scope: string, api: RestApiRecord): Promise<ApiDefinition> {
  const authorizers = await authorizersOf(reader, scope, api.id)
  const validators = await requestValidatorsOf(reader, scope, api.id)
  const names = new Map([...authorizers, ...validators].map(({ id, name }) => [id, name]))
  const models = await modelsOf(reader, scope, api.id)
  return {
    settings: settingsOf(api),
    models: models.map((model) => describeModel(model, api.id)),
    authorizers: authorizers.map(({ id: _, ...authorizer }) => authorizer),
    requestValidators: validators.map(({ id: _, ...validator }) => validator),
    gatewayResponses: await gatewayResponsesOf(reader, scope, api.id),
    documentationParts: (await documentationPartsOf(reader, scope, api.id)).map(describePart),
    resources: await describeResources(reader, scope, api.id, names),
  }
}

function settingsOf(api: RestApiRecord): ApiSettings {
  const { id: _id, createdDate: _date, rootResourceId: _root, endpointConfiguration, tags, ...settings } = api
  const [endpointType] = endpointConfiguration.types
  const { ipAddressType, vpcEndpointIds } = endpointConfiguration
  return {
    ...settings,
    ...(endpointType && { endpointType }),
    ipAddressType,
    ...(vpcEndpointIds && { vpcEndpointIds }),
    ...(Object.keys(tags).length > 0 && { tags }),
  }
}

function describeModel({ id: _, schema, ...model }: ModelRecord, restApiId: string): ModelDefinition {
  const parsed = parseJsonObject(schema)
  return { ...model, schema: parsed ? unbound(parsed, restApiId) : schema }
}

async function describeResources(
  reader: Reader,
  scope: string,
  restApiId: string,
  names: Names,
): Promise<ResourceDefinition[]> {
  const prefix = `${restApiId}/`
  const byResource = new Map<string, MethodRecord[]>()
  for (const { key, document } of await reader.list(methods, scope, { prefix })) {
    const resourceId = key.slice(prefix.length, key.lastIndexOf('/'))
    byResource.set(resourceId, [...(byResource.get(resourceId) ?? []), document])
  }
  const resources = await resourcesOf(reader, scope, restApiId)
  return resources
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((resource) => ({
      path: resource.path,
      methods: (byResource.get(resource.id) ?? []).map((method) => describeMethod(method, resource, names)),
    }))
}

function describeMethod(record: MethodRecord, { id }: ResourceRecord, names: Names): MethodDefinition {
  const { authorizerId = '', requestValidatorId = '', methodIntegration, ...method } = record
  const authorizer = names.get(authorizerId)
  const requestValidator = names.get(requestValidatorId)
  return {
    ...method,
    ...(authorizer !== undefined && { authorizer }),
    ...(requestValidator !== undefined && { requestValidator }),
    ...(methodIntegration && { methodIntegration: withoutOwnNamespace(methodIntegration, id) }),
  }
}

function withoutOwnNamespace(
  { cacheNamespace, ...integration }: NonNullable<MethodRecord['methodIntegration']>,
  resourceId: string,
): IntegrationDefinition {
  return { ...integration, ...(cacheNamespace !== resourceId && { cacheNamespace }) }
}
