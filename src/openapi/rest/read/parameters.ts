import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import { flagAt, type Json, type JsonObject, listAt, textAt } from '../../json.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'
import { documentedProperties } from './documented-properties.ts'

/** An operation's parameters by what becomes of them. */
export interface Parameters {
  /** `method.request.{location}.{name}` to whether it is required. */
  readonly requestParameters: Record<string, boolean>
  /** Swagger 2.0's parameter that is the request's body. */
  readonly body: JsonObject | undefined
}

const locations: Readonly<Record<string, { readonly location: string; readonly part: DocumentationPartType }>> = {
  query: { location: 'querystring', part: 'QUERY_PARAMETER' },
  header: { location: 'header', part: 'REQUEST_HEADER' },
  path: { location: 'path', part: 'PATH_PARAMETER' },
}
const parameterName = /^[a-zA-Z0-9._$-]+$/

/**
 * Reads the parameters of an operation and of its path item; the operation's win. Observed: variables of the path need not be
 * declared. What else a parameter says (its schema, description, examples) becomes documentation.
 */
export function readParameters(
  operation: JsonObject,
  pathItem: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): Parameters {
  const declared = collect(operation, pathItem, place, context)
  const body = declared.find((parameter) => textAt(parameter, 'in') === 'body')
  const requestParameters: [string, boolean][] = []
  for (const parameter of declared) {
    const expression = readParameter(parameter, place, context)
    if (expression) requestParameters.push([expression, isRequired(parameter)])
  }
  const variables = [...place.path.matchAll(/\{([^}]+?)\+?\}/g)].map(([, name]) => `method.request.path.${name}`)
  const undeclared = variables.filter((variable) => !requestParameters.some(([expression]) => expression === variable))
  return {
    requestParameters: Object.fromEntries([...requestParameters, ...undeclared.map((variable) => [variable, true])]),
    body,
  }
}

function collect(operation: JsonObject, pathItem: JsonObject, place: OperationPlace, { resolve }: ReadContext) {
  const byKey = new Map<string, JsonObject>()
  const entries: Json[] = [...listAt(pathItem, 'parameters'), ...listAt(operation, 'parameters')]
  for (const [index, entry] of entries.entries()) {
    const parameter = resolve(entry, attribute(place, `parameters.[${index}]`))
    if (parameter) byKey.set(`${textAt(parameter, 'in')} ${textAt(parameter, 'name')}`, parameter)
  }
  return [...byKey.values()]
}

function readParameter(parameter: JsonObject, place: OperationPlace, context: ReadContext): string | undefined {
  const name = textAt(parameter, 'name') ?? ''
  const where = textAt(parameter, 'in') ?? ''
  if (where === 'body') return undefined
  const known = locations[where]
  const operation = `'${place.verb} ${place.path}'`
  if (!known) {
    context.findings.warnings.push(`Unsupported parameter '${name}' in '${where}' for ${operation}. Ignoring.`)
    return undefined
  }
  if (!parameterName.test(name)) {
    // Observed words.
    context.findings.errors.push(
      `Unable to put method '${place.verb}' on resource at path '${place.path}': Invalid mapping expression specified: Validation Result: warnings : [], errors : [Parameter name should match the following regular expression: ${parameterName.source}]`,
    )
    return undefined
  }
  const location = { type: known.part, path: place.path, method: place.verb, name }
  context.documentation.add(location, documentedProperties(parameter))
  return `method.request.${known.location}.${name}`
}

/** A path's variable is always required, whatever the document says. */
function isRequired(parameter: JsonObject): boolean {
  return flagAt(parameter, 'required') || textAt(parameter, 'in') === 'path'
}
