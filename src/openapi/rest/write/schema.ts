import { isList, type JsonObject } from '../../json.ts'
import { referredModel } from '../model-reference.ts'
import { schemasPrefix } from '../read/schema.ts'
import { mapParts, mapReferences } from '../schema-parts.ts'
import type { Version } from './options.ts'

/** Writes a model's schema with references as the document has them, and without draft 4's own `$schema`. */
export function writeSchema(name: string, schema: JsonObject, version: Version): JsonObject {
  const { $schema: _, ...rest } = schema
  const prefix = schemasPrefix(version)
  const located = mapReferences(rest, (reference) => {
    const model = referredModel(reference)
    if (model !== undefined) return `${prefix}/${model}`
    return reference.startsWith('#') ? `${prefix}/${name}${reference.slice(1)}` : reference
  })
  return version === 'oas30' ? withNullable(located) : located
}

/** A body's reference to its model. */
export function schemaReference(name: string, version: Version): JsonObject {
  return { $ref: `${schemasPrefix(version)}/${name}` }
}

/** OpenAPI 3.0 knows one type at a time, and `nullable`. */
function withNullable(schema: JsonObject): JsonObject {
  const { type, ...rest } = mapParts(schema, withNullable)
  if (type === undefined) return rest
  const [only, second] = isList(type) && type.length === 2 ? type : []
  return second === 'null' && typeof only === 'string' ? { type: only, nullable: true, ...rest } : { type, ...rest }
}
