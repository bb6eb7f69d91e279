import { configurationError, GatewayError } from '../../error.ts'
import { tlsFailureOf } from './tls-failure.ts'

/** What a caller is told of a backend that gave no response. */
export function failureOf(error: Error): GatewayError {
  if (error instanceof GatewayError) return error
  const tls = tlsFailureOf(error)
  if (tls) return tls
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return configurationError(`Execution failed due to configuration error: Invalid endpoint address: ${error.message}`)
  }
  return new GatewayError('INTEGRATION_FAILURE', 'Network error communicating with endpoint', { cause: error })
}
