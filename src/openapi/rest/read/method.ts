import { isVendorExtension } from '../../document/vendor-extension.ts'
import { type JsonObject, textAt } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import type { OperationPlace, ReadContext } from './context.ts'
import { readIntegration } from './integration.ts'
import { readParameters } from './parameters.ts'
import { readRequestModels } from './request-models.ts'
import { readResponses } from './responses.ts'
import { readSecurity } from './security.ts'

const validatorExtension = 'x-amazon-apigateway-request-validator'
/** What the readers of an operation's parts take care of. */
const taken = new Set([
  'parameters',
  'requestBody',
  'responses',
  'security',
  'operationId',
  'consumes',
  'produces',
  'schemes',
  validatorExtension,
  'x-amazon-apigateway-integration',
  'x-amazon-apigateway-auth',
  'x-amazon-apigateway-authtype',
])
/** What goes into the documentation of a method. */
const documented = new Set(['tags', 'summary', 'description', 'externalDocs', 'deprecated'])

/** Reads one operation of a path item; `undefined` when the method cannot be created. */
export function readMethod(
  operation: JsonObject,
  pathItem: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): MethodDefinition | undefined {
  document(operation, place, context)
  const security = readSecurity(operation, place, context)
  const { requestParameters, body } = readParameters(operation, pathItem, place, context)
  const requestModels = readRequestModels(operation, body, place, context)
  const methodResponses = readResponses(operation, place, context)
  const methodIntegration = readIntegration(operation, place, context)
  if (!security) return undefined
  const operationName = textAt(operation, 'operationId')
  const requestValidator = textAt(operation, validatorExtension) ?? textAt(context.root, validatorExtension)
  return {
    httpMethod: place.verb,
    ...security,
    ...(requestValidator !== undefined && { requestValidator }),
    ...(operationName !== undefined && { operationName }),
    ...(Object.keys(requestParameters).length > 0 && { requestParameters }),
    ...(Object.keys(requestModels).length > 0 && { requestModels }),
    ...(Object.keys(methodResponses).length > 0 && { methodResponses }),
    ...(methodIntegration && { methodIntegration }),
  }
}

function document(
  operation: JsonObject,
  { verb, path }: OperationPlace,
  { documentation, findings }: ReadContext,
): void {
  const properties = Object.entries(operation).filter(([member]) => documented.has(member) || isVendorExtension(member))
  documentation.add({ type: 'METHOD', path, method: verb }, Object.fromEntries(properties))
  for (const member of Object.keys(operation)) {
    if (!taken.has(member) && !documented.has(member) && !isVendorExtension(member)) {
      findings.warnings.push(`Unsupported member '${member}' of '${verb} ${path}'. Ignoring.`)
    }
  }
}
