import { decide } from '../../../policy/api-call.ts'
import type { Policy } from '../../../policy/policy.ts'
import { anonymous, type PolicyRequest } from '../../../policy/request.ts'
import type { Invocation } from '../../invocation.ts'
import type { Step } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { methodArn } from '../lambda/method-arn.ts'
import { accessDenied } from './access-denied.ts'
import { callContext } from './call-context.ts'

/**
 * Lets in whom the API's resource policy allows: callers of open methods, and bearers of valid tokens. Who signs is judged
 * by both sides together, which is `authorizeByIam`'s part.
 */
export function checkResourcePolicy(resourcePolicy: Policy | undefined): Step<DeployedMethod> {
  return ({ method, stage }, next) => {
    const type = method.authorizer?.type ?? 'NONE'
    if (!resourcePolicy || (type !== 'NONE' && type !== 'COGNITO_USER_POOLS')) return next

    return (invocation) => {
      const request = anonymousRequest(invocation, stage)
      const decision = decide({ request, resourcePolicy, isPrivate: false, authorization: { type } })
      if (!decision.allowed) throw accessDenied('anonymous', request.resource, decision)
      return next(invocation)
    }
  }
}

/** What a policy is asked about the call of somebody who has not signed. */
export function anonymousRequest(invocation: Invocation, stage: DeployedMethod['stage']): PolicyRequest {
  const { account, region, stageName, api } = stage
  return {
    principal: anonymous,
    action: 'execute-api:Invoke',
    resource: methodArn({ region, account, apiId: api.restApiId, stageName }, invocation.request),
    context: callContext(invocation, region),
  }
}
