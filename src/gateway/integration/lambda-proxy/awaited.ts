import type { FunctionResult } from '../../../lambda/invoker.ts'
import { clientGone } from '../../error.ts'
import type { Client } from '../../invocation.ts'
import { endpointTimedOut } from '../timeout.ts'
import { failureOf } from './invoke-failure.ts'

/**
 * Waits for a function's result no longer than `timeoutMs`, and no longer than its client does.
 *
 * @param use What becomes of the result; what it throws ends the call.
 * @param refusalOf What a caller is told of an invocation that failed.
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`, and what Lambda's refusals come to.
 */
export function awaited<T>(
  running: Promise<FunctionResult>,
  client: Client,
  timeoutMs: number,
  use: (result: FunctionResult) => T,
  refusalOf = failureOf,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(endpointTimedOut()), timeoutMs)
    client.onGone(() => {
      clearTimeout(timer)
      reject(clientGone())
    })
    const fail = (error: unknown) => {
      clearTimeout(timer)
      reject(refusalOf(error))
    }
    running.then((result) => {
      clearTimeout(timer)
      try {
        resolve(use(result))
      } catch (error) {
        fail(error)
      }
    }, fail)
  })
}
