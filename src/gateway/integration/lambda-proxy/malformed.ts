import { GatewayError } from '../../error.ts'

/** Every malformed result, and every failed function, answers the same. */
export function malformed(reason: string, cause?: unknown): GatewayError {
  return new GatewayError('DEFAULT_5XX', 'Internal server error', {
    status: 502,
    detail: `Execution failed due to configuration error: Malformed Lambda proxy response: ${reason}`,
    cause,
  })
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
