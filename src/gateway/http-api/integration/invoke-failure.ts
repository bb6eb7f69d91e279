import { ServiceError } from '../../../wire/service-error.ts'
import { GatewayError } from '../../error.ts'
import { failureOf } from '../../integration/lambda-proxy/invoke-failure.ts'

/** What a caller is told of an invocation that Lambda refused. Observed: of a function that is throttled, 503. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof ServiceError && error.code === 'TooManyRequestsException') {
    return new GatewayError('INTEGRATION_FAILURE', 'Service Unavailable', { detail: error.message, cause: error })
  }
  return failureOf(error)
}
