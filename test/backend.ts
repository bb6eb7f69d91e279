import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A web server on a free loopback port, for integrations to reach. */
export interface Backend extends AsyncDisposable {
  readonly url: string
}

export async function startBackend(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Backend> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The backend has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
