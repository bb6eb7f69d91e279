import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createWire, type WireOptions } from '../wire.ts'

export interface Served extends AsyncDisposable {
  /** `http://127.0.0.1:{port}` */
  readonly endpoint: string
  /** What the layer logged so far. */
  readonly logged: { readonly details: object; readonly message: string }[]
}

/** Serves services through the wire layer on a free port until disposed of. */
export async function serve(services: WireOptions['services']): Promise<Served> {
  const logged: Served['logged'] = []
  const log = { error: (message: string, details = {}) => void logged.push({ message, details }) }
  const wire = createWire({ services, region: 'us-east-1', account: '123456789012', newRequestId: randomUUID, log })
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const { method = '', url: target = '' } = request
    const answer = await wire({ method, target, headers, body: await buffer(request), remoteAddress: '127.0.0.1' })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  const port = await listen(server)
  return { endpoint: `http://127.0.0.1:${port}`, logged, [Symbol.asyncDispose]: () => close(server) }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
