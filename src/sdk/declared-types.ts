import { isList, isObject, type Json, objectAt } from '../openapi/json.ts'
import { referredModel } from '../openapi/rest/model-reference.ts'
import type { ClientModel } from './client-api.ts'
import { uniqueNames } from './source-text.ts'

/** A type that an SDK declares: a model, or one of the `definitions` within a model. */
export interface DeclaredType {
  /** A TypeScript identifier. */
  readonly name: string
  readonly description?: string
  /** The model that references starting with `#` look into. */
  readonly modelName: string
  readonly schema: Json
  /** It consists of nothing but itself, as in `{ "allOf": [{ "$ref": "#" }] }`: TypeScript has no such types. */
  readonly endless: boolean
}

export interface DeclaredTypes {
  readonly types: readonly DeclaredType[]
  /** The name of the type that a reference within a model leads to; `undefined` when it leads to none. */
  nameOf(reference: string, modelName: string): string | undefined
  /** The name of a model's own type. */
  nameOfModel(modelName: string): string | undefined
}

/** Names the types of an API's models. */
export function declaredTypes(models: readonly ClientModel[]): DeclaredTypes {
  const drafts = models.flatMap(({ name, description, schema }) => [
    { key: keyOf(name), wanted: name, modelName: name, ...(description && { description }), schema },
    ...Object.entries(objectAt(schema, 'definitions')).map(([definition, part]) => ({
      key: keyOf(name, definition),
      wanted: `${name}_${definition}`,
      modelName: name,
      schema: part,
    })),
  ])
  const names = uniqueNames(drafts.map(({ wanted }) => typeName(wanted)))
  const byKey = new Map(drafts.map((draft, index) => [draft.key, { ...draft, name: names[index] ?? '' }]))

  /** Whether following a type's own references, without a member or an item between them, leads back to it. */
  function isEndless(start: string): boolean {
    const seen = new Set<string>()
    const pending = [start]
    for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
      const type = byKey.get(key)
      if (!type || seen.has(key)) continue
      seen.add(key)
      const next = directReferences(type.schema).flatMap((reference) => target(reference, type.modelName) ?? [])
      if (next.includes(start)) return true
      pending.push(...next)
    }
    return false
  }

  return {
    types: [...byKey].map(([key, { wanted: _, key: _key, ...type }]) => ({ ...type, endless: isEndless(key) })),
    nameOf: (reference, modelName) => byKey.get(target(reference, modelName) ?? '')?.name,
    nameOfModel: (modelName) => byKey.get(keyOf(modelName))?.name,
  }
}

function keyOf(modelName: string, definition?: string): string {
  return JSON.stringify([modelName, definition])
}

function target(reference: string, modelName: string): string | undefined {
  const other = referredModel(reference)
  if (other !== undefined) return keyOf(other)
  if (reference === '#' || reference === '#/') return keyOf(modelName)
  const [, pointer] = /^#\/definitions\/([^/]+)$/.exec(reference) ?? []
  return pointer === undefined ? undefined : keyOf(modelName, pointer.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function directReferences(schema: Json | undefined): string[] {
  if (!isObject(schema)) return []
  if (typeof schema['$ref'] === 'string') return [schema['$ref']]
  return ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const parts = schema[keyword]
    return isList(parts) ? parts.flatMap(directReferences) : []
  })
}

/** Words that TypeScript does not take for a type's name. */
const reserved = new Set(
  (
    'any unknown never undefined null void object string number bigint boolean symbol true false this typeof keyof infer ' +
    'break case catch class const continue debugger default delete do else enum export extends finally for function if ' +
    'import in instanceof new return super switch throw try var while with yield let static implements interface package ' +
    'private protected public await as asserts is readonly unique type'
  ).split(' '),
)

function typeName(text: string): string {
  const name = text.replaceAll(/[^A-Za-z0-9_]/g, '_')
  return reserved.has(name) || /^\d/.test(name) ? `_${name}` : name
}
