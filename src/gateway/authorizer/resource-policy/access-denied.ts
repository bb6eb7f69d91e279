import type { Decision } from '../../../policy/authorize.ts'
import { GatewayError } from '../../error.ts'

/**
 * Refuses a call as AWS does: it names the caller, and of the API's account the last digits.
 * @param who ARN, or `anonymous`.
 */
export function accessDenied(who: string, methodArn: string, decision: Decision & { allowed: false }): GatewayError {
  const resource = methodArn.replace(/:\d{8}(\d{4}):/, ':********$1:')
  const asked = `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${resource}`
  return new GatewayError('ACCESS_DENIED', asked + reason(decision))
}

function reason({ explicit, by }: Decision & { allowed: false }): string {
  if (!explicit) return ` because no ${by} allows the execute-api:Invoke action`
  return ` with an explicit deny in ${by === 'identity-based policy' ? 'an' : 'a'} ${by}`
}
