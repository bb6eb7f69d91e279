import { decide } from '../../../policy/api-call.ts'
import type { Policy } from '../../../policy/policy.ts'
import { GatewayError } from '../../error.ts'
import type { Step } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { accessDenied } from '../resource-policy/access-denied.ts'
import { callRequest } from '../resource-policy/call-request.ts'
import { type CallSignatures, whenSigned } from './call-signatures.ts'
import { maxArnBytes } from './max-arn-bytes.ts'

/** `AWS_IAM`: lets in who signed, and may invoke the method by their own policies and the API's together. */
export function authorizeByIam(signatures: CallSignatures, resourcePolicy: Policy | undefined): Step<DeployedMethod> {
  return ({ method, stage }, next) => {
    if (method.authorizer?.type !== 'AWS_IAM') return next
    const { account, region } = stage

    return whenSigned(signatures, region, (invocation, caller) => {
      const request = callRequest(invocation, stage, caller)
      const { resource } = request
      if (resource.length > maxArnBytes) throw new GatewayError('DEFAULT_4XX', 'Request URI too long', { status: 414 })
      const decision = decide({
        request,
        isPrivate: stage.privateEndpoint !== undefined,
        authorization: { type: 'AWS_IAM', policies: caller.policies, sameAccount: caller.account === account },
        ...(resourcePolicy && { resourcePolicy }),
      })
      if (!decision.allowed) throw accessDenied(caller.arn, resource, decision)
      return next({ ...invocation, caller })
    })
  }
}
