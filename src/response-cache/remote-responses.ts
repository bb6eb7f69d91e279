import { type CachedResponse, type CacheKey, lengthOf, type ResponseCache } from './response-cache.ts'

/** A key as it crosses threads. */
export interface RemoteKey {
  /** Of the stage's cache. */
  readonly name: string
  readonly text: string
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
  const remoteKey = ({ cache, text, epoch }: CacheKey): RemoteKey => ({ name: cache.name, text, epoch })
  return {
    keyOf: (cache, text) => local.keyOf(cache, text),
    find: (key) => local.find(key),
    maxResponseBytes: local.maxResponseBytes,
    async fetch(key): Promise<CachedResponse | undefined> {
      const found = await remote.fetch(remoteKey(key))
      if (!found) return undefined
      const { status, headers, body, ttlSeconds } = found
      const own = Buffer.from(body)
      local.keep(key, { status, headers, pieces: [own] }, ttlSeconds)
      return { status, headers, body: own }
    },
    keep(key, response, ttlSeconds) {
      local.keep(key, response, ttlSeconds)
      const { status, headers, pieces } = response
      const length = lengthOf(pieces)
      if (length > local.maxResponseBytes) return
      // What crosses to another thread leaves later than this, when the body's own bytes are gone.
      remote.keep(remoteKey(key), { status, headers, body: joined(pieces, length), ttlSeconds })
    },
  }
}

/** A copy that is nobody else's memory, as one of `Buffer.concat` can be. */
function joined(pieces: readonly Buffer[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let end = 0
  for (const piece of pieces) {
    whole.set(piece, end)
    end += piece.length
  }
  return whole
}
