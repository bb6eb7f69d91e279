import { collection, type Transaction } from '../storage/store.ts'
import { limitExceeded } from './refusal.ts'

/** How many there are of what the service limits in thousands, so that no create has to read them all. */
const counts = collection<{ readonly count: number }>('count')

/** @throws {ServiceError} `LimitExceededException` with `message` when `max` are there already. */
export async function countOneMore(
  transaction: Transaction,
  scope: string,
  what: string,
  max: number,
  message: string,
): Promise<void> {
  const { count } = (await transaction.get(counts, scope, what)) ?? { count: 0 }
  if (count >= max) throw limitExceeded(message)
  await transaction.put(counts, scope, what, { count: count + 1 })
}

export async function countOneLess(transaction: Transaction, scope: string, what: string): Promise<void> {
  const { count } = (await transaction.get(counts, scope, what)) ?? { count: 1 }
  await transaction.put(counts, scope, what, { count: count - 1 })
}
