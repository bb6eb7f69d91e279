import { clientGone } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import type { Reply } from '../../reply.ts'
import { Exchange, type ExchangeTimes } from '../call/exchange.ts'
import { failureOf } from '../call/failure.ts'
import type { Send, UpstreamRequest } from '../upstream/upstream.ts'
import { headersForClient } from './response-headers.ts'

/**
 * Calls a backend; resolves at its response's head, with a body that is still arriving.
 *
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`, `INTEGRATION_FAILURE`, `API_CONFIGURATION_ERROR`.
 */
export function callBackend(
  send: Send,
  origin: string,
  request: UpstreamRequest,
  times: ExchangeTimes,
  { client }: Invocation,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const exchange: Exchange = new Exchange(
      {
        answer: (status, headers) => resolve({ status, headers: headersForClient(headers, status), body: exchange }),
        fail: (error) => reject(failureOf(error)),
      },
      times,
    )
    const { body } = request
    const streamed = body !== null && !Buffer.isBuffer(body)
    const timed = streamed
      ? { ...request, body: { ...body, chunks: exchange.deadline.excluding(body.chunks) } }
      : request
    exchange.start((listener) => send(origin, timed, listener))
    client.onGone(() => exchange.abort(clientGone()))
  })
}
