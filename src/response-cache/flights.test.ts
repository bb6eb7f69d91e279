import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { allocateCacheMemory, openCacheMemory } from './cache-memory.ts'
import { type FlightKey, flightsOf } from './flights.ts'
import { keyHash } from './key-hash.ts'

const keyOf = (text: string): FlightKey => ({ text, hash: keyHash(text, 0) })
const [one, two] = [keyOf('one'), keyOf('two')]

/** The flights as two threads see them. */
function threads() {
  const memory = allocateCacheMemory(1_048_576)
  return [flightsOf(openCacheMemory(memory), 0), flightsOf(openCacheMemory(memory), 1)] as const
}

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol()
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) !== pending
}

describe('flights', () => {
  test('are one for equal calls, in all threads', () => {
    const [here, there] = threads()
    const flight = here.begin(one)
    assert.ok(flight?.isCurrent)
    assert.equal(here.begin(one), undefined)
    assert.equal(there.begin(one), undefined)
    assert.ok(there.begin(two))
    flight.end()
    assert.ok(there.begin(one))
    assert.equal(here.begin(one), undefined)
  })

  test('wake those who wait for them, in all threads', async () => {
    const [here, there] = threads()
    const flight = here.begin(one)
    assert.ok(flight)
    const waiting = [here, here, there, there].map((thread) => thread.ended(one, 60_000))
    assert.equal(await isSettled(Promise.race(waiting)), false)
    flight.end()
    await Promise.all(waiting)
  })

  test('keep nobody waiting who comes late', async () => {
    const [here, there] = threads()
    here.begin(one)?.end()
    await here.ended(one, 60_000)
    await there.ended(one, 60_000)
  })

  test('keep nobody waiting for longer than they want', async () => {
    const [here, there] = threads()
    assert.ok(here.begin(one))
    await Promise.all([here.ended(one, 1), there.ended(one, 1)])
    // Its thread may have ended: another begins.
    assert.ok(there.begin(one))
  })

  test('are replaced by those who will not wait', () => {
    const [here, there] = threads()
    const first = here.begin(one)
    const second = there.replace(one)
    const third = there.replace(one)
    assert.deepEqual([first?.isCurrent, second.isCurrent, third.isCurrent], [false, false, true])
    first?.end()
    second.end()
    assert.equal(here.begin(one), undefined)
    third.end()
    assert.ok(here.begin(one))
  })

  test('of two keys with one place do not wait for each other', async () => {
    const [here, there] = threads()
    const other = { text: 'other', hash: { ...two.hash, first: one.hash.first } }
    const first = here.begin(one)
    const second = there.begin(other)
    assert.ok(first?.isCurrent)
    assert.ok(second?.isCurrent)
    assert.equal(there.begin(other), undefined)
    await here.ended(other, 60_000)
    second.end()
    assert.equal(there.begin(one), undefined)
  })

  test('of two keys with one hash are not each other’s', async () => {
    const [here, there] = threads()
    const other = { text: 'other', hash: one.hash }
    const first = here.begin(one)
    assert.ok(first)
    // Who cannot tell them apart waits for the first, and begins then.
    assert.equal(here.begin(other), undefined)
    const waiting = [here.ended(other, 60_000), there.ended(other, 60_000)]
    assert.equal(await isSettled(Promise.race(waiting)), false)
    first.end()
    await Promise.all(waiting)
    assert.ok(here.begin(other))
  })
})
