import { isObject, type JsonObject } from '../../json.ts'
import { type Models, mediaTypes, readContent } from './content.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'

/**
 * Reads the models of an operation's request body.
 *
 * @param body Swagger 2.0's body parameter.
 */
export function readRequestModels(
  operation: JsonObject,
  body: JsonObject | undefined,
  place: OperationPlace,
  context: ReadContext,
): Models {
  return context.version === 'swagger'
    ? readBodyParameter(operation, body, place, context)
    : readRequestBody(operation, place, context)
}

function readBodyParameter(
  operation: JsonObject,
  body: JsonObject | undefined,
  place: OperationPlace,
  context: ReadContext,
): Models {
  if (!body) return {}
  const { name: _name, in: _in, required: _required, schema, ...properties } = body
  document(properties, place, context)
  const name = isObject(schema) ? context.models.nameOf(schema, bodyOf(place)) : undefined
  if (name === undefined) return {}
  return Object.fromEntries(mediaTypes(operation, context.root, 'consumes').map((mediaType) => [mediaType, name]))
}

function readRequestBody(operation: JsonObject, place: OperationPlace, context: ReadContext): Models {
  const body = context.resolve(operation['requestBody'], attribute(place, 'requestBody'))
  if (!body) return {}
  const { content: _content, required: _required, ...properties } = body
  const { models, examples } = readContent(body, bodyOf(place), attribute(place, 'requestBody'), context)
  document({ ...properties, ...examples }, place, context)
  return models
}

function document(properties: JsonObject, { verb: method, path }: OperationPlace, context: ReadContext): void {
  context.documentation.add({ type: 'REQUEST_BODY', path, method }, properties)
}

function bodyOf({ verb, path }: OperationPlace): string {
  return `request body of '${verb} ${path}'`
}
