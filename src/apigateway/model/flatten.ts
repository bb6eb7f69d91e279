import { isSchema, type Schema } from '../../json-schema/schema.ts'
import type { ModelRecord } from './model.ts'
import { parseModelUrl } from './model-url.ts'
import { mapSubschemas, parseSchema, referenceOf, referredModels } from './schema.ts'

/**
 * Inlines the models that a model refers to, directly or not: each becomes one of its `definitions`.
 *
 * @param find Gives a model of the API by its name.
 * @returns The schema's text as it is when it refers to no model.
 */
export async function flatten(
  restApiId: string,
  model: ModelRecord,
  find: (modelName: string) => Promise<ModelRecord | undefined>,
): Promise<string> {
  const root = parseSchema(model.schema)
  if (!root || referredModels(root, restApiId).size === 0) return model.schema
  const inlined = await collect(restApiId, model.name, root, find)
  const own = isSchema(root['definitions']) ? root['definitions'] : {}
  const pointers = new Map([...inlined.keys()].map((name) => [name, `#/definitions/${freeName(name, own)}`]))
  pointers.set(model.name, '#')
  const definitions = [...inlined].map(([name, schema]) => {
    const pointer = pointers.get(name) ?? '#'
    return [freeName(name, own), relocate(schema, pointer, pointers)] as const
  })
  const flat = relocate(root, '#', pointers)
  const rewritten = isSchema(flat['definitions']) ? flat['definitions'] : {}
  return JSON.stringify({ ...flat, definitions: { ...rewritten, ...Object.fromEntries(definitions) } }, null, 2)
}

async function collect(
  restApiId: string,
  rootName: string,
  root: Schema,
  find: (modelName: string) => Promise<ModelRecord | undefined>,
): Promise<Map<string, Schema>> {
  const found = new Map<string, Schema>()
  const pending = [...referredModels(root, restApiId)]
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === rootName || found.has(name)) continue
    const schema = parseSchema((await find(name))?.schema ?? '') ?? {}
    found.set(name, schema)
    pending.push(...referredModels(schema, restApiId))
  }
  return found
}

/** Rewrites the references of a schema that moves to `pointer`. */
function relocate(schema: Schema, pointer: string, pointers: ReadonlyMap<string, string>): Schema {
  const reference = referenceOf(schema)
  if (reference !== undefined) return { $ref: relocated(reference, pointer, pointers) }
  return mapSubschemas(schema, (part) => (isSchema(part) ? relocate(part, pointer, pointers) : part))
}

function relocated(reference: string, pointer: string, pointers: ReadonlyMap<string, string>): string {
  if (reference.startsWith('#')) return pointer + reference.slice(1)
  return pointers.get(parseModelUrl(reference)?.modelName ?? '') ?? reference
}

/** The model's name, unless the schema defines something of that name by itself. */
function freeName(name: string, taken: Schema): string {
  return Object.hasOwn(taken, name) ? freeName(`${name}Model`, taken) : name
}
