import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import { codeBlob } from './package.ts'

/**
 * Who uses which package: one entry per package and user. Packages are shared by digest between functions, layers,
 * accounts and regions, so the entries live in a partition of their own.
 */
const codeUses = collection<Record<string, never>>('lambda.code-use')
const everywhere = 'code'

/** What a user of code used before, and uses from now on. */
export interface CodeChange {
  /** Unique among all users: the ARN of a function's or layer's version. */
  readonly user: string
  /** Digests. */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Notes what is used from now on, and deletes the packages that nobody uses any longer. */
export async function moveCodeUse(transaction: Transaction, { user, before, after }: CodeChange): Promise<void> {
  for (const digest of after) await transaction.put(codeUses, everywhere, `${digest}/${user}`, {})
  for (const digest of new Set(before).difference(new Set(after))) {
    await transaction.delete(codeUses, everywhere, `${digest}/${user}`)
    if (!(await isUsed(transaction, digest))) await transaction.deleteBlob(codeBlob(digest))
  }
}

async function isUsed(reader: Reader, digest: string): Promise<boolean> {
  return (await reader.list(codeUses, everywhere, { prefix: `${digest}/`, limit: 1 })).length > 0
}
