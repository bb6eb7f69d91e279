import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'

export interface Call {
  /** Absent when the call failed without an answer. */
  readonly status?: number
  readonly body: string
  /** `performance.now()` before the request was sent. */
  readonly startedAt: number
}

/** Calls one address over and over until it is stopped. */
export interface Load extends AsyncDisposable {
  /** Everything answered or failed so far, in the order of the ends. */
  readonly calls: readonly Call[]
  /** Resolves when so many calls have ended. */
  reached(count: number): Promise<void>
  /** Lets the calls in flight end, then closes the connections. */
  stop(): Promise<readonly Call[]>
}

/** @param connections keep-alive connections, each with one call at a time. */
export function startLoad(url: string, connections = 8): Load {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const calls: Call[] = []
  const waiting = new Set<{ count: number; resolve: () => void }>()
  let stopped = false

  async function call(): Promise<Call> {
    const startedAt = performance.now()
    try {
      const { statusCode: status, body } = await pool.request({ method: 'GET', path })
      return { status, body: await body.text(), startedAt }
    } catch (error) {
      // A gateway that is gone refuses at once: without a pause this would keep a processor busy.
      await pause(20)
      return { body: String(error), startedAt }
    }
  }

  async function work(): Promise<void> {
    while (!stopped) {
      calls.push(await call())
      for (const entry of waiting) {
        if (calls.length < entry.count) continue
        waiting.delete(entry)
        entry.resolve()
      }
    }
  }

  const workers = Array.from({ length: connections }, work)
  async function stop(): Promise<readonly Call[]> {
    stopped = true
    await Promise.all(workers)
    await pool.destroy()
    return calls
  }

  return {
    calls,
    reached: (count) => new Promise((resolve) => waiting.add({ count, resolve })),
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}
