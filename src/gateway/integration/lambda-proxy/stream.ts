import type { FunctionInvocation, FunctionInvoker } from '../../../lambda/invoker.ts'
import { clientGone } from '../../error.ts'
import type { Client } from '../../invocation.ts'
import type { Reply } from '../../reply.ts'
import { Exchange, type ExchangeTimes } from '../call/exchange.ts'
import { StreamedResponse } from './streamed-response.ts'

/**
 * Invokes a function that streams; resolves when its metadata are there, with a body that is still arriving.
 *
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`; 500 for a function that does not follow the format, 502 for one that fails
 *   before it has begun. What fails later cuts the connection.
 */
export function streamFunction(
  functions: FunctionInvoker,
  invocation: FunctionInvocation,
  times: ExchangeTimes,
  client: Client,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const exchange: Exchange = new Exchange(
      { answer: (status, headers) => resolve({ status, headers, body: exchange }), fail: reject },
      times,
    )
    exchange.start((listener) => {
      const response = new StreamedResponse(listener)
      functions.invoke(invocation, response).then(
        (result) => response.settle(result),
        (error: unknown) => response.reject(error),
      )
      return response
    })
    client.onGone(() => exchange.abort(clientGone()))
  })
}
