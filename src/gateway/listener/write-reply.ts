import type { ServerResponse } from 'node:http'
import { isNamed } from '../headers.ts'
import { type BodySource, isSource, type Reply } from '../reply.ts'
import { ReplySink } from './reply-sink.ts'

/** Header lines that belong to the connection and not to the reply. */
export interface Connection {
  /** Ends the connection after this reply. */
  readonly closing: boolean
}

/** Sends a reply: in one write when it is whole. A reply that fails on the way cuts the connection. */
export function writeReply(response: ServerResponse, { status, headers, body }: Reply, { closing }: Connection): void {
  const lines = headers.slice()
  if (closing) lines.push('Connection', 'close')
  else if (response.shouldKeepAlive) lines.push('Connection', 'keep-alive')
  if (isSource(body)) {
    pour(body, response, status, lines)
    return
  }
  if (mayHaveBody(status)) lines.push('Content-Length', String(Buffer.byteLength(body)))
  response.writeHead(status, lines)
  response.end(body)
}

function pour(body: BodySource, response: ServerResponse, status: number, lines: string[]): void {
  const measured = !mayHaveBody(status) || hasLength(lines)
  const sink = new ReplySink(response, { status, lines, measured })
  body.pour(sink)
  if (sink.finished) return
  sink.begin()
  response.on('drain', () => body.resume())
}

function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304
}

function hasLength(lines: readonly string[]): boolean {
  for (let i = 0; i < lines.length; i += 2) if (isNamed(lines[i] ?? '', 'content-length')) return true
  return false
}
