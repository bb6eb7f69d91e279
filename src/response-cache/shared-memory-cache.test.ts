import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConfigError } from '../config/config-error.ts'
import { allocateCacheMemory, openCacheMemory } from './cache-memory.ts'
import type { ArrivedResponse, CachedResponse, CacheKey, ResponseCache, StageCache } from './response-cache.ts'
import { sharedMemoryCache, sharedMemoryFlush } from './shared-memory-cache.ts'

const mebibyte = 1_048_576
const dev: StageCache = { name: '123456789012/us-east-1/abc123/dev', maxBytes: 100 * mebibyte }
const prod: StageCache = { ...dev, name: '123456789012/us-east-1/abc123/prod' }

/** A memory as two threads see it, and the main thread. */
function cacheOf({ megabytes = 1 } = {}) {
  let nowMs = 1_000_000
  const memory = allocateCacheMemory(megabytes * mebibyte)
  const open = (thread: number) => sharedMemoryCache(openCacheMemory(memory), thread, () => nowMs)
  const wait = (seconds: number) => {
    nowMs += seconds * 1_000
  }
  return { cache: open(0), other: open(1), flush: sharedMemoryFlush(openCacheMemory(memory)).flush, wait }
}

function keyOf(cache: ResponseCache, text: string, stage: StageCache = dev): CacheKey {
  return cache.keyOf(stage, `${stage.name} ${text}`)
}

const response = (text: string) => ({ status: 201, headers: ['X-A', text, 'X-É', ''], body: Buffer.from(text) })

/** A response that came in two pieces. */
function arrived({ status, headers, body }: CachedResponse): ArrivedResponse {
  const middle = body.length >> 1
  return { status, headers, pieces: [body.subarray(0, middle), body.subarray(middle)] }
}

function keep(cache: ResponseCache, text: string, bytes: number, stage: StageCache = dev): void {
  cache.keep(keyOf(cache, text, stage), { status: 200, headers: [], pieces: [Buffer.alloc(bytes, text)] }, 300)
}

function holds(cache: ResponseCache, text: string, stage: StageCache = dev): boolean {
  return cache.find(keyOf(cache, text, stage)) !== undefined
}

