import type { Socket } from 'node:net'
import { requestHead } from './request-text.ts'
import { BadResponse, type KnownHead } from './response-head.ts'
import { ResponseParser } from './response-parser.ts'
import { sendBody } from './send-body.ts'
import { isStreamed, type ResponseListener, type StreamedBody, type UpstreamRequest } from './upstream.ts'

/** Where a connection's bytes come from: `receive` is handed to the socket when it is made. */
export type Connect = (receive: (length: number, buffer: Buffer) => boolean) => Socket

/** Bodies up to this size leave in one write with their head. */
const joinedBytes = 16_384

/** How long an idle connection is kept, unless the backend promises less, in milliseconds. */
const idleMs = 4_000

/** One kept-alive connection to a backend: one request at a time. */
export class Connection {
  /** Whether this connection has served a request before. */
  reused = false
  /** Epoch milliseconds until which an idle connection is trusted. */
  trustedUntil = 0
  readonly socket: Socket
  private readonly authority: string
  private readonly onIdle: (connection: Connection) => void
  private listener: ResponseListener | undefined
  private parser: ResponseParser | undefined
  private readonly known: KnownHead
  private bodySent = true
  private failure: Error | undefined

  /**
   * @param known Of all connections to the same backend.
   * @param onIdle Called when the connection can take its next request.
   */
  constructor(connect: Connect, authority: string, known: KnownHead, onIdle: (connection: Connection) => void) {
    this.authority = authority
    this.known = known
    this.onIdle = onIdle
    this.socket = connect((length, buffer) => this.receive(length, buffer))
    this.socket.on('error', (error) => {
      this.failure ??= error
    })
    this.socket.on('close', () => this.closed())
  }

  /** Whether the running request's response has begun. */
  get begun(): boolean {
    return this.parser?.begun ?? false
  }

  send(request: UpstreamRequest, listener: ResponseListener): void {
    this.listener = listener
    this.parser = new ResponseParser(request.method, listener, this.known)
    const { socket } = this
    const { body } = request
    const head = requestHead(request, this.authority)
    if (body === null) socket.write(head, 'latin1')
    else if (typeof body === 'string') socket.write(head + body, 'latin1')
    else if (isStreamed(body)) {
      socket.write(head, 'latin1')
      this.stream(body)
    } else if (body.length <= joinedBytes) socket.write(head + body.toString('latin1'), 'latin1')
    else {
      socket.cork()
      socket.write(head, 'latin1')
      socket.write(body)
      socket.uncork()
    }
  }

  resume(): void {
    this.socket.resume()
  }

  /** Ends the connection; the running request fails with `reason`. */
  end(reason?: Error): void {
    if (reason) this.failure = reason
    this.socket.destroy()
  }

  private stream(body: StreamedBody): void {
    this.bodySent = false
    sendBody(this.socket, body).then(
      () => {
        this.bodySent = true
      },
      (error: Error) => this.end(error),
    )
  }

  private receive(length: number, buffer: Buffer): boolean {
    const { parser } = this
    try {
      if (!parser) throw new BadResponse('Bytes without a request')
      const open = parser.take(buffer, length)
      if (!parser.done) return open
      this.complete(parser)
      return true
    } catch (error) {
      // What came whole stands, whatever follows it.
      if (parser?.done) this.complete(parser)
      this.end(error instanceof Error ? error : new BadResponse('Unreadable'))
      return true
    }
  }

  private complete({ head }: ResponseParser): void {
    const { listener } = this
    this.listener = undefined
    this.parser = undefined
    const trustedMs = Math.min(idleMs, ((head?.keepAliveSeconds ?? 60) - 1) * 1000)
    if (head?.keepAlive && this.bodySent && head.framing !== 'until-close' && trustedMs > 0) {
      this.reused = true
      this.trustedUntil = Date.now() + trustedMs
      this.onIdle(this)
    } else this.socket.destroy()
    listener?.onEnd()
  }

  private closed(): void {
    const { listener, parser } = this
    this.listener = undefined
    if (!listener || !parser) return
    if (!this.failure && parser.close()) listener.onEnd()
    else listener.onError(this.failure ?? new BadResponse('The backend closed the connection'))
  }
}
