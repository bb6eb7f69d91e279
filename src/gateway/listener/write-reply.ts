import type { ServerResponse } from 'node:http'
import { type BodySink, type BodySource, isSource, type Reply } from '../reply.ts'

/** Header lines that belong to the connection and not to the reply. */
export interface Connection {
  /** Ends the connection after this reply. */
  readonly closing: boolean
}

/** Sends a reply: in one write when it is whole. A reply that fails on the way cuts the connection. */
export function writeReply(response: ServerResponse, { status, headers, body }: Reply, { closing }: Connection): void {
  if (response.destroyed) {
    if (isSource(body)) body.pour(nowhere)
    return
  }
  const lines = headers.slice()
  if (closing) lines.push('Connection', 'close')
  else if (response.shouldKeepAlive) lines.push('Connection', 'keep-alive')
  if (isSource(body)) {
    response.writeHead(status, lines)
    pour(body, response)
    return
  }
  if (status !== 204 && status !== 304) lines.push('Content-Length', String(Buffer.byteLength(body)))
  response.writeHead(status, lines)
  response.end(body)
}

function pour(body: BodySource, response: ServerResponse): void {
  response.on('drain', () => body.resume())
  body.pour({
    write: (chunk) => response.write(chunk),
    end: (chunk) => void response.end(chunk),
    fail: () => void response.destroy(),
  })
}

const nowhere: BodySink = { write: () => true, end() {}, fail() {} }
