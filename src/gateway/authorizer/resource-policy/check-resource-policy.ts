import { decide } from '../../../policy/api-call.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { Step } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { accessDenied } from './access-denied.ts'
import { callRequest } from './call-request.ts'

/**
 * Lets in whom the API's resource policy allows: callers of open methods, and bearers of valid tokens. Who signs is judged
 * by both sides together, which is `authorizeByIam`'s part. A private API without a policy lets in nobody.
 */
export function checkResourcePolicy(resourcePolicy: Policy | undefined): Step<DeployedMethod> {
  return ({ method, stage }, next) => {
    const type = method.authorizer?.type ?? 'NONE'
    const isPrivate = stage.privateEndpoint !== undefined
    if (type !== 'NONE' && type !== 'COGNITO_USER_POOLS') return next
    if (!resourcePolicy && !isPrivate) return next

    return (invocation) => {
      const request = callRequest(invocation, stage)
      const decision = decide({
        request,
        isPrivate,
        authorization: { type },
        ...(resourcePolicy && { resourcePolicy }),
      })
      if (!decision.allowed) throw accessDenied('anonymous', request.resource, decision)
      return next(invocation)
    }
  }
}
