import { StorageError, type StorageErrorCode } from '../storage-error.ts'

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const BUSY = 5

const explained: ReadonlyMap<number, readonly [StorageErrorCode, string]> = new Map([
  [8, ['folder-unwritable', 'cannot be written']],
  [10, ['input-output', 'cannot be read or written']],
  [11, ['damaged', 'holds a damaged database']],
  [13, ['disk-full', 'has no space left']],
  [14, ['folder-unwritable', 'cannot be opened']],
  [26, ['damaged', 'holds a gatehouse.db that is not a database']],
] as const)

/** True when another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY
}

/** What the operator should read instead of `error`: a `StorageError` where SQLite's environment failed, else `error`. */
export function explain(error: unknown, folder: string): unknown {
  const code = primaryCode(error)
  const known = code === undefined ? undefined : explained.get(code)
  if (!known || !(error instanceof Error)) return error
  return new StorageError(known[0], `The data folder ${folder} ${known[1]}: ${error.message}`, { cause: error })
}

/** Extended codes keep the primary one in their low byte. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}
