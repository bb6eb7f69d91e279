import { hash } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { CacheMemory } from '../response-cache/cache-memory.ts'
import type { RemoteKey, RemoteResponse, RemoteResponses } from '../response-cache/remote-responses.ts'
import { sharedMemoryFlush } from '../response-cache/shared-memory-cache.ts'
import { stageSlots } from '../response-cache/stage-slots.ts'
import type { ByteCipher } from '../secrets/byte-cipher.ts'
import { inTime } from './in-time.ts'
import { redisScript } from './redis-script.ts'
import { packResponse, unpackResponse } from './response-entry.ts'

/** The cached responses of all nodes. */
export interface SharedResponses extends RemoteResponses {
  /**
   * Resolves when no node answers by what was kept before.
   * @returns False when Redis or a node has not said so in time: the nodes are told when Redis is back.
   */
  flush(name: string): Promise<boolean>
  /** A message of another node, or of this one. */
  heard(channel: string, text: string): void
  /** Some messages may have been missed. */
  catchUp(): Promise<void>
}

export interface SharedResponsesOptions {
  /** A connection for this alone: large responses hold up no lease. */
  readonly redis: Redis
  readonly memory: CacheMemory
  readonly cipher: ByteCipher
  /** Draws what has never been drawn. */
  readonly newId: () => string
}

const flushChannel = '{gatehouse}:flush'
const flushedChannel = '{gatehouse}:flushed'
export const responseChannels: readonly string[] = [flushChannel, flushedChannel]

/** So long a call waits for what other nodes may know, in milliseconds. */
const fetchMs = 50
/** So long a flush waits for all nodes, in milliseconds. */
const flushMs = 2_000
/** Responses on their way to Redis beyond so many bytes are not sent: it is too slow for them. */
const maxUnsentBytes = 16 * 1_048_576

/**
 * Finds a response under the present era of its cache, which is drawn where there is none. KEYS: era. ARGV: a fresh era, prefix
 * and digest of the response. Answers the era, the response, and the milliseconds that it has left.
 */
const find = `
local era = redis.call('GET', KEYS[1])
if not era then
  era = ARGV[1]
  redis.call('SET', KEYS[1], era)
end
redis.call('EXPIRE', KEYS[1], 86400)
local key = ARGV[2] .. era .. ':' .. ARGV[3]
return { era, redis.call('GET', key), redis.call('PTTL', key) }
`

/** Begins an era, and tells all nodes. KEYS: era. ARGV: era, channel, message. Answers how many hear it. */
const begin = `
redis.call('SET', KEYS[1], ARGV[1], 'EX', 86400)
return redis.call('PUBLISH', ARGV[2], ARGV[3])
`

/**
 * Responses are kept under eras, which are drawn by chance: a flush begins one, and what was kept before is never found again.
 * What this node knows of eras follows the messages of flushes, and each answer that it gets.
 */
export function sharedResponses({ redis, memory, cipher, newId }: SharedResponsesOptions): SharedResponses {
  const finding = redisScript(redis, find)
  const beginning = redisScript(redis, begin)
  const local = sharedMemoryFlush(memory)
  const slots = stageSlots(memory)
  const eras = new Map<string, string>()
  const flushes = new Map<string, () => void>()
  /** Caches whose flush has not reached Redis. */
  const owed = new Set<string>()
  let unsentBytes = 0

  function learn(name: string, era: string): void {
    const before = eras.get(name)
    eras.set(name, era)
    if (before !== undefined && before !== era) void local.flush(name)
  }

  function isCurrent({ name, epoch }: RemoteKey): boolean {
    const slot = slots.slotOf(name)
    return slot !== undefined && Atomics.load(memory.epochs, slot) === epoch
  }

  async function ask({ name, text }: RemoteKey): Promise<RemoteResponse | undefined> {
    const digest = hash('sha256', text)
    const answer = await finding.runForBytes([eraKey(name)], [newId(), prefixOf(name), digest])
    const [era, sealed, leftMs] = Array.isArray(answer) ? answer : []
    if (!Buffer.isBuffer(era)) return undefined
    learn(name, era.toString())
    if (!Buffer.isBuffer(sealed)) return undefined
    const packed = cipher.open(sealed, `${prefixOf(name)}${era}:${digest}`)
    const ttlSeconds = Math.floor(Number(leftMs) / 1_000)
    return packed && ttlSeconds > 0 ? unpackResponse(packed, ttlSeconds) : undefined
  }

  async function keep(key: RemoteKey, response: RemoteResponse): Promise<void> {
    const era = eras.get(key.name)
    // A call that came before a flush brings what was before it.
    if (era === undefined || !isCurrent(key) || redis.status !== 'ready') return
    const place = `${prefixOf(key.name)}${era}:${hash('sha256', key.text)}`
    const sealed = cipher.seal(packResponse(response), place)
    if (unsentBytes + sealed.length > maxUnsentBytes) return
    unsentBytes += sealed.length
    await redis.set(place, sealed, 'EX', response.ttlSeconds).finally(() => {
      unsentBytes -= sealed.length
    })
  }

  /** Begins an era. @returns how many nodes hear of it. */
  async function beginEra(name: string, era: string): Promise<number> {
    const message = JSON.stringify([name, era])
    const hearing = Number(await inTime(beginning.run([eraKey(name)], [era, flushChannel, message]), flushMs))
    owed.delete(name)
    return hearing
  }

  async function flushEverywhere(name: string): Promise<void> {
    const era = newId()
    const all = Promise.withResolvers<void>()
    let flushed = 0
    let hearing = Number.POSITIVE_INFINITY
    const settle = () => {
      if (flushed >= hearing) all.resolve()
    }
    flushes.set(era, () => {
      flushed++
      settle()
    })
    try {
      hearing = await beginEra(name, era)
      settle()
      await inTime(all.promise, flushMs)
    } finally {
      flushes.delete(era)
    }
  }

  async function catchUp(): Promise<void> {
    for (const name of owed) await beginEra(name, newId()).catch(() => {})
    const names = [...eras.keys()]
    if (names.length === 0) return
    const now = await redis.mget(names.map(eraKey)).catch(() => [])
    for (const [i, name] of names.entries()) learn(name, now[i] ?? newId())
  }

  redis.on('ready', () => void catchUp())

  return {
    async fetch(key) {
      if (redis.status !== 'ready') return undefined
      return inTime(ask(key), fetchMs).catch(() => undefined)
    },
    keep: (key, response) => void keep(key, response).catch(() => {}),
    async flush(name) {
      owed.add(name)
      try {
        await flushEverywhere(name)
        return true
      } catch {
        return false
      }
    },
    heard(channel, text) {
      if (channel === flushedChannel) flushes.get(text)?.()
      if (channel !== flushChannel) return
      const [name, era]: [string, string] = JSON.parse(text)
      void local.flush(name)
      eras.set(name, era)
      redis.publish(flushedChannel, era).catch(() => {})
    },
    catchUp,
  }
}

function eraKey(name: string): string {
  return `{gatehouse}:era:${shortened(name)}`
}

function prefixOf(name: string): string {
  return `{gatehouse}:response:${shortened(name)}:`
}

function shortened(name: string): string {
  return hash('sha256', name, 'base64url').slice(0, 27)
}
