import { quota } from '../../limiter/quota.ts'
import type { SharedSlots } from '../../limiter/shared-slots.ts'
import { type Limit, type Rate, tokenBucket } from '../../limiter/token-bucket.ts'
import { type KeyPlan, type PublishedUsagePlan, uncapped, usageCountName } from '../../snapshot/api-key.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import type { CallLimit } from '../throttle/call-limit.ts'
import type { KnownKey } from './api-keys.ts'

/**
 * What a key may do at one method under a plan. Documented order: the plan's rate for the method, the plan's rate; then the
 * quota, so that a call beyond the rate does not count.
 *
 * @returns Undefined when the plan does not hold for the method's stage.
 */
export function planLimits(
  { keyId }: KnownKey,
  { planId, grant }: KeyPlan,
  plan: PublishedUsagePlan,
  { stage, resourcePath }: DeployedMethod,
  verb: string,
  slots: SharedSlots,
): readonly CallLimit[] | undefined {
  const { account, region, api, stageName } = stage
  const planned = plan.stages.find((each) => each.apiId === api.restApiId && each.stageName === stageName)
  if (!planned) return undefined
  const bucket = (name: string, rate: Rate | undefined): CallLimit[] =>
    rate
      ? [throttling(tokenBucket(slots.values, slots.slotOf(`${name} ${account} ${region} ${planId} ${keyId}`), rate))]
      : []
  const { period, offset, limit } = plan.quota ?? uncapped
  const count = quota(
    slots.values,
    slots.slotOf(usageCountName(account, region, planId, keyId)),
    { period, offset },
    (start) => (grant?.start === start ? grant.limit : limit),
  )
  return [
    ...bucket(
      `plan method ${api.restApiId} ${stageName} ${resourcePath} ${verb}`,
      planned.throttle?.[`${resourcePath}/${verb}`],
    ),
    ...bucket('plan', plan.throttle),
    { ...count, refusal: 'QUOTA_EXCEEDED' },
  ]
}

function throttling(limit: Limit): CallLimit {
  return { ...limit, refusal: 'THROTTLED' }
}
