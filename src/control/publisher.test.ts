import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import { collection, type Store } from '../storage/store.ts'
import { createPublisher, type Feed, type Publisher } from './publisher.ts'

const things = collection<{ readonly value: number }>('thing')
const scope = '123456789012/us-east-1'

interface Change {
  readonly key: string
  readonly value: number | undefined
}

describe('createPublisher', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-publisher-'))
  const reported: unknown[] = []
  let store: Store
  let publisher: Publisher
  let feed: Feed<Change>

  before(async () => {
    store = await openSqliteStore(folder)
    publisher = createPublisher(store, (error) => reported.push(error))
    feed = publisher.feed<Change>('thing', {
      load: async (reader, inScope, key) => ({ key, value: (await reader.get(things, inScope, key))?.value }),
      loadAll: async (reader) =>
        (await reader.list(things, scope)).map(({ key, document }) => ({ key, value: document.value })),
    })
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  function save(key: string, value: number): Promise<void> {
    return store.write(async (transaction) => {
      await transaction.put(things, scope, key, { value })
      await transaction.revise('thing', scope, key)
    })
  }

  /** A follower that records what it gets, and answers when `ready` says so. */
  async function recorder(ready: () => Promise<void> = async () => {}) {
    const got: Change[][] = []
    const follower = async (changes: readonly Change[]) => {
      got.push([...changes])
      await ready()
    }
    await feed.follow(follower)
    return { got, stop: () => feed.unfollow(follower) }
  }

  test('sends a new follower everything there is, then each change', async () => {
    await save('a', 1)
    const { got, stop } = await recorder()
    await save('a', 2)
    await publisher.caughtUp()
    assert.deepEqual(got, [[{ key: 'a', value: 1 }], [{ key: 'a', value: 2 }]])
    stop()
  })

  test('tells of a deleted key', async () => {
    const { got, stop } = await recorder()
    await store.write(async (transaction) => {
      await transaction.delete(things, scope, 'a')
      await transaction.revise('thing', scope, 'a')
    })
    await publisher.caughtUp()
    assert.deepEqual(got.at(-1), [{ key: 'a', value: undefined }])
    stop()
  })

  test('sends a key that changed many times meanwhile once, in its last state', async () => {
    const gate = Promise.withResolvers<void>()
    let open = Promise.resolve()
    const { got, stop } = await recorder(() => open)
    open = gate.promise
    await save('b', 1)
    await save('b', 2)
    await save('b', 3)
    gate.resolve()
    await publisher.caughtUp()
    assert.deepEqual(got.at(-1), [{ key: 'b', value: 3 }])
    assert.ok(got.length <= 3)
    stop()
  })

  test('is caught up only when every follower serves the change', async () => {
    const gate = Promise.withResolvers<void>()
    let open = Promise.resolve()
    const { stop } = await recorder(() => open)
    open = gate.promise
    await save('c', 1)
    const order: string[] = []
    const caughtUp = publisher.caughtUp().then(() => order.push('caught up'))
    await store.read(async () => {})
    order.push('served')
    gate.resolve()
    await caughtUp
    assert.deepEqual(order, ['served', 'caught up'])
    stop()
  })

  test('reports a follower that fails, and goes on with the others', async () => {
    const { got, stop } = await recorder()
    const failing = async (changes: readonly Change[]) => {
      if (changes.some(({ key }) => key === 'd')) throw new Error('broken')
    }
    await feed.follow(failing)
    await save('d', 1)
    await publisher.caughtUp()
    assert.deepEqual(got.at(-1), [{ key: 'd', value: 1 }])
    assert.deepEqual(
      reported.map((error) => error instanceof Error && error.message),
      ['broken'],
    )
    feed.unfollow(failing)
    stop()
  })

  test('a change of a topic that nobody feeds is passed over', async () => {
    await store.write((transaction) => transaction.revise('unknown', scope, 'x'))
    await publisher.caughtUp()
  })
})
