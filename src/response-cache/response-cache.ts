import type { KeyHash } from './key-hash.ts'

/** A response as an integration gave it: what is answered again while it is kept. */
export interface CachedResponse {
  /** 200 to 599. */
  readonly status: number
  /** Header lines, flat: name, value, name, value, … Latin-1 text without line ends. */
  readonly headers: readonly string[]
  readonly body: Buffer
}

/** A response as it arrived, to be kept. */
export interface ArrivedResponse extends Omit<CachedResponse, 'body'> {
  /** The body, one after the other. */
  readonly pieces: readonly Buffer[]
}

/** The cache of one stage. */
export interface StageCache {
  /** `{account}/{region}/{restApiId}/{stageName}`. Nothing is shared between names. */
  readonly name: string
  /** What `cacheClusterSize` allows it to hold. */
  readonly maxBytes: number
}

/** What tells the responses of a stage apart. Made once per call, before anything else is asked. */
export interface CacheKey {
  readonly cache: StageCache
  /** All that tells it from every other key, also of other caches. */
  readonly text: string
  readonly hash: KeyHash
  /** The cache's place on this machine. Undefined: there is none for it, and nothing is kept. */
  readonly slot: number | undefined
  /** How often the cache had been flushed when the call arrived: what a backend was asked for before a flush is not kept after it. */
  readonly epoch: number
}

/** How many bytes pieces have together. */
export function lengthOf(pieces: readonly Buffer[]): number {
  let length = 0
  for (const piece of pieces) length += piece.length
  return length
}

/**
 * Where responses are kept: in memory that all threads of this machine share, and if configured beyond it. One per thread.
 * None of its functions ever throws or rejects: a cache that fails answers nothing and keeps nothing.
 */
export interface ResponseCache {
  /** @param text As in `CacheKey`. A response is found under the epoch that it was kept under, and under no other. */
  keyOf(cache: StageCache, text: string): CacheKey
  /** What this machine holds, at once. @returns A copy, for the caller to keep. */
  find(key: CacheKey): CachedResponse | undefined
  /**
   * Asks beyond this machine, after `find` has found nothing: one call of many equal ones asks. What it finds is kept on
   * this machine for what is left of its time. Has to give up in time by itself. Absent: there is nobody to ask.
   */
  fetch?(key: CacheKey): Promise<CachedResponse | undefined>
  /**
   * Keeps a response in place of the one that there is; one that is larger than `maxResponseBytes` is not kept. Its body's bytes
   * are to be copied before this returns: they are gone afterwards.
   */
  keep(key: CacheKey, response: ArrivedResponse, ttlSeconds: number): void
  /** Bytes of the largest body that is kept: what is larger need not be collected. */
  readonly maxResponseBytes: number
}

/** Forgets what is kept, on every thread and every node: the main thread's side of the cache. */
export interface CacheFlush {
  /**
   * Resolves when no call that arrives from now on is answered by what was kept before: on this node in any case.
   * @param name As in `StageCache`; the canary's cache goes with its stage's.
   * @returns Whether the same holds for all other nodes. If not, they follow when they can be told.
   */
  flush(name: string): Promise<boolean>
}
