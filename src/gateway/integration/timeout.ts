import { GatewayError } from '../error.ts'

export function endpointTimedOut(): GatewayError {
  return new GatewayError('INTEGRATION_TIMEOUT', 'Endpoint request timed out')
}
