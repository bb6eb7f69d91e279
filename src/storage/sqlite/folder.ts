import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError } from '../storage-error.ts'

/** The files of a data folder: only their owner may read them. */
export interface DataFolder {
  readonly database: string
  readonly lock: string
}

/**
 * Makes a data folder, or checks one that exists.
 *
 * @throws {StorageError} `folder-unwritable`.
 */
export function prepareFolder(folder: string): DataFolder {
  const files = { database: join(folder, 'gatehouse.db'), lock: join(folder, 'lock.db') }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    for (const file of Object.values(files)) createPrivate(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StorageError('folder-unwritable', `The data folder ${folder} cannot be written: ${reason}`, { cause })
  }
  return files
}

/**
 * SQLite would create the file for all to read. A file that exists is not opened here: closing it would drop the locks
 * that SQLite holds on it in this process (POSIX locks belong to the file, not to its descriptor).
 */
function createPrivate(file: string) {
  if (existsSync(file)) accessSync(file, constants.W_OK)
  else writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
}
