import { createServer } from 'node:http'
import { inThreads } from './threads.ts'

/**
 * A bare `node:http` server that answers every call with the same bytes: `BARE_ANSWER`, JSON of `rawHeaders` (names and
 * values in turns) and `body`.
 */
interface Answer {
  readonly rawHeaders: string[]
  readonly body: string
}

inThreads(import.meta.url, (port) => {
  const { rawHeaders, body }: Answer = JSON.parse(process.env['BARE_ANSWER'] ?? '')
  const bytes = Buffer.from(body)
  const server = createServer((_, response) => {
    response.writeHead(200, rawHeaders)
    response.end(bytes)
  })
  server.listen({ host: '127.0.0.1', port, reusePort: true })
})
