import { collection, type Transaction } from '../storage/store.ts'

/** Who owns an API id. All scopes share the host names `{apiId}.execute-api…`, so one partition holds every id. */
const apiIds = collection<{ readonly scope: string }>('api-id')
const everywhere = 'global'

/** Draws an API id that no API of any account and region has, and reserves it. */
export async function claimApiId(
  transaction: Transaction,
  scope: string,
  newId: (length: number) => string,
): Promise<string> {
  for (;;) {
    const id = newId(10)
    if (await transaction.insert(apiIds, everywhere, id, { scope })) return id
  }
}

/** Gives an id back. */
export async function releaseApiId(transaction: Transaction, id: string): Promise<void> {
  await transaction.delete(apiIds, everywhere, id)
}
