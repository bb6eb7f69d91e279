import { ChunkedBody } from './chunked-body.ts'
import { HttpSyntaxError } from './http-syntax-error.ts'

/** Takes a request's body as it arrives. */
export interface BodyListener {
  /** @returns False to hold back until `resume`. */
  onData(chunk: Buffer): boolean
  onEnd(): void
  /** The body will never be complete. */
  onError(error: Error): void
}

/** What a body asks of its connection. */
export interface BodySource {
  /** Reads on: there is room again. */
  resume(): void
  /** Gives the client leave to send the body. */
  invite(): void
}

/** Bytes kept of a body that nobody reads yet. */
const maxHeldBytes = 65_536

/** The body of one request: what has come is held until somebody listens. */
export class IncomingBody {
  /** Declared bytes: 0 when there is no body, `undefined` when the client sends chunks. */
  readonly length: number | undefined
  /** All of it has come. */
  done: boolean
  /** Nothing more should be read for now. */
  holdsBack = false
  /** The client waits for leave to send it, and has not got it. */
  isUninvited: boolean
  private readonly source: BodySource
  private readonly chunks: ChunkedBody | undefined
  private remaining: number
  private held: Buffer[] = []
  private heldBytes = 0
  private discarded = false
  private listener: BodyListener | undefined
  private failure: Error | undefined

  /** @param expectsContinue The client waits for leave to send it. */
  constructor(framing: 'chunked' | number, expectsContinue: boolean, source: BodySource) {
    this.source = source
    this.isUninvited = expectsContinue && framing !== 0
    this.length = framing === 'chunked' ? undefined : framing
    this.chunks = framing === 'chunked' ? new ChunkedBody((why) => new HttpSyntaxError(why)) : undefined
    this.remaining = this.length ?? 0
    this.done = framing === 0
  }

  /**
   * Takes what belongs to the body.
   * @returns Where in `bytes` the body ended, or their length.
   * @throws {HttpSyntaxError} for what is no chunk.
   */
  take(bytes: Buffer): number {
    this.isUninvited = false
    const end = this.chunks ? this.takeChunks(this.chunks, bytes) : this.takeLength(bytes)
    if (this.done) this.listener?.onEnd()
    return end
  }

  /** Gives the whole body, if it has come: in place of `receive`. @returns Undefined: it has to be received. */
  takeWhole(): readonly Buffer[] | undefined {
    if (!this.done) return undefined
    const { held } = this
    this.held = []
    return held
  }

  /** Gives the body to its reader: at most once. */
  receive(listener: BodyListener): void {
    this.listener = listener
    if (this.isUninvited) {
      this.isUninvited = false
      this.source.invite()
    }
    const { held } = this
    this.held = []
    this.holdsBack = false
    for (const chunk of held) this.pass(listener, chunk)
    if (this.failure) listener.onError(this.failure)
    else if (this.done) listener.onEnd()
    else if (!this.holdsBack) this.source.resume()
  }

  /** Goes on after the listener held back. */
  resume(): void {
    if (!this.holdsBack) return
    this.holdsBack = false
    this.source.resume()
  }

  /** Nobody reads what is still to come. */
  discard(): void {
    this.discarded = true
    this.held = []
    this.listener = undefined
    this.resume()
  }

  fail(error: Error): void {
    if (this.done) return
    this.failure = error
    this.listener?.onError(error)
  }

  private takeLength(bytes: Buffer): number {
    const end = Math.min(this.remaining, bytes.length)
    this.remaining -= end
    this.done = this.remaining === 0
    this.accept(end === bytes.length ? bytes : bytes.subarray(0, end))
    return end
  }

  private takeChunks(chunks: ChunkedBody, bytes: Buffer): number {
    const end = chunks.take(bytes, 0, bytes.length, (from, to) => this.accept(bytes.subarray(from, to)))
    this.done = chunks.done
    return end
  }

  private accept(chunk: Buffer): void {
    if (this.discarded) return
    if (this.listener) {
      this.pass(this.listener, chunk)
      return
    }
    this.held.push(chunk)
    this.heldBytes += chunk.length
    this.holdsBack = this.heldBytes > maxHeldBytes
  }

  private pass(listener: BodyListener, chunk: Buffer): void {
    if (!listener.onData(chunk)) this.holdsBack = true
  }
}
