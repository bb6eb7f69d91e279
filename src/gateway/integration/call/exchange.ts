import type { BodySink, BodySource } from '../../reply.ts'
import { endpointTimedOut } from '../timeout.ts'
import type { ResponseListener, SentRequest } from '../upstream/upstream.ts'
import { Deadline } from './deadline.ts'

/** Hears once what becomes of a request: its response's head, or why there is none. */
export interface Settle {
  answer(status: number, headers: readonly string[]): void
  fail(error: Error): void
}

/** How long a backend may take, in milliseconds. */
export interface ExchangeTimes {
  /** Until its response's head, and then between two pieces of the body. */
  readonly idleMs: number
  /** Until the response has ended, however it goes on. Absent: as long as pieces keep coming. */
  readonly totalMs?: number
}

/** Bytes held for a reply that nobody reads yet. */
const heldBytes = 65_536

/**
 * One request to a backend and its response: settles at the head, then pours the body at the client's speed. The backend's
 * time runs until the head, and again between two pieces of the body, but never while the client is waited for.
 */
export class Exchange implements ResponseListener, BodySource {
  readonly deadline: Deadline
  private readonly settle: Settle
  private readonly totalMs: number | undefined
  private whole: NodeJS.Timeout | undefined
  private sent: SentRequest | undefined
  private sink: BodySink | undefined
  private held: Buffer[] = []
  private heldLength = 0
  private answered = false
  private ended = false
  private failure: Error | undefined

  constructor(settle: Settle, { idleMs, totalMs }: ExchangeTimes) {
    this.settle = settle
    this.totalMs = totalMs
    this.deadline = new Deadline(idleMs, () => this.abort(endpointTimedOut()))
  }

  /** Sends the request and starts the backend's time. */
  start(send: (listener: ResponseListener) => SentRequest): void {
    this.deadline.start()
    if (this.totalMs !== undefined) this.whole = setTimeout(() => this.abort(endpointTimedOut()), this.totalMs)
    this.sent = send(this)
  }

  /** Ends the request, whatever it is doing: before the head it fails with `reason`. */
  abort(reason: Error): void {
    if (!this.ended && !this.failure) this.sent?.abort(reason)
  }

  onHead(status: number, headers: readonly string[]): void {
    this.answered = true
    this.settle.answer(status, headers)
  }

  onData(chunk: Buffer): boolean {
    const { sink } = this
    const open = sink ? sink.write(chunk) : this.hold(chunk)
    // While nobody reads yet, `pour` will start the time anew.
    if (!open) this.deadline.stop()
    else if (sink) this.deadline.refresh()
    return open
  }

  onEnd(): void {
    this.ended = true
    this.stopTime()
    this.sink?.end()
  }

  onError(error: Error): void {
    this.failure = error
    this.stopTime()
    if (!this.answered) this.settle.fail(error)
    else this.sink?.fail(error)
  }

  pour(sink: BodySink): void {
    const { held } = this
    this.held = []
    // Most replies are here whole by now, and leave in one piece.
    const last = this.ended ? held.pop() : undefined
    let open = true
    for (const chunk of held) open = sink.write(chunk)
    this.sink = sink
    if (this.failure) sink.fail(this.failure)
    else if (this.ended) sink.end(last)
    else if (open) this.resume()
    else this.deadline.stop()
  }

  resume(): void {
    if (this.ended || this.failure) return
    this.deadline.start()
    this.sent?.resume()
  }

  private stopTime(): void {
    this.deadline.stop()
    clearTimeout(this.whole)
  }

  private hold(chunk: Buffer): boolean {
    this.held.push(chunk)
    this.heldLength += chunk.length
    return this.heldLength <= heldBytes
  }
}
