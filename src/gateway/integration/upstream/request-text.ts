import { isNamed } from '../../headers.ts'
import type { UpstreamRequest } from './upstream.ts'

/** Methods whose missing body is worth saying. */
const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** The head of a request as it goes over the wire. @param authority The origin's host and port. */
export function requestHead({ method, path, headers, body }: UpstreamRequest, authority: string): string {
  let head = `${method} ${path} HTTP/1.1\r\n`
  let host = `Host: ${authority}\r\n`
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? ''
    if (name.length === 4 && isNamed(name, 'host')) host = ''
    head += `${name}: ${headers[i + 1]}\r\n`
  }
  return `${head}${host}${framing(method, body)}\r\n`
}

function framing(method: string, body: UpstreamRequest['body']): string {
  if (body === null) return withBody.has(method) ? 'Content-Length: 0\r\n' : ''
  return body.length === undefined ? 'Transfer-Encoding: chunked\r\n' : `Content-Length: ${body.length}\r\n`
}
