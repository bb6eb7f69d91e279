import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Dispatcher, Pool } from 'undici'
import { inThreads } from './threads.ts'

/** The least that a Node proxy can do: `node:http` in front, undici's `dispatch` towards `BARE_BACKEND`. */
inThreads(import.meta.url, (port) => {
  const pool = new Pool(process.env['BARE_BACKEND'] ?? '', { connections: 64, pipelining: 1 })
  const server = createServer((request, response) => forward(pool, request, response))
  server.listen({ host: '127.0.0.1', port, reusePort: true })
})

function forward(pool: Pool, request: IncomingMessage, response: ServerResponse) {
  const headers = request.rawHeaders.filter((_, index, all) => !hopByHop(all[index - (index % 2)]))
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : request
  const options = { path: request.url ?? '/', method: request.method ?? 'GET', headers, body }
  pool.dispatch(options as Dispatcher.DispatchOptions, {
    onRequestStart(controller) {
      response.once('close', () => {
        if (!response.writableFinished) controller.abort(new Error('The client went away'))
      })
    },
    onResponseStart(controller, statusCode) {
      const raw = (controller.rawHeaders ?? []) as Buffer[]
      const kept = raw.map(String).filter((_, index, all) => !hopByHop(all[index - (index % 2)]))
      response.writeHead(statusCode, kept)
    },
    onResponseData(controller, chunk) {
      if (response.write(chunk)) return
      controller.pause()
      response.once('drain', () => controller.resume())
    },
    onResponseEnd: () => response.end(),
    onResponseError: () => response.destroy(),
  })
}

function hopByHop(name: string | undefined): boolean {
  return name !== undefined && /^(connection|keep-alive|transfer-encoding|upgrade|te|trailer)$/i.test(name)
}
