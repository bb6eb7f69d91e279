import { type BasePathMode, pathPrefix } from '../../document/base-path.ts'
import { createResolver } from '../../document/references.ts'
import { isVendorExtension } from '../../document/vendor-extension.ts'
import { versionOf } from '../../document/version.ts'
import { type JsonObject, objectAt, textAt } from '../../json.ts'
import type { HttpApiDefinition } from '../definition.ts'
import type { HttpFindings, ReadContext } from './context.ts'
import { createIntegrationReader } from './integrations.ts'
import { readRoutes } from './routes.ts'
import { readSecuritySchemes } from './security-schemes.ts'
import { readSettings } from './settings.ts'

/** What a document says; `errors` make its definition unusable. */
export interface HttpReadResult extends HttpFindings {
  readonly definition: HttpApiDefinition
}

const importVersion = 'x-amazon-apigateway-importexport-version'
/** The root's members that have an effect, or need none. */
const known = new Set([
  ...['openapi', 'info', 'servers', 'paths', 'components', 'security', 'tags', 'externalDocs', 'jsonSchemaDialect'],
  'x-amazon-apigateway-cors',
  'x-amazon-apigateway-endpoint-configuration',
  importVersion,
])

/**
 * Reads an OpenAPI 3 document as the definition of an HTTP API. What cannot be taken over is told of, with its place:
 * as info where HTTP APIs have no use for it, as a warning where a part is left out, as an error where nothing can be made.
 *
 * @returns `undefined` for an object that is no OpenAPI 3 document at all.
 */
export function readHttpOpenApi(root: JsonObject, basePath: BasePathMode): HttpReadResult | undefined {
  const version = versionOf(root)
  if (version === undefined || version === 'swagger') return undefined
  const findings: HttpFindings = { info: [], warnings: [], errors: [] }
  const resolve = createResolver(root, findings)
  const context: ReadContext = {
    root,
    findings,
    resolve,
    security: readSecuritySchemes(root, findings),
    integrations: createIntegrationReader(root, resolve, findings),
  }
  reportRoot(context)
  const settings = readSettings(context)
  const routes = readRoutes(pathPrefix(root, version, basePath), context)
  const definition = {
    settings,
    authorizers: [...context.security.values()].flatMap((scheme) =>
      scheme.kind === 'authorizer' ? [scheme.authorizer] : [],
    ),
    integrations: context.integrations.all(),
    routes,
  }
  return { definition, ...findings }
}

function reportRoot({ root, findings }: ReadContext): void {
  for (const member of Object.keys(root)) {
    if (known.has(member) || isVendorExtension(member)) continue
    // A REST API's export may become an HTTP API: what only REST APIs have is no mistake.
    if (member.startsWith('x-amazon-apigateway-')) findings.info.push(unused(member, 'the document'))
    else findings.warnings.push(`Unsupported member '${member}' of the document. Ignoring.`)
  }
  if (Object.keys(objectAt(objectAt(root, 'components'), 'schemas')).length > 0) {
    findings.info.push(unused('schemas', 'the components'))
  }
  const version = textAt(root, importVersion)
  if (version !== undefined && Number(version) !== 1) {
    findings.errors.push(`Invalid ${importVersion} specified: ${version}. Valid options are 1.0`)
  }
}

/** Says that HTTP APIs have no use for a member. */
function unused(member: string, place: string): string {
  return `HTTP APIs do not support '${member}' of ${place}. Ignoring.`
}
