import { DatabaseSync, type StatementSync } from 'node:sqlite'

/** How long a connection waits for another one's lock: only a checkpoint's end can make it wait. */
const busyTimeoutMs = 5_000

/** A database connection that prepares each statement once. */
export interface Connection {
  readonly database: DatabaseSync
  /** The prepared form of `sql`. */
  statement(sql: string): StatementSync
}

/** The one connection that changes the database. Each commit is on the disk before it returns. */
export function openWriter(file: string): Connection {
  const connection = connect(file, false)
  connection.database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 67108864;
  `)
  return connection
}

/** A connection that sees committed states only. Open it after the writer, which creates the database. */
export function openReader(file: string): Connection {
  return connect(file, true)
}

function connect(file: string, readOnly: boolean): Connection {
  const database = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMs })
  const statements = new Map<string, StatementSync>()
  return {
    database,
    statement(sql) {
      let statement = statements.get(sql)
      if (!statement) {
        statement = database.prepare(sql)
        statements.set(sql, statement)
      }
      return statement
    },
  }
}
