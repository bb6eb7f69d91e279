import { GatewayError } from './error.ts'

/** Documented: the largest payload of a call, in bytes. */
export const maxBodyBytes = 10 * 1024 * 1024

export function requestTooLong(): GatewayError {
  return new GatewayError('REQUEST_TOO_LARGE', 'Request Too Long')
}
