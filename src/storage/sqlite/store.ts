import { AsyncLocalStorage } from 'node:async_hooks'
import type { Reader, Revision, Store, Transaction } from '../store.ts'
import type { Connection } from './connection.ts'
import type { Lifetime } from './lifetime.ts'
import { createQueue } from './queue.ts'
import { createReader } from './reader.ts'
import { explain } from './sqlite-error.ts'
import { createTransaction } from './transaction.ts'

/** How many revisions are kept for followers that come late. */
const keptRevisions = 10_000

export interface SqliteStoreParts {
  readonly writer: Connection
  readonly reader: Connection
  /** Names the place in errors. */
  readonly folder: string
  /** Called last, once the connections are closed. */
  readonly unlock: () => void
}

/**
 * A store on two connections. Writes run one after another on the writer. Reads run one after another on the reader, each
 * within a snapshot, while a write may be under way: WAL lets them see the last committed state.
 */
export function createSqliteStore({ writer, reader, folder, unlock }: SqliteStoreParts): Store {
  const enqueueWrite = createQueue()
  const enqueueRead = createQueue()
  const listeners: ((revision: Revision) => void)[] = []
  const current = new AsyncLocalStorage<Lifetime>()
  let closing: Promise<void> | undefined

  function requireUsable() {
    if (closing) throw new Error('The store is closed')
    // Waiting here for the transaction around it would wait for ever.
    if (current.getStore()?.ended === false) throw new Error('A transaction cannot begin inside another one')
  }

  /** Runs `work` between `begin` and COMMIT; a failure of either undoes all of it. */
  async function transact<T>({ database }: Connection, begin: string, work: (lifetime: Lifetime) => Promise<T>) {
    const lifetime = { ended: false }
    try {
      database.exec(begin)
      const result = await current.run(lifetime, work, lifetime)
      lifetime.ended = true
      database.exec('COMMIT')
      return result
    } catch (error) {
      // SQLite has rolled back by itself after some errors, such as a full disk.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw explain(error, folder)
    } finally {
      lifetime.ended = true
    }
  }

  function forgetOldRevisions(revisions: readonly Revision[]) {
    const last = revisions.at(-1)
    if (last) writer.statement('DELETE FROM revisions WHERE id <= ?').run(last.id - keptRevisions)
  }

  return {
    async read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
      requireUsable()
      return enqueueRead(() => transact(reader, 'BEGIN', (lifetime) => work(createReader(reader, lifetime))))
    },

    async write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
      requireUsable()
      return enqueueWrite(async () => {
        const revisions: Revision[] = []
        const result = await transact(writer, 'BEGIN IMMEDIATE', async (lifetime) => {
          const output = await work(createTransaction(writer, lifetime, revisions))
          forgetOldRevisions(revisions)
          return output
        })
        for (const revision of revisions) for (const listener of listeners) listener(revision)
        return result
      })
    },

    onRevision(listener) {
      listeners.push(listener)
    },

    close() {
      closing ??= Promise.all([enqueueWrite(async () => {}), enqueueRead(async () => {})]).then(() => {
        reader.database.close()
        writer.database.close()
        unlock()
      })
      return closing
    },
  }
}
