import type { Reader } from '../../storage/store.ts'
import { type AuthorizerRecord, authorizersOf } from '../authorizer/authorizer.ts'
import { type GatewayResponseRecord, gatewayResponsesOf } from '../gateway-response/gateway-response.ts'
import type { IntegrationRecord } from '../integration/integration.ts'
import { type MethodIds, type MethodRecord, methodKey, methods, requireMethod } from '../method/method.ts'
import { badRequest } from '../refusal.ts'
import type { ResourceRecord } from '../resource/resource.ts'
import { requireResource, resourcesOf } from '../resource/resource.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'
import { readValidation, type Validation } from './request-validation.ts'

/** A method that can be deployed: it has a backend. */
export interface DeployableMethod extends MethodRecord {
  readonly methodIntegration: IntegrationRecord
}

/** An API as it stands: all that a deployment freezes. */
export interface Definition {
  readonly api: RestApiRecord
  /** Only those with methods, sorted by path. */
  readonly resources: readonly { readonly resource: ResourceRecord; readonly methods: readonly DeployableMethod[] }[]
  /** Only those that the API has changed. */
  readonly gatewayResponses: readonly GatewayResponseRecord[]
  readonly validation: Validation
  /** By id. */
  readonly authorizers: ReadonlyMap<string, AuthorizerRecord>
}

/**
 * Reads one method of an API as it stands: a definition of nothing else.
 * @throws {ServiceError} `NotFoundException` for an unknown resource or method, `BadRequestException` for a method without
 *   integration.
 */
export async function readMethodDefinition(
  reader: Reader,
  scope: string,
  api: RestApiRecord,
  { resourceId, httpMethod }: Pick<MethodIds, 'resourceId' | 'httpMethod'>,
): Promise<Definition> {
  const restApiId = api.id
  const resource = await requireResource(reader, scope, restApiId, resourceId)
  const method =
    (await reader.get(methods, scope, methodKey({ restApiId, resourceId, httpMethod }))) ??
    (await requireMethod(reader, scope, { restApiId, resourceId, httpMethod: 'ANY' }))
  return {
    api,
    resources: [{ resource, methods: [deployable(method)] }],
    gatewayResponses: await gatewayResponsesOf(reader, scope, restApiId),
    validation: await readValidation(reader, scope, restApiId, [method]),
    authorizers: new Map(),
  }
}

/**
 * Reads an API as it stands.
 * @throws {ServiceError} `BadRequestException` for an API without methods, and for a method without integration.
 */
export async function readDefinition(reader: Reader, scope: string, api: RestApiRecord): Promise<Definition> {
  const byResource = await methodsByResource(reader, scope, api.id)
  if (byResource.size === 0) throw badRequest("The REST API doesn't contain any methods")
  const resources = await resourcesOf(reader, scope, api.id)
  const withMethods = resources.flatMap((resource) => {
    const methods = byResource.get(resource.id)
    return methods ? [{ resource, methods: methods.map(deployable) }] : []
  })
  return {
    api,
    resources: withMethods.sort((a, b) => (a.resource.path < b.resource.path ? -1 : 1)),
    gatewayResponses: await gatewayResponsesOf(reader, scope, api.id),
    validation: await readValidation(reader, scope, api.id, [...byResource.values()].flat()),
    authorizers: new Map((await authorizersOf(reader, scope, api.id)).map((authorizer) => [authorizer.id, authorizer])),
  }
}

async function methodsByResource(reader: Reader, scope: string, restApiId: string) {
  const prefix = `${restApiId}/`
  const byResource = new Map<string, MethodRecord[]>()
  for (const { key, document } of await reader.list(methods, scope, { prefix })) {
    const resourceId = key.slice(prefix.length, key.lastIndexOf('/'))
    byResource.set(resourceId, [...(byResource.get(resourceId) ?? []), document])
  }
  return byResource
}

function deployable(method: MethodRecord): DeployableMethod {
  const { methodIntegration } = method
  if (!methodIntegration) throw badRequest('No integration defined for method')
  return { ...method, methodIntegration }
}
