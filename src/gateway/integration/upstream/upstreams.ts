import { connector } from './connect.ts'
import type { Dial } from './dial.ts'
import { OriginPool } from './origin-pool.ts'
import type { Send } from './upstream.ts'

export interface Upstreams {
  /** Sends over connections that are made in one way. Those of another `Dial` are never used for it. */
  over(dial: Dial): Send
  /** Ends every connection, idle or not. */
  close(): void
}

/** Connections by origin. */
type Pools = Map<string, OriginPool>

const sweepMs = 1_000

/** Kept-alive connections to every origin that APIs call. */
export function upstreams(): Upstreams {
  // Only those in use are remembered: ways come and go with deployments, and origins can come from placeholders.
  const inUse = new Set<Pools>()
  const sweeper = setInterval(() => {
    const now = Date.now()
    for (const pools of inUse) {
      sweep(pools, now)
      if (pools.size === 0) inUse.delete(pools)
    }
  }, sweepMs)
  sweeper.unref()

  return {
    over(dial) {
      const pools: Pools = new Map()
      return (origin, request, listener) => {
        let pool = pools.get(origin)
        if (!pool) {
          pool = new OriginPool(connector(origin, dial), origin.slice(origin.indexOf('//') + 2))
          pools.set(origin, pool)
          inUse.add(pools)
        }
        return pool.send(request, listener)
      }
    },
    close() {
      clearInterval(sweeper)
      for (const pools of inUse) {
        for (const pool of pools.values()) pool.destroy()
      }
      inUse.clear()
    },
  }
}

function sweep(pools: Pools, now: number): void {
  for (const [origin, pool] of pools) {
    pool.sweep(now)
    if (pool.unused) pools.delete(origin)
  }
}
