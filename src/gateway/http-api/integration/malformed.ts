import { GatewayError } from '../../error.ts'

/** A function that failed, or whose result is none that its format allows: 500. */
export function malformed(reason: string, cause?: unknown): GatewayError {
  const detail = `Malformed Lambda proxy response: ${reason}`
  return new GatewayError('DEFAULT_5XX', 'Internal Server Error', { detail, cause })
}
