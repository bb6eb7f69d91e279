import type { SignedCaller } from '../../../../identity/signed-caller.ts'
import { authorize } from '../../../../policy/authorize.ts'
import type { Authorization } from '../../../authorizer/authorization.ts'
import { type CallSignatures, whenSigned } from '../../../authorizer/iam/call-signatures.ts'
import { maxArnBytes } from '../../../authorizer/iam/max-arn-bytes.ts'
import { callContext } from '../../../authorizer/resource-policy/call-context.ts'
import { GatewayError } from '../../../error.ts'
import type { Step } from '../../../pipeline.ts'
import type { DeployedRoute } from '../../deployed-route.ts'
import { routeArns } from '../../route-arn.ts'

/** `AWS_IAM`: lets in who signed, and may invoke the route by their own policies: HTTP APIs have none. */
export function authorizeByIam(signatures: CallSignatures): Step<DeployedRoute> {
  return (deployed, next) => {
    const { stage, route } = deployed
    if (route.authorizer?.type !== 'AWS_IAM') return next
    const { account, region } = stage
    const arnOf = routeArns(deployed)
    const authorizationOf = authorizations(route.integration?.payloadFormatVersion ?? '2.0')

    return whenSigned(signatures, region, (invocation, caller) => {
      const resource = arnOf(invocation.request)
      if (resource.length > maxArnBytes) throw new GatewayError('DEFAULT_4XX', 'Request URI Too Long', { status: 414 })
      const context = callContext(invocation, region, caller.context)
      const request = { principal: caller.principal, action: 'execute-api:Invoke', resource, context }
      const decision = authorize(request, caller.policies, undefined, caller.account === account)
      if (!decision.allowed) {
        throw new GatewayError('ACCESS_DENIED', 'Forbidden', { detail: `${caller.arn} may not invoke ${resource}` })
      }
      return next({ ...invocation, caller, ...authorizationOf(caller) })
    })
  }
}

/** Events of format 1.0 tell who called in their `identity`, and have no `authorizer`. */
function authorizations(eventFormat: '1.0' | '2.0'): (caller: SignedCaller) => { authorization?: Authorization } {
  if (eventFormat === '1.0') return () => ({})
  const known = new WeakMap<SignedCaller, Authorization>()
  return (caller) => {
    const authorization = known.get(caller) ?? authorizationOf(caller)
    known.set(caller, authorization)
    return { authorization }
  }
}

/** `requestContext.authorizer.iam`. */
function authorizationOf({ accessKeyId, account, userId, arn }: SignedCaller): Authorization {
  const iam = {
    accessKey: accessKeyId,
    accountId: account,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: arn,
    userId,
  }
  return { members: new Map(), eventText: JSON.stringify({ iam }) }
}
