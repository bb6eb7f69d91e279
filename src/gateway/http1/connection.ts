import type { Socket } from 'node:net'
import { Exchange, type ExchangeOwner } from './exchange.ts'
import { headEnd, headText } from './head-text.ts'
import { HttpSyntaxError, refusal, type SyntaxStatus } from './http-syntax-error.ts'
import { type BodySource, IncomingBody } from './incoming-body.ts'
import { parseRequestHead, type RequestFields } from './request-head.ts'

/** How long a connection may be in each state, in milliseconds, and up to two ticks of the server longer. */
export interface ConnectionLimits {
  /** Between two requests, and before the first. */
  readonly idleMs: number
  /** From the first byte of a request's head to its last. */
  readonly headMs: number
  /** From the end of a request's head to the end of its body. */
  readonly bodyMs: number
  /** Without a byte either way while a call is answered. */
  readonly silenceMs: number
  /** After the last response of a connection, for the client to close its side. */
  readonly lingerMs: number
  /** Longest request line with headers. */
  readonly maxHeadBytes: number
}

/** Bytes kept of requests that wait for the one before them. */
const maxWaitingBytes = 65_536
/** Header lines up to this length are kept, to be compared with those of the next request. */
const maxKnownLength = 4_096
const nothing = Buffer.alloc(0)
const continueText = 'HTTP/1.1 100 Continue\r\n\r\n'

type State = 'idle' | 'head' | 'call' | 'closing'

/** The requests of one client connection, answered one after the other. */
export class Connection implements ExchangeOwner, BodySource {
  private readonly socket: Socket
  private readonly limits: ConnectionLimits
  private readonly serve: (exchange: Exchange) => void
  private state: State = 'idle'
  /** The first tick that saw the state: to ask for the time on every call would cost more than it tells. */
  private sinceMs = Number.NaN
  /** What has come and is not used yet. */
  private pending: Buffer = nothing
  private exchange: Exchange | undefined
  private isReplied = false
  private keepsAlive = true
  private isProceeding = false
  private address: string | undefined
  /** Of the last request. */
  private fields: RequestFields | undefined
  /** Bytes both ways at the last tick that saw them change, and when that was. */
  private trafficBytes = 0
  private trafficMs = 0

  constructor(socket: Socket, limits: ConnectionLimits, serve: (exchange: Exchange) => void) {
    this.socket = socket
    this.limits = limits
    this.serve = serve
    socket.on('data', (bytes: Buffer) => this.receive(bytes))
    socket.on('drain', () => this.drain())
    // `close` follows, and says all there is to know.
    socket.on('error', () => {})
    // A client that ends its side has gone away: nobody waits for the answer.
    socket.on('end', () => this.gone())
    socket.on('close', () => this.gone())
  }

  get sourceIp(): string {
    if (this.address === undefined) {
      const address = this.socket.remoteAddress ?? ''
      this.address = address.startsWith('::ffff:') ? address.slice(7) : address
    }
    return this.address
  }

  get port(): string {
    return String(this.socket.localPort ?? '')
  }

  /** Ends the connection if no request has begun; else its response will be the last. */
  closeSoon(): void {
    this.keepsAlive = false
    this.exchange?.close()
    if (this.state === 'idle') this.socket.destroy()
  }

  destroy(): void {
    this.socket.destroy()
  }

  /** Enforces the limits; called every few seconds. */
  tick(nowMs: number): void {
    const { idleMs, headMs, lingerMs } = this.limits
    if (Number.isNaN(this.sinceMs)) this.sinceMs = nowMs
    const ageMs = nowMs - this.sinceMs
    if (this.state === 'call') this.watchCall(nowMs, ageMs)
    else if (this.state === 'head' && ageMs > headMs) this.refuse(408)
    else if (this.state === 'idle' && ageMs > idleMs) this.socket.destroy()
    else if (this.state === 'closing' && ageMs > lingerMs) this.socket.destroy()
  }

  finished(keepAlive: boolean): void {
    this.isReplied = true
    this.keepsAlive &&= keepAlive
    const { body } = this.exchange ?? {}
    if (body && !body.done) body.discard()
    this.proceed()
  }

  resume(): void {
    if (this.socket.isPaused()) this.socket.resume()
    this.proceed()
  }

  invite(): void {
    if (!this.exchange?.isAnswered) this.socket.write(continueText, 'latin1')
  }

