import { isObject, type JsonObject, objectAt } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import { type Models, mediaTypes, readContent } from './content.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'
import { documentedDescription, documentedProperties } from './documented-properties.ts'

type MethodResponses = NonNullable<MethodDefinition['methodResponses']>
type MethodResponse = MethodResponses[string]

/** Reads an operation's responses: by status code, as the service knows no ranges and no `default`. */
export function readResponses(operation: JsonObject, place: OperationPlace, context: ReadContext): MethodResponses {
  const responses: [string, MethodResponse][] = []
  const declared = Object.entries(objectAt(operation, 'responses')).filter(([code]) => !code.startsWith('x-'))
  // Observed words.
  if (declared.length === 0) context.findings.warnings.push(`No responses specified for '${place.verb} ${place.path}'`)
  for (const [statusCode, value] of declared) {
    if (!/^[1-5]\d\d$/.test(statusCode)) {
      context.findings.warnings.push(
        `Unsupported response '${statusCode}' for '${place.verb} ${place.path}': only status codes are supported. Ignoring.`,
      )
      continue
    }
    const response = context.resolve(value, attribute(place, `responses.${statusCode}`))
    if (response) responses.push([statusCode, readResponse(statusCode, response, operation, place, context)])
  }
  return Object.fromEntries(responses)
}

function readResponse(
  statusCode: string,
  response: JsonObject,
  operation: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): MethodResponse {
  const { description: _, headers: _headers, schema: _schema, content: _content, links, ...rest } = response
  const body = readBody(statusCode, response, operation, place, context)
  const location = { path: place.path, method: place.verb, statusCode }
  context.documentation.add(
    { type: 'RESPONSE', ...location },
    { ...documentedDescription(response, statusCode), ...rest, ...(links !== undefined && { links }) },
  )
  context.documentation.add({ type: 'RESPONSE_BODY', ...location }, body.examples)
  const responseParameters = readHeaders(statusCode, response, place, context)
  return {
    statusCode,
    ...(Object.keys(responseParameters).length > 0 && { responseParameters }),
    ...(Object.keys(body.models).length > 0 && { responseModels: body.models }),
  }
}

function readBody(
  statusCode: string,
  response: JsonObject,
  operation: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): { readonly models: Models; readonly examples: JsonObject } {
  const what = `${statusCode} response of '${place.verb} ${place.path}'`
  if (context.version !== 'swagger') {
    return readContent(response, what, attribute(place, `responses.${statusCode}`), context)
  }
  const { schema } = response
  const name = isObject(schema) ? context.models.nameOf(schema, what) : undefined
  const models = mediaTypes(operation, context.root, 'produces').flatMap((type) =>
    name === undefined ? [] : [[type, name]],
  )
  return { models: Object.fromEntries(models), examples: {} }
}

/** Observed: no response header is required, whatever the document says. */
function readHeaders(
  statusCode: string,
  response: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): Record<string, boolean> {
  const headers = Object.entries(objectAt(response, 'headers')).map(([name, value]) => {
    const header = context.resolve(value, attribute(place, `responses.${statusCode}.headers.'${name}'`)) ?? {}
    const location = { path: place.path, method: place.verb, statusCode, name }
    context.documentation.add({ type: 'RESPONSE_HEADER', ...location }, documentedProperties(header))
    return [`method.response.header.${name}`, false] as const
  })
  return Object.fromEntries(headers)
}
