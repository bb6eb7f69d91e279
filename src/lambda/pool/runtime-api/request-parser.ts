import { maxHeadBytes, parseHead, parseLength, type RequestHead } from './request-head.ts'

/** Takes the pieces of a body as they arrive. */
export type TakeBody = (bytes: Buffer) => void

/** A whole HTTP/1.1 request, as a runtime sends it. */
export interface RuntimeRequest {
  readonly head: RequestHead
  /** Empty when `tooLarge` or `streamed`. */
  readonly body: Buffer
  /** The body was taken as it arrived. */
  readonly streamed: boolean
  /** The body was longer than the limit; it was read and thrown away. */
  readonly tooLarge: boolean
  /** Trailer fields of a chunked body, names in lower case. */
  readonly trailers: ReadonlyMap<string, string>
}

const nothing = Buffer.alloc(0)
const noTrailers: ReadonlyMap<string, string> = new Map()
const plainPost = { method: 'POST', headers: new Map(), chunked: false, expectsContinue: false, closes: false } as const
const maxChunkLineBytes = 1024

/**
 * Cuts a byte stream into requests: `push` bytes, then take requests with `next` until it has none. Understands bodies
 * with a length and chunked ones with trailers. Memory is bounded by the body limit.
 */
export class RequestParser {
  readonly #maxBodyBytes: number
  readonly #onContinue: () => void
  readonly #streamOf: (head: RequestHead) => TakeBody | undefined
  #expected: { readonly path: string; readonly text: string } | undefined
  #take: TakeBody | undefined
  /** What has arrived, of which the first `#at` bytes are used up. */
  #bytes: Buffer = nothing
  #at = 0
  #head: RequestHead | undefined
  /** The last head without a body: a runtime polls with the same one every time. */
  #poll: { readonly text: string; readonly head: RequestHead } | undefined
  #parts: Buffer[] = []
  #bodyBytes = 0
  /** Bytes still to come of a body with a length, or of the present chunk. */
  #missing = 0
  #chunk: 'size' | 'data' | 'end' | 'trailers' = 'size'
  #trailers: Map<string, string> | undefined

  /**
   * @param onContinue Called when a client waits for `100 Continue` before it sends its body.
   * @param streamOf What takes the body of a request as it arrives; undefined: it is kept, and limited.
   */
  constructor(
    maxBodyBytes: number,
    onContinue: () => void,
    streamOf: (head: RequestHead) => TakeBody | undefined = () => undefined,
  ) {
    this.#maxBodyBytes = maxBodyBytes
    this.#onContinue = onContinue
    this.#streamOf = streamOf
  }

  /** A post to this path is likely next: with the head that our own runtimes send it costs a comparison. */
  expect(path: string): void {
    this.#expected = { path, text: `POST ${path} HTTP/1.1\r\nHost: runtime\r\nContent-Length: ` }
  }

  /** Whether bytes of a further request have arrived. */
  get hasBytes(): boolean {
    return this.#at < this.#bytes.length
  }

  push(bytes: Buffer): void {
    this.#bytes = this.hasBytes ? Buffer.concat([this.#bytes.subarray(this.#at), bytes]) : bytes
    this.#at = 0
  }

  /** @throws {HttpSyntaxError} The connection has to be closed. */
  next(): RuntimeRequest | undefined {
    this.#head ??= this.#takeHead()
    if (this.#head === undefined) return undefined
    const complete = this.#head.chunked ? this.#takeChunks() : this.#takeBody()
    return complete ? this.#finish(this.#head) : undefined
  }

  #takeHead(): RequestHead | undefined {
    const text = this.#takeUntil('\r\n\r\n', maxHeadBytes, 431)
    if (text === undefined) return undefined
    const head = this.#readHead(text)
    this.#missing = head.contentLength
    this.#take = head.chunked || head.contentLength > 0 ? this.#streamOf(head) : undefined
    if (head.expectsContinue && !this.hasBytes) this.#onContinue()
    return head
  }

