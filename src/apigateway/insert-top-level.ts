import type { Collection, Transaction } from '../storage/store.ts'

/**
 * Stores a document under a fresh id of its own, drawing again while the id is taken.
 *
 * @param draw Makes a document with a newly drawn id.
 */
export async function insertTopLevel<D extends { readonly id: string }>(
  transaction: Transaction,
  collection: Collection<D>,
  scope: string,
  draw: () => D,
): Promise<D> {
  for (;;) {
    const document = draw()
    if (await transaction.insert(collection, scope, document.id, document)) return document
  }
}
