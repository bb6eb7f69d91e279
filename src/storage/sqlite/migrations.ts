import type { DatabaseSync } from 'node:sqlite'
import { StorageError } from '../storage-error.ts'

/**
 * The schema's history: entry n takes a database from version n to n + 1. A released entry is never edited; a change
 * appends one.
 */
const migrations: readonly string[] = [
  `CREATE TABLE documents (
     scope TEXT NOT NULL,
     collection TEXT NOT NULL,
     key TEXT NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (scope, collection, key)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE blobs (
     name TEXT PRIMARY KEY NOT NULL,
     bytes BLOB NOT NULL
   ) STRICT;
   CREATE TABLE revisions (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     topic TEXT NOT NULL,
     scope TEXT NOT NULL,
     key TEXT NOT NULL
   ) STRICT;`,
]

/**
 * Brings the schema up to date, each version in a transaction of its own.
 *
 * @throws {StorageError} `newer-version`, changing nothing.
 */
export function migrate(database: DatabaseSync, folder: string, history = migrations): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > history.length) {
    throw new StorageError(
      'newer-version',
      `The data folder ${folder} was written by a newer Gatehouse (schema version ${version}; this one knows ${history.length})`,
    )
  }
  for (const [from, sql] of history.entries()) {
    if (from >= version) upgrade(database, sql, from + 1)
  }
}

function upgrade(database: DatabaseSync, sql: string, version: number) {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(sql)
    database.exec(`PRAGMA user_version = ${version}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
