import { ServiceError } from '../../../wire/service-error.ts'
import { configurationError, GatewayError } from '../../error.ts'
import { requestTooLong } from '../../request-too-long.ts'

/** What a caller is told of an invocation that Lambda refused, or that ended before its result. */
export function failureOf(error: unknown): unknown {
  if (error instanceof GatewayError) return error
  if (!(error instanceof ServiceError)) return error
  if (error.code === 'RequestTooLargeException') return requestTooLong()
  if (error.code === 'AccessDeniedException') {
    // Observed.
    return configurationError(
      'Execution failed due to configuration error: Invalid permissions on Lambda function',
      error,
    )
  }
  const detail = `Lambda invocation failed with status: ${error.status ?? 500}: ${error.message}`
  return new GatewayError('DEFAULT_5XX', 'Internal server error', { detail, cause: error })
}
