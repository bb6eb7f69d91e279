import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from './api-calls.ts'
import { refuseClientError } from './client-error.ts'

/** One listening port. */
export interface Listener {
  /** @returns The port, chosen by the system for 0. @throws With `code: 'EADDRINUSE'`, … when it cannot listen. */
  listen(address: { host: string; port: number }): Promise<number>
  /** Takes no more connections; resolves when the last has ended, which `deadlineMs` enforces. */
  close(deadlineMs: number): Promise<void>
}

/** Where several threads can share a port. Elsewhere one thread alone can listen. */
const reusePort = ['linux', 'freebsd', 'sunos', 'aix'].includes(process.platform)

/**
 * Limits against clients that hold connections without using them, in milliseconds: for a request's head, for a whole
 * request, and between two requests.
 */
const timeouts = { headersTimeout: 20_000, requestTimeout: 300_000, keepAliveTimeout: 65_000 }

/** Longest silence within a call, in milliseconds: `Invoke` may wait 15 minutes for its function. */
const silenceMs = 960_000

/** Larger than the data plane's own limits, so that exceeding those gets the reply that it has on AWS. */
const maxHeadBytes = 49_152

/** Opens a port for HTTP/1.1; `serve` answers every request and never throws. */
export function listener(serve: (exchange: Exchange) => void): Listener {
  const server = createServer({
    ...timeouts,
    maxHeaderSize: maxHeadBytes,
    connectionsCheckingInterval: 5_000,
    noDelay: true,
    // Most calls have no body: spare them a stream that would only end.
    optimizeEmptyRequests: true,
  })
  server.setTimeout(silenceMs)
  server.on('request', (request, response) => serve({ request, response }))
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    serve({ request, response, wanted: () => response.writeContinue() })
  })
  server.on('clientError', refuseClientError)
  return {
    listen: ({ host, port }) => listen(server, { host, port, reusePort }),
    close: (deadlineMs) => close(server, deadlineMs),
  }
}

function listen(server: Server, options: { host: string; port: number; reusePort: boolean }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ ...options, backlog: 1024 }, () => {
      server.off('error', reject)
      resolve(portOf(server.address()))
    })
  })
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

function close(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs)
    server.close(() => {
      clearTimeout(deadline)
      resolve()
    })
  })
}
