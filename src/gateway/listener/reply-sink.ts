import type { ServerResponse } from 'node:http'
import type { BodySink } from '../reply.ts'

export interface ReplyHead {
  readonly status: number
  /** Flat names and values. */
  readonly lines: string[]
  /** The lines give the body's length, or it has none. */
  readonly measured: boolean
}

/** Bodies up to this size are copied beside their head, so that both leave in one write. */
const joinedBytes = 16_384

/** Sends a body that is still arriving. */
export class ReplySink implements BodySink {
  /** Nothing more will come. */
  finished = false
  private begun = false
  private readonly response: ServerResponse
  private readonly head: ReplyHead

  constructor(response: ServerResponse, head: ReplyHead) {
    this.response = response
    this.head = head
  }

  /** Sends the head, so that a client sees it before the body's first byte. */
  begin(): void {
    this.writeHead()
    this.response.flushHeaders()
  }

  write(chunk: Buffer): boolean {
    this.writeHead()
    return this.response.write(chunk)
  }

  end(chunk?: Buffer): void {
    this.finished = true
    const { response, head } = this
    if (this.begun) {
      response.end(chunk)
      return
    }
    if (!head.measured) head.lines.push('Content-Length', String(chunk?.length ?? 0))
    this.writeHead()
    if (chunk && chunk.length <= joinedBytes) response.end(chunk.toString('latin1'), 'latin1')
    else response.end(chunk)
  }

  fail(): void {
    this.finished = true
    this.response.destroy()
  }

  private writeHead(): void {
    if (this.begun) return
    this.begun = true
    this.response.writeHead(this.head.status, this.head.lines)
  }
}