  private receive(bytes: Buffer): void {
    if (this.state === 'closing') return
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes])
    this.proceed()
  }

  private drain(): void {
    if (this.exchange) this.exchange.drained()
    else if (this.socket.isPaused()) this.socket.resume()
    this.proceed()
  }

  /** Does all that can be done with what has come. Calls back into itself end at once: the outer one goes on. */
  private proceed(): void {
    if (this.isProceeding) return
    this.isProceeding = true
    try {
      let more = true
      while (more) more = this.step()
    } catch (error) {
      if (!(error instanceof HttpSyntaxError)) throw error
      this.refuse(error.status)
    } finally {
      this.isProceeding = false
    }
  }

  /** @returns Whether there may be more to do. */
  private step(): boolean {
    if (this.state === 'closing' || this.socket.destroyed) return false
    const { exchange } = this
    if (!exchange) return this.takeHead()
    if (!exchange.body.done) return this.takeBody(exchange.body)
    if (this.isReplied) return this.next()
    if (this.pending.length > maxWaitingBytes) this.socket.pause()
    return false
  }

  private takeHead(): boolean {
    // Who sends requests but takes no responses waits for room.
    if (this.pending.length === 0 || this.waitsForRoom()) return false
    const { maxHeadBytes } = this.limits
    const text = headText(this.pending)
    const from = skipEmptyLines(text)
    const end = text.indexOf(headEnd, from)
    if ((end < 0 ? this.pending.length : end) - from > maxHeadBytes) throw new HttpSyntaxError('Large head', 431)
    if (end < 0) {
      if (this.state === 'idle') this.enter('head')
      return false
    }
    const head = parseRequestHead(text.slice(from, end), this.fields)
    const { fields } = head
    this.fields = fields.text.length <= maxKnownLength ? fields : undefined
    this.pending = this.pending.length === end + 4 ? nothing : this.pending.subarray(end + 4)
    const body = new IncomingBody(fields.framing, fields.expectsContinue, this)
    const exchange = new Exchange(head, body, this.socket, this)
    if (!this.keepsAlive) exchange.close()
    this.exchange = exchange
    this.isReplied = false
    this.enter('call')
    // Most bodies come with their head: who answers need not wait for them.
    const { framing, expectsContinue } = fields
    if (typeof framing === 'number' && !expectsContinue && this.pending.length >= framing) this.advance(body)
    this.serve(exchange)
    return true
  }

  private waitsForRoom(): boolean {
    if (!this.socket.writableNeedDrain) return false
    if (this.pending.length > maxWaitingBytes) this.socket.pause()
    return true
  }

  private takeBody(body: IncomingBody): boolean {
    if (this.isReplied && body.isUninvited) {
      // Whether the client still sends it is open: nothing can follow on this connection.
      this.end()
      return false
    }
    if (this.pending.length === 0) return false
    if (body.holdsBack) {
      this.socket.pause()
      return false
    }
    this.advance(body)
    return true
  }

  private advance(body: IncomingBody): void {
    if (body.done) return
    const end = body.take(this.pending)
    this.pending = this.pending.length === end ? nothing : this.pending.subarray(end)
  }

  private next(): boolean {
    this.exchange = undefined
    if (!this.keepsAlive) {
      this.end()
      return false
    }
    this.enter('idle')
    if (this.socket.isPaused()) this.socket.resume()
    return true
  }

  /** Ends our side; the client's is read on for a while, or the last response could be lost. */
  private end(): void {
    this.enter('closing')
    this.exchange = undefined
    this.pending = nothing
    if (this.socket.isPaused()) this.socket.resume()
    this.socket.end()
  }

  private refuse(status: SyntaxStatus): void {
    const { exchange } = this
    const error = new HttpSyntaxError('The request is broken', status)
    const canAnswer = this.socket.writable && !exchange?.isAnswered
    exchange?.gone()
    exchange?.body.fail(error)
    if (!canAnswer) {
      this.socket.destroy()
      return
    }
    this.socket.write(refusal(status), 'latin1')
    this.end()
  }

  private gone(): void {
    const { exchange } = this
    this.exchange = undefined
    this.state = 'closing'
    if (!exchange) return
    exchange.body.fail(new Error('The client closed the connection'))
    exchange.gone()
  }

  private watchCall(nowMs: number, ageMs: number): void {
    const { bodyMs, silenceMs } = this.limits
    const { bytesRead, bytesWritten } = this.socket
    if (bytesRead + bytesWritten !== this.trafficBytes) {
      this.trafficBytes = bytesRead + bytesWritten
      this.trafficMs = nowMs
    }
    const bodyIsLate = ageMs > bodyMs && this.exchange?.body.done === false && !this.exchange.body.holdsBack
    if (bodyIsLate) this.refuse(408)
    else if (nowMs - Math.max(this.trafficMs, this.sinceMs) > silenceMs) this.socket.destroy()
  }

  private enter(state: State): void {
    this.state = state
    this.sinceMs = Number.NaN
  }
}

/** How many characters of empty lines precede a request line: some are tolerated (RFC 9112, 2.2). */
function skipEmptyLines(text: string): number {
  let at = 0
  while (at < 8 && text.startsWith('\r\n', at)) at += 2
  return at
}
