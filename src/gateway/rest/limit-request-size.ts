import { GatewayError } from '../error.ts'
import type { Step } from '../pipeline.ts'
import { maxBodyBytes, requestTooLong } from '../request-too-long.ts'

/** Documented quotas of REST APIs, in bytes: the URL of a regional endpoint, all header lines together. */
const maxTargetBytes = 10_240
const maxHeaderBytes = 10_240

/** Refuses what AWS does not take. A body of undeclared length is measured while it is read. */
export const limitRequestSize: Step<unknown> = (_method, next) => (invocation) => {
  const { target, headers, body } = invocation.request
  if (target.length > maxTargetBytes) {
    throw new GatewayError('DEFAULT_4XX', 'Request URI too long', { status: 414 })
  }
  if (headers.bytes > maxHeaderBytes) {
    throw new GatewayError('DEFAULT_4XX', 'Request Header Fields Too Large', { status: 431 })
  }
  if (body.length !== undefined && body.length > maxBodyBytes) throw requestTooLong()
  return next(invocation)
}
