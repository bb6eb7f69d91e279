import { DatabaseSync } from 'node:sqlite'
import { StorageError } from '../storage-error.ts'
import { isBusy } from './sqlite-error.ts'

/**
 * Holds the data folder for this process alone, until the returned function is called or the process ends in any way: the
 * lock is an open exclusive transaction, which the operating system releases with the process.
 *
 * @throws {StorageError} `folder-in-use`.
 */
export function lockFolder(file: string, folder: string): () => void {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if (!isBusy(cause)) throw cause
    throw new StorageError('folder-in-use', `The data folder ${folder} is in use by another Gatehouse process`, {
      cause,
    })
  }
  return () => database.close()
}
