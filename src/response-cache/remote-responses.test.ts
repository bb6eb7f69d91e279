import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { allocateCacheMemory, openCacheMemory } from './cache-memory.ts'
import { cacheBeyond, type RemoteResponse } from './remote-responses.ts'
import { sharedMemoryCache } from './shared-memory-cache.ts'

const cache = { name: 'stage', maxBytes: 1_048_576 }
const response = (bytes: number) => ({
  status: 200,
  headers: ['A', '1'],
  body: Buffer.from(new ArrayBuffer(bytes)).fill('x'),
})

/** A machine before others, which keep what they are given, and know something. */
function machine(known?: RemoteResponse) {
  const kept: RemoteResponse[] = []
  const local = sharedMemoryCache(openCacheMemory(allocateCacheMemory(1_048_576)), 0, () => 0)
  const beyond = cacheBeyond(local, {
    fetch: async () => known,
    keep: (_, given) => void kept.push(given),
  })
  return { beyond, kept, key: beyond.keyOf(cache, 'key') }
}

describe('a cache before other machines', () => {
  test('gives them a body that outlives the reply that it came with', () => {
    const { beyond, kept, key } = machine()
    const own = response(20_000)
    const pieces = [own.body, Buffer.from('and more')]
    beyond.keep(key, { ...own, pieces }, 60)
    own.body.buffer.transfer(0)
    const [given] = kept
    assert.deepEqual([given?.status, given?.headers, given?.ttlSeconds], [200, ['A', '1'], 60])
    const whole = Buffer.concat([response(20_000).body, Buffer.from('and more')])
    assert.deepEqual(Buffer.from(given?.body ?? []), whole)
    assert.deepEqual(beyond.find(key), { ...response(20_000), body: whole })
  })

  test('gives them nothing that is too large', () => {
    const { beyond, kept, key } = machine()
    const { body, ...rest } = response(beyond.maxResponseBytes + 1)
    beyond.keep(key, { ...rest, pieces: [body] }, 60)
    assert.deepEqual(kept, [])
  })

  test('keeps what they know', async () => {
    const { beyond, key } = machine({ ...response(10), ttlSeconds: 60 })
    assert.equal(beyond.find(key), undefined)
    assert.deepEqual(await beyond.fetch?.(key), response(10))
    assert.deepEqual(beyond.find(key), response(10))
  })

  test('has nothing where they know nothing', async () => {
    const { beyond, key } = machine()
    assert.equal(await beyond.fetch?.(key), undefined)
  })
})
