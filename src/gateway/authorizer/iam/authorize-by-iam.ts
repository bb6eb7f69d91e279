import { decide } from '../../../policy/api-call.ts'
import type { Policy } from '../../../policy/policy.ts'
import { GatewayError } from '../../error.ts'
import type { Step } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { methodArn } from '../lambda/method-arn.ts'
import { accessDenied } from '../resource-policy/access-denied.ts'
import { callContext } from '../resource-policy/call-context.ts'
import { type CallSignatures, whenSigned } from './call-signatures.ts'
import { maxArnBytes } from './max-arn-bytes.ts'

/** `AWS_IAM`: lets in who signed, and may invoke the method by their own policies and the API's together. */
export function authorizeByIam(signatures: CallSignatures, resourcePolicy: Policy | undefined): Step<DeployedMethod> {
  return ({ method, stage }, next) => {
    if (method.authorizer?.type !== 'AWS_IAM') return next
    const { account, region, stageName, api } = stage
    const place = { region, account, apiId: api.restApiId, stageName }

    return whenSigned(signatures, region, (invocation, caller) => {
      const resource = methodArn(place, invocation.request)
      if (resource.length > maxArnBytes) throw new GatewayError('DEFAULT_4XX', 'Request URI too long', { status: 414 })
      const context = callContext(invocation, region, caller.context)
      const decision = decide({
        request: { principal: caller.principal, action: 'execute-api:Invoke', resource, context },
        isPrivate: false,
        authorization: { type: 'AWS_IAM', policies: caller.policies, sameAccount: caller.account === account },
        ...(resourcePolicy && { resourcePolicy }),
      })
      if (!decision.allowed) throw accessDenied(caller.arn, resource, decision)
      return next({ ...invocation, caller })
    })
  }
}
