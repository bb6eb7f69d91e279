import type { Limits } from '../../limiter/limits.ts'
import type { Rate } from '../../limiter/token-bucket.ts'
import { type KeyPlan, type PublishedUsagePlan, uncapped, usageCountName } from '../../snapshot/api-key.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { type CallLimit, throttling } from '../throttle/call-limit.ts'
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
  limits: Limits,
): readonly CallLimit[] | undefined {
  const { account, region, api, stageName } = stage
  const planned = plan.stages.find((each) => each.apiId === api.restApiId && each.stageName === stageName)
  if (!planned) return undefined
  const bucket = (policy: 'plan' | 'plan-method', name: string, rate: Rate | undefined): CallLimit[] =>
    rate ? [throttling(limits.bucket(`${name} ${account} ${region} ${planId} ${keyId}`, rate), policy)] : []
  const { period, offset, limit } = plan.quota ?? uncapped
  const count = limits.quota(usageCountName(account, region, planId, keyId), { period, offset }, (start) =>
    grant?.start === start ? grant.limit : limit,
  )
  return [
    ...bucket(
      'plan-method',
      `plan method ${api.restApiId} ${stageName} ${resourcePath} ${verb}`,
      planned.throttle?.[`${resourcePath}/${verb}`],
    ),
    ...bucket('plan', 'plan', plan.throttle),
    { ...count, refusal: 'QUOTA_EXCEEDED', policy: 'quota' },
  ]
}
