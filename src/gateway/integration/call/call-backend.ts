import { clientGone } from '../../error.ts'
import type { Client } from '../../invocation.ts'
import type { Reply } from '../../reply.ts'
import { isStreamed, type Send, type UpstreamRequest } from '../upstream/upstream.ts'
import { Exchange, type ExchangeTimes } from './exchange.ts'
import { failureOf } from './failure.ts'

/** What a backend is called with, and how. */
export interface BackendCall {
  readonly send: Send
  /** `https://example.com:8443` */
  readonly origin: string
  readonly request: UpstreamRequest
  readonly times: ExchangeTimes
  /** The header lines for the client, flat, of those that the backend sent. */
  readonly headersForClient: (raw: readonly string[], status: number) => string[]
}

/**
 * Calls a backend; resolves at its response's head, with a body that is still arriving.
 *
 * @param client The call is ended when it goes away.
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`, `INTEGRATION_FAILURE`, `API_CONFIGURATION_ERROR`.
 */
export function callBackend(call: BackendCall, client: Client): Promise<Reply> {
  const { send, origin, request, times, headersForClient } = call
  return new Promise((resolve, reject) => {
    const exchange: Exchange = new Exchange(
      {
        answer: (status, headers) => resolve({ status, headers: headersForClient(headers, status), body: exchange }),
        fail: (error) => reject(failureOf(error)),
      },
      times,
    )
    const { body } = request
    const timed = isStreamed(body)
      ? { ...request, body: { ...body, chunks: exchange.deadline.excluding(body.chunks) } }
      : request
    exchange.start((listener) => send(origin, timed, listener))
    client.onGone(() => exchange.abort(clientGone()))
  })
}
