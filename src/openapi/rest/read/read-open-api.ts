import { type BasePathMode, pathPrefix } from '../../document/base-path.ts'
import { createResolver } from '../../document/references.ts'
import { documentedTags } from '../../document/tags.ts'
import { isVendorExtension } from '../../document/vendor-extension.ts'
import { type DocumentVersion, versionOf } from '../../document/version.ts'
import type { Findings } from '../../findings.ts'
import { flagAt, isObject, type JsonObject, objectAt, pick, textAt } from '../../json.ts'
import type { ApiDefinition, RequestValidatorDefinition } from '../definition.ts'
import type { ReadContext } from './context.ts'
import { createDocumentationCollector, readDocumentationParts } from './documentation.ts'
import { readGatewayResponses } from './gateway-responses.ts'
import { createModelRegistry } from './model-registry.ts'
import { readResources } from './resources.ts'
import { namedSchemes, readSecuritySchemes } from './security-schemes.ts'
import { readSettings } from './settings.ts'

/** How a document is to be read. */
export interface ReadOptions {
  readonly basePath: BasePathMode
  readonly ignoreDocumentation: boolean
}

/** What a document says; `errors` make its definition unusable. */
export interface ReadResult extends Findings {
  readonly definition: ApiDefinition
}

/** The root's members that have an effect, or need none. */
const known = new Set([
  ...['swagger', 'openapi', 'info', 'host', 'basePath', 'schemes', 'consumes', 'produces', 'servers', 'paths'],
  ...['definitions', 'parameters', 'responses', 'securityDefinitions', 'components', 'security', 'tags'],
  ...['externalDocs', 'jsonSchemaDialect', 'x-amazon-apigateway-importexport-version'],
  'x-amazon-apigateway-api-key-source',
  'x-amazon-apigateway-binary-media-types',
  'x-amazon-apigateway-documentation',
  'x-amazon-apigateway-endpoint-access-mode',
  'x-amazon-apigateway-endpoint-configuration',
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-minimum-compression-size',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-request-validator',
  'x-amazon-apigateway-request-validators',
  'x-amazon-apigateway-security-policy',
])

/**
 * Reads a Swagger 2.0, OpenAPI 3.0 or 3.1 document as the definition of a REST API. What cannot be taken over
 * is a warning or an error that names its place.
 *
 * @returns `undefined` for an object that is no such document at all.
 */
export function readOpenApi(root: JsonObject, options: ReadOptions): ReadResult | undefined {
  const version = versionOf(root)
  if (!version) return undefined
  const findings: Findings = { warnings: [], errors: [] }
  const context: ReadContext = {
    version,
    root,
    findings,
    resolve: createResolver(root, findings),
    models: createModelRegistry(root, version, findings),
    security: readSecuritySchemes(root, version, findings),
    documentation: createDocumentationCollector(options.ignoreDocumentation),
  }
  return { definition: readDefinition(pathPrefix(root, version, options.basePath), context), ...findings }
}

function readDefinition(prefix: string, context: ReadContext): ApiDefinition {
  const { root, findings, documentation } = context
  for (const member of Object.keys(root)) {
    if (!known.has(member) && !isVendorExtension(member)) {
      findings.warnings.push(`Unsupported member '${member}' of the document. Ignoring.`)
    }
  }
  documentApi(context)
  const settings = readSettings(context)
  const resources = readResources(prefix, context)
  readDocumentationParts(root, documentation, findings)
  const documentationParts = documentation.all()
  return {
    settings,
    models: context.models.all(),
    authorizers: [...context.security.values()].flatMap((scheme) =>
      scheme.kind === 'authorizer' ? [scheme.authorizer] : [],
    ),
    requestValidators: readRequestValidators(context),
    gatewayResponses: readGatewayResponses(context),
    ...(documentationParts && { documentationParts }),
    resources,
  }
}

function readRequestValidators({ root, findings }: ReadContext): RequestValidatorDefinition[] {
  const source = objectAt(root, 'x-amazon-apigateway-request-validators')
  return Object.entries(source).flatMap(([name, value]) => {
    if (isObject(value)) {
      const validateRequestBody = flagAt(value, 'validateRequestBody')
      return [{ name, validateRequestBody, validateRequestParameters: flagAt(value, 'validateRequestParameters') }]
    }
    findings.errors.push(`Unable to create request validator '${name}': it is not of type \`object\``)
    return []
  })
}

/** The name, version and description of an API are settings of its own; the rest of `info` is documentation. */
function documentApi({ root, version, documentation }: ReadContext): void {
  const { title: _title, version: _version, description: _description, ...info } = objectAt(root, 'info')
  const tags = documentedTags(root)
  const vendor = Object.keys(root).filter(isVendorExtension)
  const paths = objectAt(root, 'paths')
  documentation.add(
    { type: 'API' },
    {
      ...(Object.keys(info).length > 0 && { info }),
      ...(tags.length > 0 && { tags }),
      ...pick(root, ['externalDocs', ...vendor]),
      ...pick(paths, Object.keys(paths).filter(isVendorExtension)),
    },
  )
  for (const [name, description] of schemeDescriptions(root, version)) {
    documentation.add({ type: 'AUTHORIZER', name }, { description })
  }
}

function schemeDescriptions(root: JsonObject, version: DocumentVersion): [string, string][] {
  return Object.entries(namedSchemes(root, version)).flatMap(([name, scheme]) => {
    const description = isObject(scheme) ? textAt(scheme, 'description') : undefined
    const isAuthorizer = isObject(scheme) && isObject(scheme['x-amazon-apigateway-authorizer'])
    return description === undefined || !isAuthorizer ? [] : [[name, description]]
  })
}
