import { maxHeadBytes, parseHead, type RequestHead } from './request-head.ts'

/** A whole HTTP/1.1 request, as a runtime sends it. */
export interface RuntimeRequest extends RequestHead {
  /** Empty when `tooLarge`. */
  readonly body: Buffer
  /** The body was longer than the limit; it was read and thrown away. */
  readonly tooLarge: boolean
  /** Trailer fields of a chunked body, names in lower case. */
  readonly trailers: ReadonlyMap<string, string>
}

const nothing = Buffer.alloc(0)
const noTrailers: ReadonlyMap<string, string> = new Map()
const maxChunkLineBytes = 1024

/**
 * Cuts a byte stream into requests: `push` bytes, then take requests with `next` until it has none. Understands bodies
 * with a length and chunked ones with trailers. Memory is bounded by the body limit.
 */
export class RequestParser {
  readonly #maxBodyBytes: number
  readonly #onContinue: () => void
  #rest: Buffer = nothing
  #head: RequestHead | undefined
  /** The last head without a body: a runtime polls with the same one every time. */
  #poll: { readonly text: string; readonly head: RequestHead } | undefined
  #parts: Buffer[] = []
  #bodyBytes = 0
  /** Bytes still to come of a body with a length, or of the present chunk. */
  #missing = 0
  #chunk: 'size' | 'data' | 'end' | 'trailers' = 'size'
  #trailers: Map<string, string> | undefined

  /** @param onContinue Called when a client waits for `100 Continue` before it sends its body. */
  constructor(maxBodyBytes: number, onContinue: () => void) {
    this.#maxBodyBytes = maxBodyBytes
    this.#onContinue = onContinue
  }

  /** Whether bytes of a further request have arrived. */
  get hasBytes(): boolean {
    return this.#rest.length > 0
  }

  push(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
  }

  /** @throws {HttpSyntaxError} The connection has to be closed. */
  next(): RuntimeRequest | undefined {
    this.#head ??= this.#takeHead()
    if (this.#head === undefined) return undefined
    const complete = this.#head.chunked ? this.#takeChunks() : this.#takeBody()
    return complete ? this.#finish(this.#head) : undefined
  }

  #takeHead(): RequestHead | undefined {
    const end = this.#rest.indexOf('\r\n\r\n')
    if (end > maxHeadBytes || (end < 0 && this.#rest.length > maxHeadBytes)) throw new HttpSyntaxError(431)
    if (end < 0) return undefined
    const head = this.#readHead(this.#rest.toString('latin1', 0, end))
    this.#rest = this.#rest.subarray(end + 4)
    this.#missing = head.contentLength
    if (head.expectsContinue && this.#rest.length === 0) this.#onContinue()
    return head
  }

  #readHead(text: string): RequestHead {
    if (this.#poll?.text === text) return this.#poll.head
    const head = parseHead(text)
    if (head === undefined) throw new HttpSyntaxError(400)
    if (head.contentLength === 0 && !head.chunked) this.#poll = { text, head }
    return head
  }

  #takeBody(): boolean {
    this.#keep(this.#take(this.#missing))
    return this.#missing === 0
  }

  /** Takes up to `count` bytes of what has arrived and counts them off `#missing`. */
  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(taken.length)
    this.#missing -= taken.length
    return taken
  }

  #keep(bytes: Buffer): void {
    this.#bodyBytes += bytes.length
    if (this.#bodyBytes > this.#maxBodyBytes) this.#parts = []
    else if (bytes.length > 0) this.#parts.push(bytes)
  }

  #takeChunks(): boolean {
    for (;;) {
      if (this.#chunk === 'data') {
        this.#keep(this.#take(this.#missing))
        if (this.#missing > 0) return false
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
    const end = this.#rest.indexOf('\r\n')
    const limit = this.#chunk === 'trailers' ? maxHeadBytes : maxChunkLineBytes
    if (end > limit || (end < 0 && this.#rest.length > limit)) throw new HttpSyntaxError(400)
    if (end < 0) return undefined
    const line = this.#rest.toString('latin1', 0, end)
    this.#rest = this.#rest.subarray(end + 2)
    return line
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
    const [first = nothing] = this.#parts
    const body = this.#parts.length > 1 ? Buffer.concat(this.#parts) : first
    const request = {
      method: head.method,
      path: head.path,
      headers: head.headers,
      contentLength: head.contentLength,
      chunked: head.chunked,
      expectsContinue: head.expectsContinue,
      closes: head.closes,
      body,
      tooLarge: this.#bodyBytes > this.#maxBodyBytes,
      trailers: this.#trailers ?? noTrailers,
    }
    this.#head = undefined
    this.#parts = []
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
