import { encodeDocument } from '../json.ts'
import type { Revision, Transaction } from '../store.ts'
import type { Connection } from './connection.ts'
import { prefixEnd } from './key-range.ts'
import { type Lifetime, requireRunning } from './lifetime.ts'
import { createReader } from './reader.ts'

const putDocument = `
  INSERT INTO documents (scope, collection, key, body) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET body = excluded.body`
const insertDocument = `
  INSERT INTO documents (scope, collection, key, body) VALUES (?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const deleteDocument = 'DELETE FROM documents WHERE scope = ? AND collection = ? AND key = ?'
const deleteDocuments = 'DELETE FROM documents WHERE scope = ? AND collection = ? AND key >= ? AND key < ?'
const putBytes = 'INSERT INTO blobs (name, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING'
const appendRevision = 'INSERT INTO revisions (topic, scope, key) VALUES (?, ?, ?)'

/** Adds the revisions that its work makes to `revisions`. */
export function createTransaction(connection: Connection, lifetime: Lifetime, revisions: Revision[]): Transaction {
  function run(sql: string, ...values: (string | Uint8Array)[]) {
    requireRunning(lifetime)
    return connection.statement(sql).run(...values)
  }

  return {
    ...createReader(connection, lifetime),

    async put({ name }, scope, key, document) {
      run(putDocument, scope, name, requireText(key), encodeDocument(document))
    },

    async insert({ name }, scope, key, document) {
      return run(insertDocument, scope, name, requireText(key), encodeDocument(document)).changes === 1
    },

    async delete({ name }, scope, key) {
      return run(deleteDocument, scope, name, key).changes === 1
    },

    async deletePrefix({ name }, scope, prefix) {
      run(deleteDocuments, scope, name, prefix, prefixEnd(prefix))
    },

    async putBlob(name, bytes) {
      run(putBytes, name, bytes)
    },

    async deleteBlob(name) {
      run('DELETE FROM blobs WHERE name = ?', name)
    },

    async revise(topic, scope, key) {
      const id = Number(run(appendRevision, topic, scope, key).lastInsertRowid)
      revisions.push({ id, topic, scope, key })
    },
  }
}

/** A key with half a surrogate pair would be stored as another key. */
function requireText(key: string): string {
  if (!key.isWellFormed()) throw new TypeError(`A document's key must be well-formed Unicode: ${JSON.stringify(key)}`)
  return key
}
