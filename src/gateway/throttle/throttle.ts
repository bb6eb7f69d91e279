import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import type { CallLimit } from './call-limit.ts'
import { limitCalls, type ThrottleOutside } from './limit-calls.ts'
import { methodLimits } from './method-limits.ts'

/** Refuses calls beyond what their API key allows; without one, beyond the rate of their method and that of the account. */
export function throttle(outside: ThrottleOutside): Step<DeployedMethod> {
  return (deployed, next) => {
    if (deployed.method.apiKeyRequired) return limitCalls(({ apiKey }) => apiKey?.limits ?? none, next, outside)
    const limitsOf = methodLimits(deployed, outside)
    return limitsOf ? limitCalls(({ request }) => limitsOf(request.method), next, outside) : next
  }
}

const none: readonly CallLimit[] = []
