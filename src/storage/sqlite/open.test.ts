import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, beforeEach, describe, test } from 'node:test'
import { StorageError, type StorageErrorCode } from '../storage-error.ts'
import { collection, type Store } from '../store.ts'
import { openReader, openWriter } from './connection.ts'
import { migrate } from './migrations.ts'
import { openSqliteStore } from './open.ts'
import { createSqliteStore } from './store.ts'

const items = collection<{ readonly value: unknown }>('items')
const scope = '123456789012/us-east-1'

describe('openSqliteStore', () => {
  let root: string
  let folder: string
  let count = 0
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'gatehouse-open-'))
  })
  after(() => rm(root, { recursive: true }))
  beforeEach(() => {
    folder = join(root, String(++count), 'data')
  })

  const refuses = (code: StorageErrorCode, message: RegExp, place = folder) =>
    assert.rejects(openSqliteStore(place), (error) => {
      assert.ok(error instanceof StorageError, String(error))
      assert.equal(error.code, code)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /\n/)
      return true
    })

  test('makes a folder and files that only their owner can read', async () => {
    const store = await openSqliteStore(folder)
    await store.write((tx) => tx.put(items, scope, 'k', { value: 1 }))
    const modes: Record<string, number> = {}
    for (const name of ['.', 'gatehouse.db', 'gatehouse.db-wal', 'lock.db']) {
      modes[name] = (await stat(join(folder, name))).mode & 0o777
    }
    assert.deepEqual(modes, { '.': 0o700, 'gatehouse.db': 0o600, 'gatehouse.db-wal': 0o600, 'lock.db': 0o600 })
    await store.close()
  })

  test('refuses a folder in use until it is closed', async () => {
    const store = await openSqliteStore(folder)
    await refuses('folder-in-use', /^The data folder .* is in use by another Gatehouse process$/)
    await refuses('folder-in-use', /is in use/)
    await store.close()
    await (await openSqliteStore(folder)).close()
  })

  test('refuses a folder that cannot be made', async () => {
    await writeFile(join(root, 'file'), '')
    const place = join(root, 'file', 'data')
    await refuses('folder-unwritable', /^The data folder .*data cannot be written: ENOTDIR/, place)
  })

  // Root may write everywhere.
  if (process.getuid?.() !== 0) {
    test('refuses a folder without write permission', async () => {
      await mkdir(folder, { recursive: true })
      await chmod(folder, 0o500)
      await refuses('folder-unwritable', /cannot be written: EACCES/)
    })
  }

  test('refuses a file that is not a database', async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'gatehouse.db'), 'x'.repeat(10_000))
    await refuses('damaged', /holds a gatehouse.db that is not a database/)
  })

  test('refuses data of a newer version and leaves them as they are', async () => {
    await (await openSqliteStore(folder)).close()
    setVersion(99)
    await refuses('newer-version', /newer Gatehouse \(schema version 99; this one knows 1\)$/)
    setVersion(1)
    await (await openSqliteStore(folder)).close()

    function setVersion(version: number) {
      const database = new DatabaseSync(join(folder, 'gatehouse.db'))
      database.exec(`PRAGMA user_version = ${version}`)
      database.close()
    }
  })

  test('a full disk refuses the write whole and the store goes on', async () => {
    const store = await openSmall(join(folder, 'gatehouse.db'))
    await store.write((tx) => tx.put(items, scope, 'kept', { value: 1 }))
    const failing = store.write(async (tx) => {
      await tx.put(items, scope, 'k', { value: 2 })
      await tx.revise('stage', scope, 'k')
      await tx.putBlob('b', new Uint8Array(1_000_000))
    })
    await assert.rejects(failing, { name: 'StorageError', code: 'disk-full', message: /has no space left/ })
    await store.write((tx) => tx.put(items, scope, 'next', { value: 3 }))
    const stored = await store.read((reader) => reader.list(items, scope))
    assert.deepEqual(
      stored.map((entry) => entry.key),
      ['kept', 'next'],
    )
    await store.close()
  })

  async function openSmall(file: string): Promise<Store> {
    await mkdir(folder, { recursive: true })
    const writer = openWriter(file)
    migrate(writer.database, folder)
    writer.database.exec('PRAGMA max_page_count = 100')
    return createSqliteStore({ writer, reader: openReader(file), folder, unlock: () => {} })
  }

  test('keeps a bounded number of revisions', async () => {
    const store = await openSqliteStore(folder)
    for (let write = 0; write < 3; write++) {
      await store.write(async (tx) => {
        for (let index = 0; index < 5_000; index++) await tx.revise('stage', scope, String(index))
      })
    }
    await store.close()
    const database = new DatabaseSync(join(folder, 'gatehouse.db'))
    assert.deepEqual(
      { ...database.prepare('SELECT count(*) AS kept, max(id) AS last FROM revisions').get() },
      { kept: 10_000, last: 15_000 },
    )
    database.close()
  })
})

describe('migrate', () => {
  const versionOf = (database: DatabaseSync) => database.prepare('PRAGMA user_version').get()?.['user_version']

  test('applies what is missing, in order, once', () => {
    const database = new DatabaseSync(':memory:')
    const history = ['CREATE TABLE a (x);', 'ALTER TABLE a ADD COLUMN y;']
    migrate(database, 'folder', history.slice(0, 1))
    migrate(database, 'folder', history)
    migrate(database, 'folder', history)
    assert.equal(versionOf(database), 2)
    database.exec('INSERT INTO a (x, y) VALUES (1, 2)')
    database.close()
  })

  test('leaves nothing of a version that fails', () => {
    const database = new DatabaseSync(':memory:')
    assert.throws(() => migrate(database, 'folder', ['CREATE TABLE a (x);', 'CREATE TABLE b (x); CREATE TABLE a (x);']))
    assert.equal(versionOf(database), 1)
    assert.throws(() => database.exec('SELECT * FROM b'), /no such table/)
    database.close()
  })
})
