import { GatewayError } from '../error.ts'
import {
  isStreamed,
  type ResponseListener,
  type Send,
  type SentRequest,
  type UpstreamRequest,
} from '../integration/upstream/upstream.ts'
import type { Target } from './target.ts'

export interface Balancing {
  /** The target for the next attempt; undefined: all of them have been tried. */
  choose(now: number, tried: ReadonlySet<Target>): Target | undefined
  /** What sends to one target. */
  sendTo(target: Target): Send
  /** Epoch milliseconds. */
  now(): number
}

/**
 * Sends each request to one of several targets. A request whose target cannot be connected to goes to the next one:
 * nothing of it was sent.
 */
export function balancedSend(balancing: Balancing): Send {
  return (origin, request, listener) => {
    const attempt = new Attempt(balancing, origin, request, listener)
    attempt.start()
    return attempt
  }
}

class Attempt implements ResponseListener, SentRequest {
  private readonly balancing: Balancing
  private readonly origin: string
  private readonly request: UpstreamRequest
  private readonly listener: ResponseListener
  private readonly tried = new Set<Target>()
  private target: Target | undefined
  private sent: SentRequest | undefined
  private begun = false

  constructor(balancing: Balancing, origin: string, request: UpstreamRequest, listener: ResponseListener) {
    this.balancing = balancing
    this.origin = origin
    this.request = request
    this.listener = listener
  }

  /** @returns Whether there was a target left to try. */
  start(): boolean {
    const target = this.balancing.choose(this.balancing.now(), this.tried)
    if (!target) return false
    this.tried.add(target)
    this.target = target
    target.outstanding++
    this.sent = this.balancing.sendTo(target)(this.origin, this.request, this)
    return true
  }

  onHead(status: number, headers: readonly string[]): void {
    this.begun = true
    this.target?.answered()
    this.listener.onHead(status, headers)
  }

  onData(chunk: Buffer): boolean {
    return this.listener.onData(chunk)
  }

  onEnd(): void {
    this.leave()
    this.listener.onEnd()
  }

  onError(error: Error): void {
    const target = this.leave()
    // The gateway's own errors, such as a timeout, and a client that has gone say nothing about the target.
    if (!this.begun && !(error instanceof GatewayError)) {
      target?.failed(this.balancing.now())
      if (isConnectFailure(error) && isRepeatable(this.request) && this.start()) return
    }
    this.listener.onError(error)
  }

  resume(): void {
    this.sent?.resume()
  }

  abort(reason: Error): void {
    this.sent?.abort(reason)
  }

  private leave(): Target | undefined {
    const { target } = this
    if (target) target.outstanding--
    this.target = undefined
    return target
  }
}

/** No connection came about, so that nothing was sent. */
function isConnectFailure(error: Error): boolean {
  return 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')
}

/** A body that is still arriving can be read once only. */
function isRepeatable({ body }: UpstreamRequest): boolean {
  return !isStreamed(body)
}
