import type { CachedResponse, CacheKey, ResponseCache } from './response-cache.ts'

/** A key as it crosses threads. */
export interface RemoteKey {
  /** Of the stage's cache. */
  readonly name: string
  readonly digest: string
  /** Of this machine. */
  readonly epoch: number
}

/** A response as it crosses threads, with what is left of its time. */
export interface RemoteResponse {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: Uint8Array
  readonly ttlSeconds: number
}

/** What other machines keep. Never throws or rejects. */
export interface RemoteResponses {
  /** Gives up in time by itself. */
  fetch(key: RemoteKey): Promise<RemoteResponse | undefined>
  keep(key: RemoteKey, response: RemoteResponse): void
}

/** A cache that asks other machines for what this one does not hold, and gives them what it keeps. */
export function cacheBeyond(local: ResponseCache, remote: RemoteResponses): ResponseCache {
  const remoteKey = ({ cache, digest, epoch }: CacheKey): RemoteKey => ({ name: cache.name, digest, epoch })
  return {
    epoch: (cache) => local.epoch(cache),
    find: (key) => local.find(key),
    maxResponseBytes: local.maxResponseBytes,
    async fetch(key): Promise<CachedResponse | undefined> {
      const found = await remote.fetch(remoteKey(key))
      if (!found) return undefined
      const { status, headers, body, ttlSeconds } = found
      const response = { status, headers, body: Buffer.from(body) }
      local.keep(key, response, ttlSeconds)
      return response
    },
    keep(key, response, ttlSeconds) {
      local.keep(key, response, ttlSeconds)
      if (response.body.length > local.maxResponseBytes) return
      // What crosses to another thread leaves later than this, when the body's own bytes are gone.
      remote.keep(remoteKey(key), { ...response, body: new Uint8Array(response.body), ttlSeconds })
    },
  }
}
