import { authorize as allow } from '../../../../policy/authorize.ts'
import type { Policy } from '../../../../policy/policy.ts'
import { anonymous } from '../../../../policy/request.ts'
import type { Authorization } from '../../../authorizer/authorization.ts'
import type { AuthorizationCaches } from '../../../authorizer/lambda/authorization-cache.ts'
import { callContext } from '../../../authorizer/resource-policy/call-context.ts'
import { GatewayError } from '../../../error.ts'
import type { Ids } from '../../../ids.ts'
import { traceId } from '../../../integration/trace.ts'
import type { Invocation } from '../../../invocation.ts'
import type { Step } from '../../../pipeline.ts'
import type { DeployedRoute } from '../../deployed-route.ts'
import { routeArns } from '../../route-arn.ts'
import { compileIdentitySource } from '../identity-source.ts'
import { authorizationOf } from './authorization.ts'
import { authorizerEvents } from './event.ts'
import { unauthorized } from './failure.ts'
import { type FunctionCallOutside, functionCall } from './function-call.ts'
import { type AuthorizerResult, parseResult } from './result.ts'

export interface LambdaAuthorizerOutside extends FunctionCallOutside {
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  /** What the stage's Lambda authorizers remember. */
  readonly authorizerResults: AuthorizationCaches<AuthorizerResult>
}

/** `CUSTOM`: lets in whom a function allows, by a policy or by a simple yes. */
export function authorizeByLambda(outside: LambdaAuthorizerOutside): Step<DeployedRoute> {
  const { ids, now, authorizerResults } = outside
  return (deployed, next) => {
    const { authorizer, integration } = deployed.route
    if (authorizer?.type !== 'REQUEST') return next
    const identityOf = identity(authorizer.identitySource, deployed)
    const arnOf = routeArns(deployed)
    const eventOf = authorizerEvents(authorizer, deployed)
    const invoke = functionCall(authorizer, deployed.stage, outside)
    const tell = told(integration?.payloadFormatVersion ?? '2.0')
    const cache = authorizerResults(authorizer)

    const admit = (invocation: Invocation, routeArn: string, result: AuthorizerResult) => {
      if (!isAllowed(result.allows, invocation, routeArn, deployed.stage.region)) {
        throw new GatewayError('ACCESS_DENIED', 'Forbidden', { detail: `The authorizer denies ${routeArn}` })
      }
      return next({ ...invocation, authorization: tell(result) })
    }

    return (invocation) => {
      const identity = identityOf(invocation)
      const routeArn = arnOf(invocation.request)
      const known = cache.find(identity, now())
      if (known) return admit(invocation, routeArn, known)
      const event = eventOf({ invocation, routeArn, identity, trace: traceId(invocation, ids) })
      return invoke(event, invocation.client).then((answer) => {
        const result = parseResult(answer, authorizer.enableSimpleResponses)
        cache.keep(identity, result, now())
        return admit(invocation, routeArn, result)
      })
    }
  }
}

/** @throws {GatewayError} from what it returns: documented, for a call without one of the sources. */
function identity(sources: readonly string[], deployed: DeployedRoute): (invocation: Invocation) => readonly string[] {
  const readers = sources.map((expression) => ({ expression, read: compileIdentitySource(expression, deployed) }))
  return (invocation) =>
    readers.map(({ expression, read }) => {
      const value = read(invocation)
      if (value === '') throw unauthorized(`${expression} is missing`)
      return value
    })
}

function isAllowed(allows: Policy | boolean, invocation: Invocation, resource: string, region: string): boolean {
  if (typeof allows === 'boolean') return allows
  const context = callContext(invocation, region)
  const request = { principal: anonymous, action: 'execute-api:Invoke', resource, context }
  return allow(request, { identity: [allows] }, undefined, true).allowed
}

/** What routes are told of a result, prepared once for as long as it is remembered. */
function told(eventFormat: '1.0' | '2.0'): (result: AuthorizerResult) => Authorization {
  const known = new WeakMap<AuthorizerResult, Authorization>()
  return (result) => {
    const authorization = known.get(result) ?? authorizationOf(result, eventFormat)
    known.set(result, authorization)
    return authorization
  }
}
