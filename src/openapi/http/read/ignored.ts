import { lookUp } from '../../document/pointer.ts'
import { isVendorExtension } from '../../document/vendor-extension.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../../json.ts'
import type { OperationPlace, ReadContext } from './context.ts'

/** What the readers of an operation's parts take care of, and what is for readers only. */
const taken = new Set([
  ...['parameters', 'responses', 'security', 'operationId', 'servers', 'isDefaultRoute'],
  ...['tags', 'summary', 'description', 'externalDocs', 'deprecated'],
  'x-amazon-apigateway-integration',
  'x-amazon-apigateway-auth',
])
/** What OpenAPI has, and HTTP APIs have no use for. */
const unsupported = new Set(['requestBody', 'callbacks'])

/** Tells what of an operation has no effect: HTTP APIs check neither parameters nor bodies. */
export function reportIgnored(operation: JsonObject, place: OperationPlace, context: ReadContext): void {
  const { findings } = context
  for (const member of Object.keys(operation)) {
    if (taken.has(member) || isVendorExtension(member)) continue
    const isRest = member.startsWith('x-amazon-apigateway-')
    const found = `Unsupported member '${member}' of '${place.routeKey}'. Ignoring.`
    if (isRest || unsupported.has(member)) findings.info.push(found)
    else findings.warnings.push(found)
  }
  for (const parameter of listAt(operation, 'parameters')) {
    const location = isObject(parameter) ? textAt(parameter, 'in') : undefined
    if (isObject(parameter) && location !== undefined && location !== 'path') {
      findings.info.push(
        `Unsupported ${location} parameter '${textAt(parameter, 'name')}' of '${place.routeKey}'. Ignoring.`,
      )
    }
  }
  reportMissingSchemas(operation, place, context)
}

/** Observed: schemas have no effect, but one that is not there is told of. */
function reportMissingSchemas(operation: JsonObject, { attribute }: OperationPlace, context: ReadContext): void {
  const bodies: [string, Json | undefined][] = [
    ['requestBody', operation['requestBody']],
    ...Object.entries(objectAt(operation, 'responses')).map(([status, response]): [string, Json] => [
      `responses.${status}`,
      response,
    ]),
  ]
  for (const [member, body] of bodies) {
    for (const media of Object.values(isObject(body) ? objectAt(body, 'content') : {})) {
      const reference = isObject(media) ? textAt(objectAt(media, 'schema'), '$ref') : undefined
      if (reference?.startsWith('#') && lookUp(context.root, reference) === undefined) {
        context.findings.warnings.push(
          `Parse issue: attribute ${attribute}.${member}.content.schema.${reference} is missing`,
        )
      }
    }
  }
}
