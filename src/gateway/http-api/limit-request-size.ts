import { GatewayError } from '../error.ts'
import type { Step } from '../pipeline.ts'
import { maxBodyBytes, requestTooLong } from '../request-too-long.ts'

/** Documented quota of HTTP APIs, in bytes: the request line and the header lines together. */
const maxHeadBytes = 10_240

/** Refuses what AWS does not take. A body of undeclared length is measured while it is read. */
export const limitRequestSize: Step<unknown> = (_route, next) => (invocation) => {
  const { target, headers, body } = invocation.request
  if (target.length + headers.bytes > maxHeadBytes) {
    throw new GatewayError('DEFAULT_4XX', 'Request Header Fields Too Large', { status: 431 })
  }
  if (body.length !== undefined && body.length > maxBodyBytes) throw requestTooLong()
  return next(invocation)
}
