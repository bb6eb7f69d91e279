import type { SignedCaller } from '../../identity/signed-caller.ts'
import { passes } from '../../policy/api-call.ts'
import { type CallSignatures, whenSigned } from '../authorizer/iam/call-signatures.ts'
import { isSignedCall } from '../authorizer/iam/received-request.ts'
import { accessDenied } from '../authorizer/resource-policy/access-denied.ts'
import { callRequest } from '../authorizer/resource-policy/call-request.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'

/**
 * Lets in what the policy of the call's VPC endpoint lets pass. Documented: who signed is who is asked about, whatever
 * authorizes the method; a signature that does not hold is refused; everybody else is anonymous, bearers of tokens among them.
 */
export function checkEndpointPolicy(signatures: CallSignatures): Step<DeployedMethod> {
  return ({ stage }, next) => {
    if (!stage.privateEndpoint) return next

    const admit = (invocation: Invocation, caller?: SignedCaller) => {
      const policy = invocation.vpcEndpoint?.policy
      if (!policy) return next(invocation)
      const request = callRequest(invocation, stage, caller)
      const decision = passes(request, policy)
      if (!decision.allowed) throw accessDenied(caller?.arn ?? 'anonymous', request.resource, decision)
      return next(invocation)
    }
    const admitSigned = whenSigned(signatures, stage.region, admit)

    return (invocation) =>
      invocation.vpcEndpoint?.policy && isSignedCall(invocation.request) ? admitSigned(invocation) : admit(invocation)
  }
}
