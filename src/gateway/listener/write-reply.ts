import { isNamed } from '../headers.ts'
import type { Exchange } from '../http1/exchange.ts'
import { type BodySink, type BodySource, isSource, type Reply } from '../reply.ts'

/** Sends a reply: in one write when it is whole. A reply that fails on the way cuts the connection. */
export function writeReply(exchange: Exchange, { status, headers, body }: Reply): void {
  if (isSource(body)) pour(body, new ReplySink(exchange, status, headers))
  else exchange.send(status, headers, body)
}

/** What is there already leaves with the head. */
function pour(body: BodySource, sink: ReplySink): void {
  const { exchange } = sink
  exchange.cork()
  try {
    body.pour(sink)
    if (sink.finished) return
    sink.begin()
    exchange.onDrain(() => body.resume())
  } finally {
    exchange.uncork()
  }
}

/** Sends a body that is still arriving; one that has arrived when it is poured leaves whole. */
class ReplySink implements BodySink {
  /** Nothing more will come. */
  finished = false
  readonly exchange: Exchange
  private readonly status: number
  private readonly lines: readonly string[]
  private readonly measured: boolean
  private begun = false

  constructor(exchange: Exchange, status: number, lines: readonly string[]) {
    this.exchange = exchange
    this.status = status
    this.lines = lines
    this.measured = hasLength(lines)
  }

  /** Sends the head, so that a client sees it before the body's first byte. */
  begin(): void {
    if (this.begun) return
    this.begun = true
    this.exchange.begin(this.status, this.lines, this.measured)
  }

  write(chunk: Buffer): boolean {
    this.begin()
    return this.exchange.write(chunk)
  }

  end(chunk: Buffer = nothing): void {
    this.finished = true
    if (!this.begun) {
      this.exchange.sendOnce(this.status, this.lines, chunk, this.measured)
      return
    }
    this.exchange.write(chunk)
    this.exchange.end()
  }

  fail(): void {
    this.finished = true
    this.exchange.destroy()
  }
}

const nothing = Buffer.alloc(0)

function hasLength(lines: readonly string[]): boolean {
  for (let i = 0; i < lines.length; i += 2) if (isNamed(lines[i] ?? '', 'content-length')) return true
  return false
}
