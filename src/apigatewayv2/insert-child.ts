import type { Collection, Transaction } from '../storage/store.ts'

/**
 * Stores a document under a fresh id below its parent, drawing again while the id is taken.
 *
 * @param parent Key of the parent, such as `{apiId}`.
 * @param make Makes the document of its id.
 */
export async function insertChild<D extends object>(
  transaction: Transaction,
  collection: Collection<D>,
  scope: string,
  parent: string,
  newId: () => string,
  make: (id: string) => D,
): Promise<D> {
  for (;;) {
    const id = newId()
    const document = make(id)
    if (await transaction.insert(collection, scope, `${parent}/${id}`, document)) return document
  }
}
