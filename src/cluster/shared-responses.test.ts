import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { allocateCacheMemory, openCacheMemory } from '../response-cache/cache-memory.ts'
import { cacheBeyond } from '../response-cache/remote-responses.ts'
import type { CacheKey, ResponseCache } from '../response-cache/response-cache.ts'
import { sharedMemoryCache } from '../response-cache/shared-memory-cache.ts'
import { byteCipher } from '../secrets/byte-cipher.ts'
import { connectRedis } from './connect.ts'
import { followChannels } from './follow.ts'
import { responseChannels, type SharedResponses, sharedResponses } from './shared-responses.ts'
import { startRedis, type TestRedis } from './test-redis.ts'

interface Node {
  readonly cache: ResponseCache
  readonly shared: SharedResponses
  close(): void
}

/** A node with a cache of its own. */
async function startNode(url: string, key = Buffer.alloc(32, 7)): Promise<Node> {
  const memory = openCacheMemory(allocateCacheMemory(8 * 1_048_576))
  const [redis, heard] = [connectRedis(url), connectRedis(url)]
  const cipher = byteCipher(key, 'responses')
  const shared = sharedResponses({ redis, memory, cipher, newId: randomUUID })
  const following = Promise.withResolvers<void>()
  followChannels(heard, responseChannels, shared.heard, () => void shared.catchUp().then(following.resolve))
  await following.promise
  while (redis.status !== 'ready') await turn()
  const close = () => {
    redis.disconnect()
    heard.disconnect()
  }
  return { cache: cacheBeyond(sharedMemoryCache(memory, 0, Date.now), shared), shared, close }
}

const response = { status: 200, headers: ['Content-Type', 'text/plain', 'X-Name', 'Ü'], body: Buffer.from('kept') }
const arrived = { status: response.status, headers: response.headers, pieces: [Buffer.from('ke'), Buffer.from('pt')] }
const stage = { name: '123456789012/us-east-1/abc123/dev', maxBytes: 1_048_576 }

describe('responses that nodes share', () => {
  let redis: TestRedis
  let one: Node
  let other: Node
  before(async () => {
    redis = await startRedis()
    one = await startNode(redis.url)
    other = await startNode(redis.url)
  })
  after(async () => {
    one.close()
    other.close()
    await redis[Symbol.asyncDispose]()
  })

  let drawn = 0
  const newText = () => String(++drawn)
  const keyAt = ({ cache }: Node, of: string): CacheKey => cache.keyOf(stage, of)

  /** Keeps a response as a call does: after it has asked for it in vain. */
  async function keepAt(node: Node, of: string, ttlSeconds = 60): Promise<void> {
    const key = keyAt(node, of)
    assert.equal(await node.cache.fetch?.(key), undefined)
    node.cache.keep(key, arrived, ttlSeconds)
  }

  async function untilFetched(node: Node, of: string) {
    const deadline = performance.now() + 2_000
    for (;;) {
      const found = await node.cache.fetch?.(keyAt(node, of))
      if (found || performance.now() > deadline) return found
    }
  }

  test('are found by another node, which keeps them too', async () => {
    const of = newText()
    await keepAt(one, of)
    assert.equal(other.cache.find(keyAt(other, of)), undefined)
    assert.deepEqual(await untilFetched(other, of), response)
    assert.deepEqual(other.cache.find(keyAt(other, of)), response)
  })

  test('are sealed', async () => {
    const stranger = await startNode(redis.url, Buffer.alloc(32, 8))
    const of = newText()
    await keepAt(one, of)
    assert.ok(await untilFetched(other, of))
    assert.equal(await stranger.cache.fetch?.(keyAt(stranger, of)), undefined)
    stranger.close()
    const client = connectRedis(redis.url)
    while (client.status !== 'ready') await turn()
    const keys = await client.keys('*:response:*')
    const texts = await Promise.all(keys.map((key) => client.get(key)))
    assert.ok(keys.length > 0 && texts.every((text) => text !== null && !text.includes('kept')))
    client.disconnect()
  })

  test('are forgotten everywhere by a flush', async () => {
    const of = newText()
    await keepAt(one, of)
    assert.ok(await untilFetched(other, of))
    assert.equal(await other.shared.flush(stage.name), true)
    for (const node of [one, other]) {
      assert.equal(node.cache.find(keyAt(node, of)), undefined)
      assert.equal(await node.cache.fetch?.(keyAt(node, of)), undefined)
    }
  })

  test('are not kept when their call came before a flush', async () => {
    const of = newText()
    const early = keyAt(one, of)
    await one.cache.fetch?.(early)
    await other.shared.flush(stage.name)
    one.cache.keep(early, arrived, 60)
    const later = newText()
    await keepAt(one, later)
    assert.ok(await untilFetched(other, later))
    assert.equal(await other.cache.fetch?.(keyAt(other, of)), undefined)
  })

  test('are nobody’s without Redis, which holds up no call, and a flush says so and follows', async () => {
    await redis.kill()
    const of = newText()
    const key = keyAt(one, of)
    assert.equal(await one.cache.fetch?.(key), undefined)
    one.cache.keep(key, arrived, 60)
    assert.deepEqual(one.cache.find(key), response)
    assert.equal(await one.shared.flush('another'), false)

    // Redis has forgotten the era: so do the nodes what they kept in it.
    await redis.restart()
    const deadline = performance.now() + 5_000
    const client = connectRedis(redis.url)
    while (client.status !== 'ready') await turn()
    while ((await client.keys('*:era:*')).length === 0 && performance.now() < deadline) await turn()
    client.disconnect()
    while (one.cache.find(keyAt(one, of)) && performance.now() < deadline) await turn()
    assert.equal(one.cache.find(keyAt(one, of)), undefined)
  })
})
