import { isList, isObject, type Json, type JsonObject } from '../json.ts'

const maps = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependencies'])
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'items'])
const singles = new Set(['items', 'not', 'additionalProperties', 'additionalItems'])

/** Rewrites the schemas directly within a schema; a reference has none. */
export function mapParts(schema: JsonObject, visit: (part: JsonObject) => JsonObject): JsonObject {
  if (typeof schema['$ref'] === 'string') return schema
  const visitIfSchema = (value: Json) => (isObject(value) ? visit(value) : value)
  const members = Object.entries(schema).map(([keyword, value]) => {
    if (maps.has(keyword) && isObject(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, visitIfSchema(part)]))]
    }
    if (lists.has(keyword) && isList(value)) return [keyword, value.map(visitIfSchema)]
    return [keyword, singles.has(keyword) ? visitIfSchema(value) : value]
  })
  return Object.fromEntries(members)
}

/** Rewrites every reference within a schema. */
export function mapReferences(schema: JsonObject, rewrite: (reference: string) => string): JsonObject {
  const reference = schema['$ref']
  if (typeof reference === 'string') return { $ref: rewrite(reference) }
  return mapParts(schema, (part) => mapReferences(part, rewrite))
}
