import type { Dispatcher, Pool } from 'undici'

/** Sends one request to an origin, over a connection of its own for as long as it lasts. */
export type Dispatch = (
  origin: string,
  options: Omit<Dispatcher.DispatchOptions, 'origin'>,
  handler: Dispatcher.DispatchHandler,
) => void

export interface Upstreams {
  readonly dispatch: Dispatch
  /** Waits for running requests, then closes every connection. */
  close(): Promise<void>
}

/** Origins come from deployed URIs; only a placeholder in a host name can make so many. */
const maxOrigins = 500

/** One pool of kept-alive HTTP/1.1 connections per origin. */
export function upstreams(createPool: (origin: string) => Pool): Upstreams {
  const pools = new Map<string, Pool>()

  function poolOf(origin: string): Pool {
    const known = pools.get(origin)
    if (known) return known
    const pool = createPool(origin)
    pools.set(origin, pool)
    if (pools.size > maxOrigins) retireOldest()
    return pool
  }

  function retireOldest(): void {
    for (const [origin, pool] of pools) {
      pools.delete(origin)
      void pool.close()
      return
    }
  }

  return {
    dispatch: (origin, options, handler) => void poolOf(origin).dispatch(options, handler),
    async close() {
      const open = [...pools.values()]
      pools.clear()
      await Promise.all(open.map((pool) => pool.close()))
    },
  }
}
