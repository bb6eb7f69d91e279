import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { allocateCacheMemory, openCacheMemory } from './cache-memory.ts'
import { type FlightKey, flightsOf } from './flights.ts'
import { keyHash } from './key-hash.ts'
import { sharedMemoryCache, sharedMemoryFlush } from './shared-memory-cache.ts'

const stages = ['one', 'two', 'three'].map((name) => ({ name, maxBytes: 700_000 }))
const keyCount = 400

/** What one thread has seen. */
interface Seen {
  readonly found: number
  /** Responses that were not what was kept under their key. */
  readonly wrong: number
}

/** A small generator: the same numbers in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Keeps and finds responses whose every byte tells their key, in a memory that is far too small for them. */
function work(memory: SharedArrayBuffer, thread: number, rounds: number): Seen {
  const cache = sharedMemoryCache(openCacheMemory(memory), thread, () => 0)
  const { flush } = sharedMemoryFlush(openCacheMemory(memory))
  const next = numbers(thread + 1)
  let found = 0
  let wrong = 0
  for (let round = 0; round < rounds; round++) {
    const stage = stages[next(stages.length)] ?? assert.fail()
    const number = next(keyCount)
    const key = cache.keyOf(stage, `${stage.name} ${number}`)
    const fill = (number * stages.length + stages.indexOf(stage)) % 251
    const response = cache.find(key)
    if (response) {
      found++
      const [, value] = response.headers
      if (value !== `${stage.name} ${number}` || !response.body.every((byte) => byte === fill)) wrong++
    } else {
      const pieces = [Buffer.alloc(100 + next(9_000), fill), Buffer.alloc(next(200), fill)]
      cache.keep(key, { status: 200, headers: ['X-Key', `${stage.name} ${number}`], pieces }, 300)
    }
    if (next(2_000) === 0) void flush(stage.name)
  }
  return { found, wrong }
}

/** Answers the main thread's test: works, or waits for the flight of another thread. */
async function inThread({ memory, thread, key }: { memory: SharedArrayBuffer; thread: number; key?: FlightKey }) {
  if (key === undefined) return parentPort?.postMessage(work(memory, thread, 30_000))
  parentPort?.postMessage('waiting')
  // A wait does not keep a thread alive; a port does.
  parentPort?.ref()
  await flightsOf(openCacheMemory(memory), thread).ended(key, 60_000)
  parentPort?.postMessage('woken')
  parentPort?.unref()
}

if (isMainThread) {
  const start = (data: object) => new Worker(new URL(import.meta.url), { workerData: data })

  test('threads that fill and evict at once find nothing but what was kept under their key', async () => {
    const memory = allocateCacheMemory(1_048_576)
    const all = [0, 1, 2].map((thread) => once(start({ memory, thread }), 'message'))
    const seen: Seen[] = (await Promise.all(all)).flat()
    assert.deepEqual(
      seen.map(({ wrong }) => wrong),
      [0, 0, 0],
    )
    for (const { found } of seen) assert.ok(found > 1_000, `only ${found} were found`)
  })

  test('a flight wakes those who wait for it in another thread', async () => {
    const memory = allocateCacheMemory(1_048_576)
    const key = { text: 'one', hash: keyHash('one', 0) }
    const flight = flightsOf(openCacheMemory(memory), 0).begin(key)
    assert.ok(flight)
    const worker = start({ memory, thread: 1, key })
    assert.deepEqual(await once(worker, 'message'), ['waiting'])
    flight.end()
    assert.deepEqual(await once(worker, 'message'), ['woken'])
    await worker.terminate()
  })
} else await inThread(workerData)
