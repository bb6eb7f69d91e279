import { allowed, authorize, type Decision, type IdentityPolicies, type PolicyType } from './authorize.ts'
import { evaluate } from './evaluate.ts'
import type { Policy } from './policy.ts'
import type { PolicyRequest } from './request.ts'

/** A call of an API's method, as far as its policies decide on it. */
export interface ApiCall {
  readonly request: PolicyRequest
  /** The API's resource policy. Absent: it has none. */
  readonly resourcePolicy?: Policy
  /** The API's endpoint is `PRIVATE`. */
  readonly isPrivate: boolean
  readonly authorization: Authorization
}

/** How the method authorizes, with what that found. */
export type Authorization =
  | { readonly type: 'NONE' }
  | { readonly type: 'AWS_IAM'; readonly policies: IdentityPolicies; readonly sameAccount: boolean }
  /** A Lambda authorizer and the policy that it returned. */
  | { readonly type: 'CUSTOM'; readonly policy: Policy }
  /** A token that was found valid. */
  | { readonly type: 'COGNITO_USER_POOLS' }

/**
 * Decides by API Gateway's evaluation tables (documented: "How API Gateway resource policies affect authorization
 * workflow"). With `CUSTOM`, `deniesEarly` comes before the authorizer is called.
 */
export function decide({ request, resourcePolicy, isPrivate, authorization }: ApiCall): Decision {
  if (!resourcePolicy && isPrivate) return nothingAllows
  switch (authorization.type) {
    case 'AWS_IAM':
      return authorize(request, authorization.policies, resourcePolicy, authorization.sameAccount)
    case 'CUSTOM':
      return authorize(request, { identity: [authorization.policy] }, resourcePolicy, true)
    default:
      return resourcePolicy ? decideAlone(request, resourcePolicy) : allowed
  }
}

/** Whether the resource policy refuses a call before its Lambda authorizer is asked (documented). */
export function deniesEarly(request: PolicyRequest, resourcePolicy: Policy | undefined): boolean {
  return resourcePolicy !== undefined && evaluate([resourcePolicy], request).effect === 'Deny'
}

/** Whether the policy of the VPC endpoint lets a call pass, which comes before everything else (documented). */
export function passes(request: PolicyRequest, endpointPolicy: Policy): Decision {
  return decideAlone(request, endpointPolicy, 'VPC endpoint policy')
}

/** Without another side, a policy has to allow. */
function decideAlone(request: PolicyRequest, policy: Policy, by: PolicyType = 'resource-based policy'): Decision {
  const { effect } = evaluate([policy], request)
  return effect === 'Allow' ? allowed : { allowed: false, explicit: effect === 'Deny', by }
}

const nothingAllows = { allowed: false, explicit: false, by: 'resource-based policy' } as const
