import { refusing } from '../../limiter/admit.ts'
import type { SharedSlots } from '../../limiter/shared-slots.ts'
import { type Rate, tokenBucket } from '../../limiter/token-bucket.ts'
import type { DeployedStage } from '../../snapshot/rest-api.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { type CallLimit, refusalOf } from './call-limit.ts'

export interface ThrottleOutside {
  readonly limits: SharedSlots
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Nanoseconds of a clock that is the same in all threads. */
  readonly monotonicNs?: () => bigint
}

/**
 * Refuses calls beyond what the API key's usage plan allows, and beyond the rate of their method. Documented: the plan's
 * limits come first, and a stage's limits hold for each of its methods on its own.
 */
export function throttle({ limits, now, monotonicNs = process.hrtime.bigint }: ThrottleOutside): Step<DeployedMethod> {
  return (deployed, next) => {
    const limitsOf = methodLimits(deployed, limits)
    if (!limitsOf && !deployed.method.apiKeyRequired) return next
    return (invocation) => {
      const ofMethod = limitsOf?.(invocation) ?? none
      const ofKey = invocation.apiKey?.limits ?? none
      const all = ofKey.length === 0 ? ofMethod : [...ofKey, ...ofMethod]
      const refused = refusing(all, { monotonicNs: monotonicNs(), epochMs: now() })
      if (refused) throw refusalOf(refused)
      return next(invocation)
    }
  }
}

const none: readonly CallLimit[] = []

/** The limits of one method, which for `ANY` may differ by verb. @returns Undefined when there are none. */
function methodLimits(
  deployed: DeployedMethod,
  slots: SharedSlots,
): ((call: Invocation) => readonly CallLimit[]) | undefined {
  const { stage, resourcePath, httpMethod } = deployed
  const { throttling } = stage
  if (!throttling) return undefined
  const bucket = (rate: Rate | undefined, verb: string): CallLimit[] => {
    if (!rate) return []
    const slot = slots.slotOf(nameOf(stage, resourcePath, verb))
    return [{ ...tokenBucket(slots.values, slot, rate), refusal: 'THROTTLED' }]
  }
  const key = (verb: string) => `${resourcePath.slice(1)}/${verb}`
  const usual = bucket(throttling[key(httpMethod)] ?? throttling['*/*'], httpMethod)
  if (httpMethod !== 'ANY') return usual.length > 0 ? () => usual : undefined

  const own = new Map(
    Object.entries(throttling).flatMap(([setting, rate]) => {
      const verb = setting.slice(setting.lastIndexOf('/') + 1)
      return setting === key(verb) ? [[verb, bucket(rate, verb)] as const] : []
    }),
  )
  return usual.length > 0 || own.size > 0 ? ({ request }) => own.get(request.method) ?? usual : undefined
}

function nameOf({ account, region, api, stageName }: DeployedStage, resourcePath: string, verb: string): string {
  return `method ${account} ${region} ${api.restApiId} ${stageName} ${resourcePath} ${verb}`
}
