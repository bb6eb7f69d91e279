import { decide } from '../../policy/api-call.ts'
import type { Policy } from '../../policy/policy.ts'
import type { MethodCaching } from '../../snapshot/rest-api.ts'
import { methodArn } from '../authorizer/lambda/method-arn.ts'
import { callContext } from '../authorizer/resource-policy/call-context.ts'
import { GatewayError } from '../error.ts'
import type { HeaderList } from '../headers.ts'
import type { Invocation } from '../invocation.ts'
import type { Reply } from '../reply.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'

/** What becomes of a client's wish that the backend be asked: granted, left aside with a word on it, or without. */
export type Invalidation = 'granted' | 'warned' | 'ignored'

/** Whether a client wants the backend asked. Documented: `Cache-Control: max-age=0` says so, and nothing else does. */
export function wantsInvalidation(headers: HeaderList): boolean {
  const value = headers.get('cache-control')
  return value !== undefined && /(?:^|,)\s*max-age\s*=\s*"?0+"?\s*(?:,|$)/i.test(value)
}

/**
 * Decides on a client's wish. Where that needs authorization, it is for callers who sign and may do `execute-api:InvalidateCache`
 * on the method.
 *
 * @throws {GatewayError} 403 where the method refuses the wishes of others.
 */
export function invalidations(deployed: DeployedMethod, resourcePolicy: Policy | undefined) {
  return (invocation: Invocation, caching: MethodCaching): Invalidation => {
    if (!caching.requireAuthorization || mayInvalidate(invocation, deployed, resourcePolicy)) return 'granted'
    switch (caching.unauthorized) {
      case 'FAIL_WITH_403':
        throw new GatewayError('ACCESS_DENIED', 'Unauthorized', { detail: 'The caller may not invalidate the cache' })
      case 'SUCCEED_WITH_RESPONSE_HEADER':
        return 'warned'
      case 'SUCCEED_WITHOUT_RESPONSE_HEADER':
        return 'ignored'
    }
  }
}

/** Documented text. */
const warning = '199 Cache-control headers were ignored because the caller was unauthorized.'

export function withWarning(reply: Reply): Reply {
  return { ...reply, headers: [...reply.headers, 'Warning', warning] }
}

function mayInvalidate(
  invocation: Invocation,
  { stage: { region, account, api, stageName } }: DeployedMethod,
  resourcePolicy: Policy | undefined,
): boolean {
  const { caller, request } = invocation
  if (!caller) return false
  const resource = methodArn({ region, account, apiId: api.restApiId, stageName }, request)
  const context = callContext(invocation, region, caller.context)
  return decide({
    request: { principal: caller.principal, action: 'execute-api:InvalidateCache', resource, context },
    isPrivate: false,
    authorization: { type: 'AWS_IAM', policies: caller.policies, sameAccount: caller.account === account },
    ...(resourcePolicy && { resourcePolicy }),
  }).allowed
}
