import { clientGone, GatewayError } from '../../error.ts'
import type { Client } from '../../invocation.ts'
import { endpointTimedOut } from '../timeout.ts'
import type { ResponseListener, Send, SentRequest, UpstreamRequest } from '../upstream/upstream.ts'
import { failureOf } from './failure.ts'

/** A backend's response, whole. */
export interface WholeResponse {
  readonly status: number
  /** Flat names and values. */
  readonly headers: readonly string[]
  readonly body: Buffer
}

/** Documented: the most that a response can hold, in bytes. */
const maxResponseBytes = 10 * 1024 * 1024

/**
 * Sends a request and waits for the whole of its response.
 *
 * @param timeoutMs How long the backend may take until its response has ended.
 * @param client The call is ended when it goes away.
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`, `INTEGRATION_FAILURE`, `API_CONFIGURATION_ERROR`, `DEFAULT_5XX` for a
 *   response above 10 MB.
 */
export function callWhole(
  send: Send,
  origin: string,
  request: UpstreamRequest,
  timeoutMs: number,
  client: Client,
): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    const collected = new Collected(resolve, reject, timeoutMs)
    collected.sent = send(origin, request, collected)
    client.onGone(() => collected.abort(clientGone()))
  })
}

class Collected implements ResponseListener {
  /** Set once the request is on its way. */
  sent: SentRequest | undefined
  private readonly resolve: (response: WholeResponse) => void
  private readonly reject: (error: Error) => void
  private readonly timer: NodeJS.Timeout
  private readonly chunks: Buffer[] = []
  private length = 0
  private status = 0
  private headers: readonly string[] = []

  constructor(resolve: (response: WholeResponse) => void, reject: (error: Error) => void, timeoutMs: number) {
    this.resolve = resolve
    this.reject = reject
    this.timer = setTimeout(() => this.abort(endpointTimedOut()), timeoutMs)
  }

  /** Ends the call. */
  abort(reason: Error): void {
    this.sent?.abort(reason)
  }

  onHead(status: number, headers: readonly string[]): void {
    this.status = status
    this.headers = headers
  }

  onData(chunk: Buffer): boolean {
    this.length += chunk.length
    if (this.length <= maxResponseBytes) this.chunks.push(chunk)
    else this.abort(tooLarge())
    return true
  }

  onEnd(): void {
    clearTimeout(this.timer)
    const { chunks, status, headers } = this
    const [only] = chunks
    const body = chunks.length === 1 && only ? only : Buffer.concat(chunks)
    this.resolve({ status, headers, body })
  }

  onError(error: Error): void {
    clearTimeout(this.timer)
    this.reject(failureOf(error))
  }
}

function tooLarge(): GatewayError {
  return new GatewayError('DEFAULT_5XX', 'Internal server error', { detail: 'The response is larger than 10 MB' })
}
