import type { Collection, Entry, Range, Reader } from '../store.ts'
import type { Connection } from './connection.ts'
import { keyRange } from './key-range.ts'
import { type Lifetime, requireRunning } from './lifetime.ts'

const getDocument = 'SELECT body FROM documents WHERE scope = ? AND collection = ? AND key = ?'

const listFrom = (bound: '>' | '>=') => `
  SELECT key, body FROM documents
  WHERE scope = ? AND collection = ? AND key ${bound} ? AND key < ? ORDER BY key LIMIT ?`
const listAfter = listFrom('>')
const listAt = listFrom('>=')

/** Steps from scope to scope on the primary key instead of reading every document. */
const listScopes = `
  WITH RECURSIVE every(scope) AS (
    SELECT min(scope) FROM documents
    UNION ALL
    SELECT (SELECT min(scope) FROM documents WHERE scope > every.scope) FROM every WHERE every.scope IS NOT NULL
  )
  SELECT scope FROM every
  WHERE EXISTS (SELECT 1 FROM documents WHERE documents.scope = every.scope AND collection = ?)`

/** Every row that it asks for must be within the snapshot that `connection` has begun. */
export function createReader({ statement }: Connection, lifetime: Lifetime): Reader {
  return {
    async get<D extends object>({ name }: Collection<D>, scope: string, key: string): Promise<D | undefined> {
      requireRunning(lifetime)
      const row = statement(getDocument).get(scope, name, key)
      return row && decode<D>(row['body'])
    },

    async list<D extends object>({ name }: Collection<D>, scope: string, range: Range = {}): Promise<Entry<D>[]> {
      requireRunning(lifetime)
      const { lower, exclusive, upper } = keyRange(range)
      const unlimited = -1
      return statement(exclusive ? listAfter : listAt)
        .all(scope, name, lower, upper, range.limit ?? unlimited)
        .map((row) => ({ key: String(row['key']), document: decode<D>(row['body']) }))
    },

    async scopes({ name }: Collection<object>): Promise<string[]> {
      requireRunning(lifetime)
      return statement(listScopes)
        .all(name)
        .map((row) => String(row['scope']))
    },

    async getBlob(name: string): Promise<Uint8Array | undefined> {
      requireRunning(lifetime)
      const bytes = statement('SELECT bytes FROM blobs WHERE name = ?').get(name)?.['bytes']
      return bytes instanceof Uint8Array ? bytes : undefined
    },
  }
}

/** The edge where stored data get their type back: a collection holds what was put into it. */
function decode<D>(body: unknown): D {
  return JSON.parse(String(body)) as D
}
