import { Readable } from 'node:stream'
import { clientGone } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import type { Reply } from '../../reply.ts'
import { endpointTimedOut } from '../timeout.ts'
import { Deadline } from './deadline.ts'
import { Exchange } from './exchange.ts'
import { failureOf } from './failure.ts'
import { headersForClient } from './response-headers.ts'
import type { Dispatch } from './upstreams.ts'

const bytes = { objectMode: false }

/** A request as the backend gets it. */
export interface BackendRequest {
  readonly origin: string
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** Flat names and values. */
  readonly headers: string[]
  readonly body: Buffer | AsyncIterable<Uint8Array> | null
}

/**
 * Calls a backend; resolves at its response's headers, with a body that is still arriving.
 *
 * @param timeoutMs How long the backend may take until its headers, and then between two pieces of its body.
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`, `INTEGRATION_FAILURE`, `API_CONFIGURATION_ERROR`.
 */
export function callBackend(
  dispatch: Dispatch,
  request: BackendRequest,
  timeoutMs: number,
  { client }: Invocation,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const deadline = new Deadline(timeoutMs, () => exchange.abort(endpointTimedOut()))
    const exchange = new Exchange({
      answer({ status, headers }) {
        deadline.stop()
        resolve({ status, headers: headersForClient(headers, status), body: exchange })
      },
      fail(error) {
        deadline.stop()
        reject(failureOf(error))
      },
    })
    client.onGone(() => exchange.abort(clientGone()))
    deadline.start()
    const { origin, method, path, headers, body } = request
    const sent = body === null || Buffer.isBuffer(body) ? body : Readable.from(deadline.excluding(body), bytes)
    dispatch(origin, { method, path, headers, body: sent, bodyTimeout: timeoutMs }, exchange)
  })
}
