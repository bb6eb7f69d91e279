import { GatewayError } from '../../error.ts'

/** The caller is nobody that the authorizer knows: 401. */
export function unauthorized(detail: string): GatewayError {
  return new GatewayError('UNAUTHORIZED', 'Unauthorized', { detail })
}

/** Nobody can tell whether the caller may call: 500, and the caller learns nothing more. @param reason In AWS's words. */
export function configurationFailure(reason: string, cause?: unknown): GatewayError {
  const detail = `Execution failed due to configuration error: ${reason}`
  return new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', '', { detail, cause })
}
