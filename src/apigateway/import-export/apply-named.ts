import type { Collection } from '../../storage/store.ts'
import { insertNew } from '../insert-new.ts'
import { limitExceeded } from '../refusal.ts'
import type { Application } from './application.ts'
import { attempt } from './import-errors.ts'

/** One kind of an API's parts that have ids, and names that no other of the kind has. */
export interface NamedKind<D extends { readonly name: string }> {
  readonly collection: Collection<D & { readonly id: string }>
  /** `authorizer`, for errors. */
  readonly what: string
  readonly max: number
  /** What is said of one too many. */
  readonly tooMany: string
  /** @throws {ServiceError} for what the service does not take. */
  readonly check: (record: D & { readonly id: string }) => void
}

/** Writes the parts of one kind, and gives the ids of all that the API has then by their names; those that stay keep theirs. */
export async function applyNamed<D extends { readonly name: string }>(
  { collection, what, max, tooMany, check }: NamedKind<D>,
  definitions: readonly D[],
  application: Application,
): Promise<Map<string, string>> {
  const { transaction, scope, restApiId, newId, overwrite, errors } = application
  const stored = await transaction.list(collection, scope, { prefix: `${restApiId}/` })
  const ids = new Map(stored.map(({ document }) => [document.name, document.id]))
  const wanted = new Set(definitions.map(({ name }) => name))
  for (const { key, document } of stored) {
    if (!overwrite || wanted.has(document.name)) continue
    await transaction.delete(collection, scope, key)
    ids.delete(document.name)
  }
  for (const definition of definitions) {
    await attempt(errors, `Unable to create ${what} '${definition.name}'`, async () => {
      const id = ids.get(definition.name)
      check({ ...definition, id: id ?? '' })
      if (id !== undefined) {
        await transaction.put(collection, scope, `${restApiId}/${id}`, { ...definition, id })
        return
      }
      if (ids.size >= max) throw limitExceeded(tooMany)
      const draw = () => ({ ...definition, id: newId(6) })
      ids.set(definition.name, (await insertNew(transaction, collection, scope, restApiId, draw)).id)
    })
  }
  return ids
}
