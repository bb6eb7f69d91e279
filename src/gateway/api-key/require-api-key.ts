import type { PublishedUsagePlan } from '../../snapshot/api-key.ts'
import { GatewayError } from '../error.ts'
import type { CallerKey, Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import type { LimitSources } from '../throttle/call-limit.ts'
import { methodLimits } from '../throttle/method-limits.ts'
import type { ApiKeys, KnownKey } from './api-keys.ts'
import { planLimits } from './plan-limits.ts'

export interface ApiKeyOutside extends LimitSources {
  readonly apiKeys: ApiKeys
}

/** A key at a method, and the plan that lets it in. */
interface Admission {
  readonly planId: string
  readonly plan: PublishedUsagePlan
  readonly apiKey: CallerKey
}

/**
 * Lets in who has an API key of a usage plan that holds for the stage; what limits its calls, the next step counts. Documented:
 * what the plan allows goes before what the method and the account do.
 */
export function requireApiKey(outside: ApiKeyOutside): Step<DeployedMethod> {
  return (deployed, next) => {
    if (!deployed.method.apiKeyRequired) return next
    const { account, region, api } = deployed.stage
    const keys = outside.apiKeys.at(account, region)
    const givenValue = api.apiKeySource === 'AUTHORIZER' ? fromAuthorizer : fromHeader
    const ofMethod = methodLimits(deployed, outside)
    const known = new WeakMap<KnownKey, Map<string, Admission>>()

    function findAdmission(key: KnownKey, value: string, verb: string): Admission | undefined {
      for (const keyPlan of key.plans) {
        const { planId } = keyPlan
        const plan = keys.plan(planId)
        const ofPlan = plan && planLimits(key, keyPlan, plan, deployed, verb, outside.limits)
        if (!ofPlan) continue
        return { planId, plan, apiKey: { id: key.keyId, value, limits: [...ofPlan, ...(ofMethod?.(verb) ?? [])] } }
      }
      return undefined
    }

    /** Plans and keys change more rarely than they are used: what was found holds as long as both are the same. */
    function admissionOf(key: KnownKey, value: string, verb: string): Admission | undefined {
      const byVerb = known.get(key) ?? new Map<string, Admission>()
      const before = byVerb.get(verb)
      if (before && keys.plan(before.planId) === before.plan) return before
      const admission = findAdmission(key, value, verb)
      if (admission) known.set(key, byVerb.set(verb, admission))
      return admission
    }

    return (invocation: Invocation) => {
      const value = givenValue(invocation)
      const key = value ? keys.find(value) : undefined
      const admission = value && key?.enabled ? admissionOf(key, value, invocation.request.method) : undefined
      // Unknown and disabled keys, and keys without a plan, look alike on purpose: the reply must not confirm that a key exists.
      if (!admission) throw new GatewayError('INVALID_API_KEY', 'Forbidden')
      return next({ ...invocation, apiKey: admission.apiKey })
    }
  }
}

function fromHeader({ request }: Invocation): string | undefined {
  return request.headers.get('x-api-key')
}

function fromAuthorizer({ authorization }: Invocation): string | undefined {
  return authorization?.usageIdentifierKey
}
