import assert from 'node:assert/strict'
import { describe, mock, type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../../storage/store.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { FunctionInvoker } from '../invoker.ts'
import { arn, openTestStore, succeeded } from '../service.fixture.ts'
import { events } from './event.ts'
import { createEventQueue } from './event-queue.ts'

const scope = '123456789012/us-east-1'
const event = { functionArn: arn('hello'), payload: '{}' }
const failed = { ...succeeded, functionError: 'Unhandled' } as const
const throttled = new ServiceError('TooManyRequestsException', 'Rate Exceeded.')
const startedAt = Date.UTC(2026, 0, 1)

function start(store: Store, invoke: FunctionInvoker['invoke']) {
  const calls: number[] = []
  const queue = createEventQueue({
    store,
    invoker: {
      invoke(invocation) {
        calls.push((Date.now() - startedAt) / 1000)
        return invoke(invocation)
      },
    },
    now: () => new Date(),
    newUuid: () => crypto.randomUUID(),
    delay(callback, ms) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    report(error) {
      throw error
    },
  })
  return { queue, calls }
}

/** Fake time, and a store that the queue under test shares with the queues before it. */
async function prepare(t: TestContext): Promise<Store> {
  const store = await openTestStore(t)
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: startedAt })
  t.after(() => mock.timers.reset())
  return store
}

const kept = (store: Store) => store.read((reader) => reader.list(events, scope))

/** Lets everything that is not waiting for time come to its end. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await turn()
}

async function pass(seconds: number, step = seconds): Promise<void> {
  for (let passed = 0; passed < seconds; passed += step) {
    mock.timers.tick(step * 1000)
    await settle()
  }
}

describe('an event', () => {
  test('is done when the function succeeded', async (t) => {
    const store = await prepare(t)
    const { queue, calls } = start(store, async () => succeeded)
    await queue.add(scope, event)
    await settle()
    assert.deepEqual(calls, [0])
    assert.deepEqual(await kept(store), [])
  })

  test('is tried again 1 and 2 minutes after the function failed, and then given up', async (t) => {
    const store = await prepare(t)
    const { queue, calls } = start(store, async () => failed)
    await queue.add(scope, event)
    await settle()
    assert.equal((await kept(store)).length, 1)
    await pass(600, 30)
    assert.deepEqual(calls, [0, 60, 180])
    assert.deepEqual(await kept(store), [])
  })

  test('is tried ever more slowly for 6 hours when there is no room', async (t) => {
    const store = await prepare(t)
    const { queue, calls } = start(store, async () => {
      throw throttled
    })
    await queue.add(scope, event)
    await settle()
    await pass(1200, 1)
    assert.deepEqual(calls, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111])
    await pass(23_000, 100)
    assert.ok((calls.at(-1) ?? 0) > 21_000)
    assert.ok((calls.at(-1) ?? 0) <= 21_600)
    assert.deepEqual(await kept(store), [])
  })

  test('is tried again when we failed', async (t) => {
    const store = await prepare(t)
    let tries = 0
    const { queue } = start(store, async () => {
      if (++tries === 1) throw new Error('the data thread ended')
      return succeeded
    })
    await queue.add(scope, event)
    await settle()
    await pass(1)
    assert.equal(tries, 2)
    assert.deepEqual(await kept(store), [])
  })

  test('is given up at once when the function is gone', async (t) => {
    const store = await prepare(t)
    const { queue, calls } = start(store, async () => {
      throw new ServiceError('ResourceNotFoundException', 'Function not found')
    })
    await queue.add(scope, event)
    await settle()
    assert.deepEqual(calls, [0])
    assert.deepEqual(await kept(store), [])
  })
})

describe('after a crash', () => {
  test('a new queue runs what the old one left, each once', async (t) => {
    const store = await prepare(t)
    const old = start(store, () => new Promise(() => {}))
    await old.queue.add(scope, { ...event, payload: '1' })
    mock.timers.tick(1)
    await old.queue.add('123456789012/eu-west-1', { ...event, payload: '2' })
    await settle()
    assert.equal(old.calls.length, 2)

    const payloads: string[] = []
    const { queue } = start(store, async ({ payload }) => {
      payloads.push(payload)
      return succeeded
    })
    await queue.resume()
    await settle()
    assert.deepEqual(payloads, ['1', '2'])
    assert.deepEqual(await store.read((reader) => reader.scopes(events)), [])
  })

  test('a new queue keeps to the waits and counts of the old one', async (t) => {
    const store = await prepare(t)
    const old = start(store, async () => failed)
    await old.queue.add(scope, event)
    await settle()
    await old.queue.close()
    await pass(20)

    const { queue, calls } = start(store, async () => failed)
    await queue.resume()
    await pass(300, 10)
    assert.deepEqual([old.calls, calls], [[0], [60, 180]])
    assert.deepEqual(await kept(store), [])
  })
})

describe('a queue', () => {
  test('holds back no function for another one that hangs', async (t) => {
    const store = await prepare(t)
    const ran: string[] = []
    const { queue } = start(store, ({ functionArn }) => {
      ran.push(functionArn)
      return functionArn === arn('hangs') ? new Promise(() => {}) : Promise.resolve(succeeded)
    })
    for (let index = 0; index < 60; index++) await queue.add(scope, { ...event, functionArn: arn('hangs') })
    await queue.add(scope, event)
    await settle()
    assert.equal(ran.filter((functionArn) => functionArn === arn('hangs')).length, 50)
    assert.equal(ran.at(-1), arn('hello'))
  })

  test('records what is running before it is closed, and starts nothing after', async (t) => {
    const store = await prepare(t)
    const finish = Promise.withResolvers<typeof succeeded>()
    const { queue, calls } = start(store, () => finish.promise)
    await queue.add(scope, event)
    await settle()
    const closed = queue.close()
    await queue.add(scope, event)
    finish.resolve(succeeded)
    await closed
    assert.deepEqual(calls, [0])
    assert.equal((await kept(store)).length, 1)
  })

  test('runs an event once that it is told to resume while it holds it', async (t) => {
    const store = await prepare(t)
    const { queue, calls } = start(store, async () => failed)
    await queue.add(scope, event)
    await settle()
    await queue.resume()
    await pass(60)
    assert.deepEqual(calls, [0, 60])
  })

  test('refuses an event that cannot be stored', async (t) => {
    const store = await prepare(t)
    const { queue, calls } = start(
      { ...store, write: () => Promise.reject(new Error('disk full')) },
      async () => succeeded,
    )
    await assert.rejects(queue.add(scope, event), { message: 'disk full' })
    assert.deepEqual(calls, [])
  })
})
