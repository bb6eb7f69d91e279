import { isObject, type Json, type JsonObject, textAt } from '../../json.ts'

/** What a parameter or header says beyond its name, place and being a text: that is for people. */
export function documentedProperties(source: JsonObject): JsonObject {
  const { name: _name, in: _in, required: _required, type, schema, $ref: _ref, ...rest } = source
  return {
    ...rest,
    ...(type !== undefined && type !== 'string' && { type }),
    ...(schema !== undefined && !isPlainText(schema) && { schema }),
  }
}

function isPlainText(schema: Json): boolean {
  return isObject(schema) && Object.keys(schema).length === 1 && schema['type'] === 'string'
}

/** A response's description, unless it is what an export writes where the specification wants one. */
export function documentedDescription(response: JsonObject, statusCode: string): JsonObject {
  const description = textAt(response, 'description') ?? ''
  return description === '' || description === `${statusCode} response` ? {} : { description }
}
