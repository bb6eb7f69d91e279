import { isNamed } from '../../headers.ts'
import { remembering } from '../../remembering.ts'
import type { UpstreamRequest } from './upstream.ts'

/** Methods whose missing body is worth saying. */
const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** How lines with a name begin, after the line before them. */
const lineOf = remembering((name) => ({ start: `\r\n${name}: `, isHost: isNamed(name, 'host') }))

/** The head of a request as it goes over the wire. @param authority The origin's host and port. */
export function requestHead({ method, path, headers, body }: UpstreamRequest, authority: string): string {
  let head = `${method} ${path} HTTP/1.1`
  let hasHost = false
  for (let i = 0; i < headers.length; i += 2) {
    const { start, isHost } = lineOf(headers[i] ?? '')
    if (isHost) hasHost = true
    head += start + headers[i + 1]
  }
  if (!hasHost) head += `\r\nHost: ${authority}`
  return head + framing(method, body)
}

/** The last line, and the empty line. */
function framing(method: string, body: UpstreamRequest['body']): string {
  if (body === null) return withBody.has(method) ? '\r\nContent-Length: 0\r\n\r\n' : '\r\n\r\n'
  if (body.length === undefined) return '\r\nTransfer-Encoding: chunked\r\n\r\n'
  return `\r\nContent-Length: ${body.length}\r\n\r\n`
}
