import type { FunctionInvoker } from '../../../lambda/invoker.ts'
import { decide, deniesEarly } from '../../../policy/api-call.ts'
import type { Decision } from '../../../policy/authorize.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { BackendCredentials } from '../../credentials/backend-credentials.ts'
import { GatewayError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { traceId } from '../../integration/trace.ts'
import type { Invocation } from '../../invocation.ts'
import type { Step } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { callRequest } from '../resource-policy/call-request.ts'
import type { AuthorizationCaches } from './authorization-cache.ts'
import { type LambdaAuthorization, lambdaAuthorizer } from './lambda-authorizer.ts'
import { rememberedDecisions } from './remembered-decisions.ts'

export interface LambdaAuthorizerStepOutside {
  readonly functions: FunctionInvoker
  readonly credentials: BackendCredentials
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Documented: how long a function may take to decide. */
const timeoutMs = 29_000

/** `CUSTOM`: lets in whom the policy allows that a function returns, together with the API's resource policy. */
export function authorizeByLambda(
  { functions, credentials, ids, now }: LambdaAuthorizerStepOutside,
  resourcePolicy: Policy | undefined,
  cacheOf: AuthorizationCaches<LambdaAuthorization>,
): Step<DeployedMethod> {
  return (deployed, next) => {
    const { stage, method } = deployed
    const { authorizer } = method
    if (authorizer?.type !== 'TOKEN' && authorizer?.type !== 'REQUEST') return next
    const { identify, authorize } = lambdaAuthorizer(authorizer, deployed, { functions, credentials, now, timeoutMs })
    const cache = cacheOf(authorizer)

    const decideOn = (invocation: Invocation, { policy }: LambdaAuthorization) =>
      decide({
        request: callRequest(invocation, stage),
        isPrivate: stage.privateEndpoint !== undefined,
        authorization: { type: 'CUSTOM', policy },
        ...(resourcePolicy && { resourcePolicy }),
      })
    const decisionOn = resourcePolicy ? decideOn : rememberedDecisions(decideOn)

    const admit = (invocation: Invocation, found: LambdaAuthorization) => {
      const decision = decisionOn(invocation, found)
      if (!decision.allowed) throw denied(decision)
      return next({ ...invocation, authorization: found.authorization })
    }

    return (invocation) => {
      // Documented: such a call costs no invocation.
      if (resourcePolicy && deniesEarly(callRequest(invocation, stage), resourcePolicy)) {
        throw denied({ explicit: true })
      }
      const identity = identify(invocation)
      const known = cache.find(identity.values, now())
      if (known) return admit(invocation, known)
      return authorize(invocation, identity, { trace: traceId(invocation, ids) }).then((found) => {
        cache.keep(identity.values, found, now())
        return admit(invocation, found)
      })
    }
  }
}

function denied({ explicit }: Pick<Decision & { allowed: false }, 'explicit'>): GatewayError {
  const text = 'User is not authorized to access this resource'
  return new GatewayError('ACCESS_DENIED', explicit ? `${text} with an explicit deny` : text)
}
