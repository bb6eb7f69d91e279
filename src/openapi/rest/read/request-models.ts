import { isObject, type JsonObject, objectAt, textAt, textsAt } from '../../json.ts'
import { attribute, type OperationPlace, type ReadContext } from './context.ts'

/** What a body may be: the models by media type. */
export type Models = Record<string, string>

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

/** An operation's `consumes` or `produces`, the document's where it has none; JSON where that has none either. */
export function mediaTypes(operation: JsonObject, root: JsonObject, member: 'consumes' | 'produces'): string[] {
  const own = textsAt(operation, member)
  const shared = own.length > 0 ? own : textsAt(root, member)
  return shared.length > 0 ? shared : ['application/json']
}

/**
 * Reads a `content` map.
 *
 * @param what Names the body in findings.
 * @param place The attribute that holds `content`.
 */
export function readContent(
  holder: JsonObject,
  what: string,
  place: string,
  context: ReadContext,
): { readonly models: Models; readonly examples: JsonObject } {
  const models: [string, string][] = []
  const examples: [string, JsonObject][] = []
  for (const [mediaType, value] of Object.entries(objectAt(holder, 'content'))) {
    const media = context.resolve(value, `${place}.content.'${mediaType}'`)
    if (!media) continue
    const { schema, ...rest } = media
    const name = isObject(schema) ? context.models.nameOf(schema, what) : undefined
    if (name !== undefined) models.push([mediaType, name])
    if (Object.keys(rest).length > 0) examples.push([mediaType, rest])
  }
  return {
    models: Object.fromEntries(models),
    examples: examples.length > 0 ? { content: Object.fromEntries(examples) } : {},
  }
}

/** A description that says nothing: what an export writes where the specification wants one. */
export function isFiller(description: string | undefined, statusCode: string): boolean {
  return description === undefined || description === `${statusCode} response` || description === ''
}

/** The properties of a holder's own description, unless it is filler. */
export function describedBy(holder: JsonObject, statusCode: string): JsonObject {
  const description = textAt(holder, 'description')
  return description === undefined || isFiller(description, statusCode) ? {} : { description }
}
