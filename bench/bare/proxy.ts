import { createServer, type ServerResponse } from 'node:http'
import { type Dispatcher, Pool } from 'undici'
import { inThreads } from './threads.ts'

/** The least that a Node proxy of GET requests can do: `node:http` in front, undici's `dispatch` to `BARE_BACKEND`. */
inThreads(import.meta.url, (port) => {
  const pool = new Pool(process.env['BARE_BACKEND'] ?? '', { connections: 64, pipelining: 1 })
  const server = createServer({ optimizeEmptyRequests: true }, ({ url = '/', rawHeaders }, response) => {
    const headers = endToEnd(rawHeaders)
    pool.dispatch({ path: url, method: 'GET', headers, body: null }, new Relay(response))
  })
  server.listen({ host: '127.0.0.1', port, reusePort: true })
})

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'])

function endToEnd(lines: readonly string[]): string[] {
  return lines.filter((_, index) => !hopByHop.has((lines[index - (index % 2)] ?? '').toLowerCase()))
}

/** Passes a backend's response on; the last chunk waits for the end, so that a short reply leaves in one write. */
class Relay implements Dispatcher.DispatchHandler {
  private readonly response: ServerResponse
  private last: Buffer | undefined

  constructor(response: ServerResponse) {
    this.response = response
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.response.once('close', () => {
      if (!this.response.writableFinished) controller.abort(new Error('The client went away'))
    })
  }

  onResponseStart({ rawHeaders }: Dispatcher.DispatchController, status: number): void {
    const lines = Array.isArray(rawHeaders) ? rawHeaders.map((part) => part.toString('latin1')) : []
    this.response.writeHead(status, endToEnd(lines))
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.last && !this.response.write(this.last)) {
      controller.pause()
      this.response.once('drain', () => controller.resume())
    }
    this.last = chunk
  }

  onResponseEnd(): void {
    this.response.end(this.last)
  }

  onResponseError(): void {
    this.response.destroy()
  }
}
