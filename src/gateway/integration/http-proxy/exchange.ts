import type { Dispatcher } from 'undici'
import type { BodySink, BodySource } from '../../reply.ts'

/** What a backend answers, as soon as its headers are there. */
export interface Answer {
  readonly status: number
  /** Flat names and values, as they came. */
  readonly headers: readonly (string | Buffer)[]
}

export interface Settle {
  answer(answer: Answer): void
  fail(error: Error): void
}

/** Bytes held for a reply that nobody reads yet. */
const heldBytes = 65_536

/** One request to a backend and its response: settles at the headers, then pours the body at the client's speed. */
export class Exchange implements Dispatcher.DispatchHandler, BodySource {
  private readonly settle: Settle
  private controller: Dispatcher.DispatchController | undefined
  private sink: BodySink | undefined
  private held: Buffer[] = []
  private heldLength = 0
  private answered = false
  private ended = false
  private failure: Error | undefined

  constructor(settle: Settle) {
    this.settle = settle
  }

  /** Ends the request, whatever it is doing: before the headers it fails with `reason`. */
  abort(reason: Error): void {
    if (this.ended || this.failure) return
    this.onResponseError(undefined, reason)
    this.controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.failure) controller.abort(this.failure)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200 || this.failure) return
    this.answered = true
    const { rawHeaders } = controller
    this.settle.answer({ status, headers: Array.isArray(rawHeaders) ? rawHeaders : [] })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.sink) {
      if (!this.sink.write(chunk)) controller.pause()
      return
    }
    this.held.push(chunk)
    this.heldLength += chunk.length
    if (this.heldLength > heldBytes) controller.pause()
  }

  onResponseEnd(): void {
    this.ended = true
    this.sink?.end()
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.ended || this.failure) return
    this.failure = error
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
    else if (open) this.controller?.resume()
    else this.controller?.pause()
  }

  resume(): void {
    this.controller?.resume()
  }
}
