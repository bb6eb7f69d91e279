import { connector } from './connect.ts'
import { OriginPool } from './origin-pool.ts'
import type { Send } from './upstream.ts'

export interface Upstreams {
  readonly send: Send
  /** Ends every connection, idle or not. */
  close(): void
}

const sweepMs = 1_000

/** Kept-alive connections to every origin that APIs call. */
export function upstreams(): Upstreams {
  const pools = new Map<string, OriginPool>()
  const sweeper = setInterval(() => {
    const now = Date.now()
    for (const [origin, pool] of pools) {
      pool.sweep(now)
      // Origins can come from placeholders: only those in use are remembered.
      if (pool.unused) pools.delete(origin)
    }
  }, sweepMs)
  sweeper.unref()

  function poolOf(origin: string): OriginPool {
    const known = pools.get(origin)
    if (known) return known
    const pool = new OriginPool(connector(origin), origin.slice(origin.indexOf('//') + 2))
    pools.set(origin, pool)
    return pool
  }

  return {
    send: (origin, request, listener) => poolOf(origin).send(request, listener),
    close() {
      clearInterval(sweeper)
      for (const pool of pools.values()) pool.destroy()
      pools.clear()
    },
  }
}