  /** Takes the text before `mark`, and skips the mark; `undefined` as long as it has not arrived. */
  #takeUntil(mark: string, maxBytes: number, tooLong: 400 | 431): string | undefined {
    const end = this.#bytes.indexOf(mark, this.#at)
    if ((end < 0 ? this.#bytes.length : end) - this.#at > maxBytes) throw new HttpSyntaxError(tooLong)
    if (end < 0) return undefined
    const text = this.#bytes.toString('latin1', this.#at, end)
    this.#at = end + mark.length
    return text
  }

  #readHead(text: string): RequestHead {
    if (this.#poll?.text === text) return this.#poll.head
    const head = this.#expectedHead(text) ?? parseHead(text)
    if (head === undefined) throw new HttpSyntaxError(400)
    if (head.contentLength === 0 && !head.chunked) this.#poll = { text, head }
    return head
  }

  #expectedHead(text: string): RequestHead | undefined {
    const expected = this.#expected
    if (expected === undefined || !text.startsWith(expected.text)) return undefined
    const contentLength = parseLength(text.slice(expected.text.length))
    if (contentLength === undefined) return undefined
    return { ...plainPost, path: expected.path, contentLength }
  }

  /** Takes what has arrived of the body, or of the present chunk. @returns Whether that was all. */
  #takeBody(): boolean {
    const count = Math.min(this.#missing, this.#bytes.length - this.#at)
    if (count > 0) {
      this.#keep(this.#bytes.subarray(this.#at, this.#at + count))
      this.#at += count
      this.#missing -= count
    }
    return this.#missing === 0
  }

  #keep(bytes: Buffer): void {
    if (this.#take) {
      this.#take(bytes)
      return
    }
    this.#bodyBytes += bytes.length
    if (this.#bodyBytes > this.#maxBodyBytes) this.#parts = []
    else this.#parts.push(bytes)
  }

  #takeChunks(): boolean {
    for (;;) {
      if (this.#chunk === 'data') {
        if (!this.#takeBody()) return false
        this.#chunk = 'end'
      }
      const line = this.#takeLine()
      if (line === undefined) return false
      if (this.#chunk === 'end') this.#endChunk(line)
      else if (this.#chunk === 'size') this.#beginChunk(line)
      else if (line === '') return true
      else this.#addTrailer(line)
    }
  }

  #takeLine(): string | undefined {
    return this.#takeUntil('\r\n', this.#chunk === 'trailers' ? maxHeadBytes : maxChunkLineBytes, 400)
  }

  #beginChunk(line: string): void {
    const size = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line)?.[1]
    if (size === undefined) throw new HttpSyntaxError(400)
    this.#missing = Number.parseInt(size, 16)
    this.#chunk = this.#missing === 0 ? 'trailers' : 'data'
  }

  #endChunk(line: string): void {
    if (line !== '') throw new HttpSyntaxError(400)
    this.#chunk = 'size'
  }

  #addTrailer(line: string): void {
    const colon = line.indexOf(':')
    if (colon < 1) throw new HttpSyntaxError(400)
    this.#trailers ??= new Map()
    this.#trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }

  #finish(head: RequestHead): RuntimeRequest {
    const body = this.#parts.length > 1 ? Buffer.concat(this.#parts) : (this.#parts[0] ?? nothing)
    const tooLarge = this.#bodyBytes > this.#maxBodyBytes
    const streamed = this.#take !== undefined
    const request = { head, body, tooLarge, streamed, trailers: this.#trailers ?? noTrailers }
    this.#head = undefined
    this.#take = undefined
    if (this.#parts.length > 0) this.#parts = []
    this.#bodyBytes = 0
    this.#chunk = 'size'
    this.#trailers = undefined
    return request
  }
}

/** The bytes are no acceptable HTTP/1.1. */
export class HttpSyntaxError extends Error {
  override readonly name = 'HttpSyntaxError'
  readonly status: 400 | 431

  constructor(status: 400 | 431) {
    super(status === 431 ? 'Request header fields too large' : 'Bad request')
    this.status = status
  }
}
