import { GatewayError } from '../../../error.ts'

/** The caller is nobody that the authorizer knows: 401. */
export function unauthorized(detail: string): GatewayError {
  return new GatewayError('UNAUTHORIZED', 'Unauthorized', { detail })
}

/** Nobody can tell whether the caller may call: 500, and the caller learns nothing more. */
export function authorizerFailure(detail: string, cause?: unknown): GatewayError {
  return new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', 'Internal Server Error', { detail, cause })
}
