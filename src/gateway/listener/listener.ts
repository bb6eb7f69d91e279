import type { Exchange } from '../http1/exchange.ts'
import { Http1Server } from '../http1/server.ts'

/** Where several threads can share a port. Elsewhere one thread alone can listen. */
const reusePort = ['linux', 'freebsd', 'sunos', 'aix'].includes(process.platform)

/**
 * Limits against clients that hold connections without using them. A silent call is none: `Invoke` may wait 15 minutes for
 * its function. Heads may be larger than the data plane's own limits, so that exceeding those gets the reply that it has on
 * AWS.
 */
const limits = {
  idleMs: 65_000,
  headMs: 20_000,
  bodyMs: 300_000,
  silenceMs: 960_000,
  lingerMs: 5_000,
  maxHeadBytes: 49_152,
}

/** Opens a port for HTTP/1.1; `serve` answers every request and never throws. */
export async function listener(
  serve: (exchange: Exchange) => void,
  address: { readonly host: string; readonly port: number },
): Promise<Listener> {
  const server = new Http1Server({ limits, tickMs: 5_000, serve })
  const port = await server.listen({ ...address, reusePort })
  return { port, close: (deadlineMs) => server.close(deadlineMs) }
}

/** One listening port. */
export interface Listener {
  readonly port: number
  /** Takes no more connections; resolves when the last has ended, which `deadlineMs` enforces. */
  close(deadlineMs: number): Promise<void>
}
