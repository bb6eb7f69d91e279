import type { Socket } from 'node:net'
import type { HeaderList } from '../headers.ts'
import { release } from '../release.ts'
import type { IncomingBody } from './incoming-body.ts'
import type { RequestFields, RequestHead } from './request-head.ts'
import { mayHaveBody, responseHead } from './response-text.ts'
import { lastChunk, writeChunk } from './write-chunk.ts'

/** The connection that an exchange belongs to. */
export interface ExchangeOwner {
  /** Address of the TCP peer. */
  readonly sourceIp: string
  /** Port that it called, as text. */
  readonly port: string
  /** The response was written whole. */
  finished(keepAlive: boolean): void
}

/** Bodies up to this size are copied beside their head, so that both leave in one write. */
const joinedBytes = 16_384

/** One request, to be answered once: whole by `send`, or by `begin`, `write` and `end`. */
export class Exchange {
  readonly method: string
  readonly target: string
  readonly version: RequestFields['version']
  readonly headers: HeaderList
  readonly body: IncomingBody
  /** TLS ends in front of this listener. */
  readonly scheme = 'http'
  /** The response has begun, or will never begin: nothing can be sent any more. */
  isAnswered = false
  private readonly socket: Socket
  private readonly owner: ExchangeOwner
  private keepAlive: boolean
  /** How the response's body is sent, once it has begun. */
  private framing: 'chunked' | 'as-is' | 'none' = 'as-is'
  private isFinished = false
  private isGone = false
  private goneListener: (() => void) | undefined
  private drainListener: (() => void) | undefined
  /** What was written since `cork`. */
  private corked: Uint8Array[] | undefined

  constructor(head: RequestHead, body: IncomingBody, socket: Socket, owner: ExchangeOwner) {
    this.method = head.method
    this.target = head.target
    this.version = head.fields.version
    this.headers = head.fields.headers
    this.keepAlive = head.fields.keepAlive
    this.body = body
    this.socket = socket
    this.owner = owner
  }

  get sourceIp(): string {
    return this.owner.sourceIp
  }

  get port(): string {
    return this.owner.port
  }

  /** Calls back once if the connection ends before the response was written whole. */
  onGone(listener: () => void): void {
    if (this.isGone) listener()
    else this.goneListener = listener
  }

  /** The connection lives on after this response only if both sides want it. */
  close(): void {
    this.keepAlive = false
  }

  /**
   * Sends a whole response; `Connection`, `Content-Length` and `Date` are added to its header lines.
   *
   * @param lines Flat names and values.
   * @param measured The lines hold a `Content-Length` already.
   * @throws {TypeError} for a header that cannot be sent; nothing has been sent then.
   */
  send(status: number, lines: readonly string[], body: string | Uint8Array, measured = false): void {
    if (this.isAnswered) return
    const length = Buffer.byteLength(body)
    const framing = mayHaveBody(status) && !measured ? `\r\nContent-Length: ${length}` : ''
    const head = responseHead(status, lines, this.connectionLine() + framing)
    this.isAnswered = true
    if (this.method === 'HEAD' || !mayHaveBody(status)) this.socket.write(head, 'latin1')
    else if (typeof body === 'string') this.writeText(head, body, length)
    else this.writeBytes(head, body)
    this.finish()
  }

  /** The same for a body that is taken over: its bytes are gone afterwards. */
  sendOnce(status: number, lines: readonly string[], body: Uint8Array, measured: boolean): void {
    this.send(status, lines, body, measured)
    if (this.socket.writableLength === 0) release(body)
  }

  /**
   * Begins a response whose body follows. Without a `Content-Length` among the lines it is sent in chunks, or to a client of
   * HTTP/1.0 up to the connection's end.
   *
   * @throws {TypeError} for a header that cannot be sent; nothing has been sent then.
   */
  begin(status: number, lines: readonly string[], measured: boolean): void {
    if (this.isAnswered) return
    const bodiless = this.method === 'HEAD' || !mayHaveBody(status)
    const chunked = !measured && mayHaveBody(status) && this.version === 'HTTP/1.1'
    if (!measured && mayHaveBody(status) && !chunked) this.keepAlive = false
    const framing = chunked ? '\r\nTransfer-Encoding: chunked' : ''
    const head = responseHead(status, lines, this.connectionLine() + framing)
    this.isAnswered = true
    if (bodiless) this.framing = 'none'
    else if (chunked) this.framing = 'chunked'
    this.socket.write(head, 'latin1')
  }

  /**
   * @param chunk Taken over: its bytes are gone afterwards.
   * @returns False: hold back until `onDrain` calls.
   */
  write(chunk: Uint8Array): boolean {
    if (this.isFinished || this.framing === 'none' || chunk.length === 0) return true
    const open = this.writePiece(chunk)
    if (this.corked) {
      this.corked.push(chunk)
      return true
    }
    if (this.socket.writableLength === 0) release(chunk)
    return open
  }

  /** What is written until `uncork` leaves in one write; nothing is held back meanwhile. */
  cork(): void {
    this.corked = []
    this.socket.cork()
  }

  uncork(): void {
    const { socket, corked = [] } = this
    this.corked = undefined
    socket.uncork()
    if (socket.writableLength === 0) for (const chunk of corked) release(chunk)
  }

  private writePiece(chunk: Uint8Array): boolean {
    return this.framing === 'as-is' ? this.socket.write(chunk) : writeChunk(this.socket, chunk)
  }

  /** Calls back whenever there is room for more of the response. */
  onDrain(listener: () => void): void {
    this.drainListener = listener
  }

  end(): void {
    if (this.isFinished) return
    if (this.framing === 'chunked') this.socket.write(lastChunk, 'latin1')
    this.finish()
  }

  /** Cuts the connection: what was sent must not pass for a whole response. */
  destroy(): void {
    this.isAnswered = true
    this.socket.destroy()
  }

  /** For the connection alone: it has ended. */
  gone(): void {
    if (this.isFinished) return
    this.isAnswered = true
    this.isFinished = true
    this.isGone = true
    this.goneListener?.()
  }

  /** For the connection alone: the socket has room. */
  drained(): void {
    this.drainListener?.()
  }

  private connectionLine(): string {
    if (this.body.isUninvited) this.keepAlive = false
    return this.keepAlive ? '\r\nConnection: keep-alive' : '\r\nConnection: close'
  }

  private writeText(head: string, body: string, length: number): void {
    // Text of ASCII alone is the same bytes in both encodings, and leaves with the head in one write.
    if (length === body.length) this.socket.write(head + body, 'latin1')
    else this.writeBytes(head, Buffer.from(body))
  }

  private writeBytes(head: string, body: Uint8Array): void {
    const { socket } = this
    if (body.length <= joinedBytes) {
      socket.write(head + asBuffer(body).toString('latin1'), 'latin1')
      return
    }
    socket.cork()
    socket.write(head, 'latin1')
    socket.write(body)
    socket.uncork()
  }

  private finish(): void {
    this.isFinished = true
    this.owner.finished(this.keepAlive)
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
