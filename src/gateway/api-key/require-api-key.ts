import type { Limits } from '../../limiter/limits.ts'
import type { PublishedUsagePlan } from '../../snapshot/api-key.ts'
import { GatewayError } from '../error.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import type { CallLimit } from '../throttle/call-limit.ts'
import type { ApiKeys, KnownKey } from './api-keys.ts'
import { planLimits } from './plan-limits.ts'

export interface ApiKeyOutside {
  readonly apiKeys: ApiKeys
  readonly limits: Limits
}

/** What a key may do at a method, and the plan that says so. */
interface Terms {
  readonly plan: PublishedUsagePlan
  readonly limits: readonly CallLimit[]
}

/** Lets in who has an API key of a usage plan that holds for the stage; what the plan allows, the next step counts. */
export function requireApiKey({ apiKeys, limits }: ApiKeyOutside): Step<DeployedMethod> {
  return (deployed, next) => {
    if (!deployed.method.apiKeyRequired) return next
    const { account, region, api } = deployed.stage
    const keys = apiKeys.at(account, region)
    const givenValue = api.apiKeySource === 'AUTHORIZER' ? fromAuthorizer : fromHeader
    const known = new WeakMap<KnownKey, Map<string, Terms>>()

    function findTerms(key: KnownKey, verb: string): Terms | undefined {
      for (const keyPlan of key.plans) {
        const plan = keys.plan(keyPlan.planId)
        const found = plan && planLimits(key, keyPlan, plan, deployed, verb, limits)
        if (found) return { plan, limits: found }
      }
      return undefined
    }

    /** Plans change more rarely than keys are used: what was found holds as long as the plan is the same. */
    function termsOf(key: KnownKey, verb: string): Terms | undefined {
      const byVerb = known.get(key) ?? new Map<string, Terms>()
      const before = byVerb.get(verb)
      if (before && key.plans.some(({ planId }) => keys.plan(planId) === before.plan)) return before
      const terms = findTerms(key, verb)
      if (terms) known.set(key, byVerb.set(verb, terms))
      return terms
    }

    return (invocation: Invocation) => {
      const { method } = invocation.request
      const value = givenValue(invocation)
      const key = value ? keys.find(value) : undefined
      const terms = key?.enabled ? termsOf(key, method) : undefined
      // Unknown and disabled keys, and keys without a plan, look alike on purpose: the reply must not confirm that a key exists.
      if (!value || !key || !terms) throw new GatewayError('INVALID_API_KEY', 'Forbidden')
      return next({ ...invocation, apiKey: { id: key.keyId, value, limits: terms.limits } })
    }
  }
}

function fromHeader({ request }: Invocation): string | undefined {
  return request.headers.get('x-api-key')
}

function fromAuthorizer({ authorization }: Invocation): string | undefined {
  return authorization?.usageIdentifierKey
}
