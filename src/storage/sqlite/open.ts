import type { Store } from '../store.ts'
import { openReader, openWriter } from './connection.ts'
import { prepareFolder } from './folder.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrations.ts'
import { explain } from './sqlite-error.ts'
import { createSqliteStore } from './store.ts'

/**
 * Opens the embedded store in `folder`, creating both when they are missing, and holds the folder until `close`.
 *
 * @throws {StorageError} `folder-in-use`, `folder-unwritable`, `disk-full`, `newer-version`, `damaged`, `input-output`.
 */
export async function openSqliteStore(folder: string): Promise<Store> {
  const files = prepareFolder(folder)
  const cleanups: (() => void)[] = []
  try {
    const unlock = lockFolder(files.lock, folder)
    cleanups.push(unlock)
    const writer = openWriter(files.database)
    cleanups.push(() => writer.database.close())
    migrate(writer.database, folder)
    return createSqliteStore({ writer, reader: openReader(files.database), folder, unlock })
  } catch (error) {
    for (const cleanup of cleanups.reverse()) cleanup()
    throw explain(error, folder)
  }
}
