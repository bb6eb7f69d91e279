import { type Connect, Connection } from './connection.ts'
import type { KnownHead } from './response-head.ts'
import { isStreamed, type ResponseListener, type SentRequest, type UpstreamRequest } from './upstream.ts'

/** The connections to one origin. The last one used is used next, so that those in excess grow idle and end. */
export class OriginPool {
  private readonly idle: Connection[] = []
  /** Idle or not, until they have closed. */
  private readonly connections = new Set<Connection>()
  private readonly known: KnownHead = { lines: [] }
  private readonly connect: Connect
  private readonly authority: string

  /** @param authority Host and port, for the `Host` header. */
  constructor(connect: Connect, authority: string) {
    this.connect = connect
    this.authority = authority
  }

  send(request: UpstreamRequest, listener: ResponseListener): SentRequest {
    const sending = new Sending(this, request, listener)
    sending.start(this.take())
    return sending
  }

  /** A new connection: one that nothing can have closed yet. */
  open(): Connection {
    const connection = new Connection(this.connect, this.authority, this.known, (free) => this.idle.push(free))
    connection.socket.on('close', () => this.connections.delete(connection))
    this.connections.add(connection)
    return connection
  }

  /** Ends idle connections that are not trusted any more. @param now Epoch milliseconds. */
  sweep(now: number): void {
    const kept = this.idle.filter(({ trustedUntil, socket }) => trustedUntil > now && !socket.destroyed)
    for (const connection of this.idle) if (!kept.includes(connection)) connection.end()
    this.idle.splice(0, this.idle.length, ...kept)
  }

  /** Whether there is no connection at all. */
  get unused(): boolean {
    return this.connections.size === 0
  }

  /** Ends every connection, whatever it is doing. */
  destroy(): void {
    this.idle.length = 0
    for (const connection of this.connections) connection.end(new Error('The gateway is closing'))
  }

  private take(): Connection {
    for (let free = this.idle.pop(); free; free = this.idle.pop()) {
      if (free.socket.writable && free.trustedUntil > Date.now()) return free
      free.end()
    }
    return this.open()
  }
}

/** Methods that may be sent again when a kept-alive connection turns out to have been closed meanwhile. */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

class Sending implements ResponseListener, SentRequest {
  private readonly pool: OriginPool
  private readonly request: UpstreamRequest
  private readonly listener: ResponseListener
  private connection: Connection | undefined
  /** The listener has heard the end, an error, or wants to hear no more. */
  private ended = false

  constructor(pool: OriginPool, request: UpstreamRequest, listener: ResponseListener) {
    this.pool = pool
    this.request = request
    this.listener = listener
  }

  start(connection: Connection): void {
    this.connection = connection
    connection.send(this.request, this)
  }

  onHead(status: number, headers: readonly string[]): void {
    this.listener.onHead(status, headers)
  }

  onData(chunk: Buffer): boolean {
    return this.listener.onData(chunk)
  }

  onEnd(): void {
    this.ended = true
    this.listener.onEnd()
  }

  onError(error: Error): void {
    if (this.ended) return
    if (this.mayRepeat()) {
      this.start(this.pool.open())
      return
    }
    this.ended = true
    this.listener.onError(error)
  }

  resume(): void {
    if (!this.ended) this.connection?.resume()
  }

  abort(reason: Error): void {
    if (this.ended) return
    this.ended = true
    this.connection?.end(reason)
    this.listener.onError(reason)
  }

  private mayRepeat(): boolean {
    const { body, method } = this.request
    const stale = this.connection?.reused === true && !this.connection.begun
    return stale && idempotent.has(method) && !isStreamed(body)
  }
}
