import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

/** What a backend got. */
export interface Received {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Backend extends AsyncDisposable {
  readonly url: string
  /** Everything since the start, in order. */
  readonly received: readonly Received[]
  /** The statuses of the next answers, one after the other; 200 when there are none. */
  readonly statuses: number[]
}

/** Starts a server that answers every request with JSON, for tests of generated clients. */
export async function startBackend(): Promise<Backend> {
  const received: Received[] = []
  const statuses: number[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    received.push({ method: request.method ?? '', target: request.url ?? '', headers: request.headers, body })
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json', 'x-served': 'yes' })
    response.end('{"id":7}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    statuses,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