describe('the response cache', () => {
  test('finds what was kept, in every thread', () => {
    const { cache, other } = cacheOf()
    assert.equal(cache.find(keyOf(cache, 'a')), undefined)
    cache.keep(keyOf(cache, 'a'), arrived(response('one')), 300)
    other.keep(keyOf(other, 'b'), arrived(response('two')), 300)
    for (const thread of [cache, other]) {
      assert.deepEqual(thread.find(keyOf(thread, 'a')), response('one'))
      assert.deepEqual(thread.find(keyOf(thread, 'b')), response('two'))
    }
  })

  for (const [name, kept] of [
    ['without headers and body', { status: 204, headers: [], body: Buffer.alloc(0) }],
    ['of binary data', { status: 200, headers: ['A', '1', 'a', '2'], body: Buffer.from([0, 255, 10, 13]) }],
  ] as const) {
    test(`keeps a response ${name} as it is`, () => {
      const { cache, other } = cacheOf()
      cache.keep(keyOf(cache, 'a'), arrived(kept), 300)
      assert.deepEqual(other.find(keyOf(other, 'a')), kept)
    })
  }

  test('has the last of what was kept under a key', () => {
    const { cache, other } = cacheOf()
    for (const text of ['one', 'two', 'three']) cache.keep(keyOf(cache, 'a'), arrived(response(text)), 300)
    assert.deepEqual(other.find(keyOf(other, 'a')), response('three'))
  })

  test('forgets at the end of the time to live', () => {
    const { cache, other, wait } = cacheOf()
    cache.keep(keyOf(cache, 'a'), arrived(response('one')), 10)
    wait(9.999)
    assert.ok(holds(other, 'a'))
    wait(0.001)
    assert.ok(!holds(other, 'a'))
    assert.ok(!holds(cache, 'a'))
  })

  test('shares nothing between stages', () => {
    const { cache } = cacheOf()
    cache.keep(cache.keyOf(dev, 'a'), arrived(response('one')), 300)
    assert.equal(cache.find(cache.keyOf(prod, 'a')), undefined)
  })

  for (const [name, texts] of [
    ['ASCII', ['a', 'b']],
    ['other letters', ['é', 'è']],
    ['other scripts', ['ключ', 'клюй']],
    ['another length', ['a', 'aa']],
    ['halves of characters', ['\ud800', '\ud801']],
  ] as const) {
    test(`never answers a key by what was kept under another of the same hash: ${name}`, () => {
      const { cache } = cacheOf()
      const [one, same] = texts.map((text) => ({ ...cache.keyOf(dev, text), hash: { first: 1, second: 2 } }))
      assert.ok(one && same)
      cache.keep(one, arrived(response('one')), 300)
      assert.equal(cache.find(same), undefined)
    })
  }

  for (const text of ['', 'é', 'ключ', 'long '.repeat(5_000)]) {
    test(`finds what was kept under “${text.slice(0, 10)}”`, () => {
      const { cache, other } = cacheOf({ megabytes: 64 })
      cache.keep(cache.keyOf(dev, text), arrived(response('one')), 300)
      assert.deepEqual(other.find(other.keyOf(dev, text)), response('one'))
    })
  }

  test('flushes one stage at once, in every thread', async () => {
    const { cache, other, flush } = cacheOf()
    keep(cache, 'a', 10)
    keep(cache, 'a', 10, prod)
    await flush(dev.name)
    for (const thread of [cache, other]) {
      assert.ok(!holds(thread, 'a'))
      assert.ok(holds(thread, 'a', prod))
    }
    keep(other, 'a', 10)
    assert.ok(holds(cache, 'a'))
  })

  test('does not keep what was asked for before a flush', async () => {
    const { cache, flush } = cacheOf()
    const key = keyOf(cache, 'a')
    await flush(dev.name)
    cache.keep(key, arrived(response('old')), 300)
    assert.ok(!holds(cache, 'a'))
    assert.equal(cache.find(key), undefined)
  })

  test('gives up the oldest first, where it is full', () => {
    const { cache } = cacheOf()
    const count = 2_000
    for (let i = 0; i < count; i++) keep(cache, String(i), 1_000)
    const held = Array.from({ length: count }, (_, i) => holds(cache, String(i)))
    const first = held.indexOf(true)
    assert.ok(first > count / 4, String(first))
    // Some of the newer may have shared a full bucket of the index.
    assert.ok(held.slice(first).filter((found) => found).length > (count - first) * 0.9)
    assert.equal(held.at(-1), true)
  })

  test('holds no more of a stage than its size', () => {
    const { cache } = cacheOf({ megabytes: 4 })
    const small = { ...dev, maxBytes: mebibyte }
    for (let i = 0; i < 3_000; i++) keep(cache, String(i), 1_000, small)
    const held = Array.from({ length: 3_000 }, (_, i) => holds(cache, String(i), small)).filter((found) => found).length
    assert.ok(held * 1_064 <= mebibyte, String(held))
    assert.ok(held * 1_064 >= mebibyte / 2, String(held))
  })

  test('divides its memory among stages that each want it all', () => {
    const { cache } = cacheOf()
    for (let i = 0; i < 900; i++) keep(cache, String(i), 1_000)
    for (let i = 0; i < 900; i++) keep(cache, String(i), 1_000, prod)
    const heldOf = (stage: StageCache) =>
      Array.from({ length: 900 }, (_, i) => holds(cache, String(i), stage)).filter((found) => found).length
    const [first, second] = [heldOf(dev), heldOf(prod)]
    assert.ok(first > 250 && second > 250, `${first} and ${second}`)
  })

  test('gives the memory of a flushed stage to another', async () => {
    const { cache, flush } = cacheOf()
    for (let i = 0; i < 800; i++) keep(cache, String(i), 1_000)
    await flush(dev.name)
    for (let i = 0; i < 700; i++) keep(cache, String(i), 1_000, prod)
    const held = Array.from({ length: 700 }, (_, i) => holds(cache, String(i), prod)).filter((found) => found).length
    assert.ok(held > 600, String(held))
  })

  for (const [name, megabytes, bytes, kept] of [
    ['the largest response', 128, mebibyte, true],
    ['one that is larger', 128, mebibyte + 1, false],
    ['one as large as a small memory takes', 1, 49_088, true],
    ['one that is larger than a small memory takes', 1, 65_536, false],
  ] as const) {
    test(`${kept ? 'keeps' : 'passes on'} ${name}`, () => {
      const { cache } = cacheOf({ megabytes })
      keep(cache, 'a', bytes)
      assert.equal(holds(cache, 'a'), kept)
      assert.equal(bytes <= cache.maxResponseBytes, kept)
    })
  }

  test('is refused in words where the system has no room for it', () => {
    const problem = 'maxCacheMegabytes is 8589934592, but the system has no room for so much memory'
    assert.throws(() => allocateCacheMemory(2 ** 53), new ConfigError([problem]))
  })

  test('goes on where a thread has ended', () => {
    const { cache } = cacheOf()
    keep(cache, 'a', 10)
    const memory = openCacheMemory(allocateCacheMemory(mebibyte))
    Atomics.store(memory.lock, 0, 1)
    memory.hazards.fill(1, 0, 1)
    const successor = sharedMemoryCache(memory, 0, () => 0)
    keep(successor, 'a', 10)
    assert.ok(holds(successor, 'a'))
  })
})
