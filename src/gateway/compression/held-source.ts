import type { BodySink, BodySource } from '../reply.ts'

/** A body that was held back, and whether it was as long as that. */
export interface Held {
  readonly body: HeldSource
  readonly isEnough: boolean
}

/** Holds a body's beginning back, until it is known whether the body is as long as that. */
export class HeldSource implements BodySource, BodySink {
  private readonly source: BodySource
  private readonly enoughBytes: number
  private readonly decide: (held: Held) => void
  private readonly held: Buffer[] = []
  private heldBytes = 0
  private ended = false
  private failure: Error | undefined
  private sink: BodySink | undefined

  private constructor(source: BodySource, enoughBytes: number, decide: (held: Held) => void) {
    this.source = source
    this.enoughBytes = enoughBytes
    this.decide = decide
  }

  /** Calls back once, as soon as the body has `bytes`, or has ended or failed before that. */
  static hold(source: BodySource, bytes: number, decide: (held: Held) => void): void {
    source.pour(new HeldSource(source, bytes, decide))
  }

  /** The same as a promise. */
  static of(source: BodySource, bytes: number): Promise<Held> {
    return new Promise((resolve) => HeldSource.hold(source, bytes, resolve))
  }

  /** The pieces of a body that has ended, until it is poured, which takes them over. Undefined for one that goes on or has failed. */
  get pieces(): readonly Buffer[] | undefined {
    return this.ended ? this.held : undefined
  }

  write(chunk: Buffer): boolean {
    if (this.sink) return this.sink.write(chunk)
    this.held.push(chunk)
    this.heldBytes += chunk.length
    if (this.heldBytes < this.enoughBytes) return true
    this.decide({ body: this, isEnough: true })
    return false
  }

  end(chunk?: Buffer): void {
    if (this.sink) {
      this.sink.end(chunk)
      return
    }
    if (chunk) this.write(chunk)
    this.ended = true
    this.decide({ body: this, isEnough: this.heldBytes >= this.enoughBytes })
  }

  fail(error: Error): void {
    if (this.sink) {
      this.sink.fail(error)
      return
    }
    this.failure = error
    this.decide({ body: this, isEnough: false })
  }

  pour(sink: BodySink): void {
    if (this.failure) {
      sink.fail(this.failure)
      return
    }
    const last = this.ended ? this.held.pop() : undefined
    let open = true
    for (const chunk of this.held) open = sink.write(chunk)
    this.held.length = 0
    this.sink = sink
    if (this.ended) sink.end(last)
    else if (open) this.resume()
  }

  resume(): void {
    if (!this.ended && !this.failure) this.source.resume()
  }
}
