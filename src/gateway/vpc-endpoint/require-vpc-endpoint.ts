import { GatewayError } from '../error.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'

/** Keeps a private API private whatever listener and name a call has come by: those see to it first. */
export const requireVpcEndpoint: Step<DeployedMethod> = ({ stage }, next) => {
  if (!stage.privateEndpoint) return next

  return (invocation) => {
    if (!invocation.vpcEndpoint) {
      throw new GatewayError('DEFAULT_4XX', 'Forbidden', { status: 403, errorType: 'ForbiddenException' })
    }
    return next(invocation)
  }
}
