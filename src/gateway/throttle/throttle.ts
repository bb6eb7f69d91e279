import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import type { CallLimit } from './call-limit.ts'
import { limitCalls, type ThrottleOutside } from './limit-calls.ts'
import { methodLimits } from './method-limits.ts'

/** Refuses calls beyond what their API key allows; without one, beyond the rate of their method and that of the account. */
export function throttle(outside: ThrottleOutside): Step<DeployedMethod> {
  return (deployed, next) => {
    const limitsOf = methodLimits(deployed, outside)
    if (!limitsOf && !deployed.method.apiKeyRequired) return next
    return limitCalls(({ apiKey, request }) => apiKey?.limits ?? limitsOf?.(request.method) ?? none, next, outside)
  }
}

const none: readonly CallLimit[] = []
