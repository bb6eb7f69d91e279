import type { DeployedHttpStage } from '../../snapshot/http-api.ts'
import type { Step } from '../pipeline.ts'
import { accountLimit, throttling } from '../throttle/call-limit.ts'
import { limitCalls, type ThrottleOutside } from '../throttle/limit-calls.ts'
import type { DeployedRoute } from './deployed-route.ts'

/**
 * Refuses calls beyond the rate of their route, and beyond that of the account. Documented: a stage's default holds for each of
 * its routes on its own.
 */
export function throttleRoute(outside: ThrottleOutside): Step<DeployedRoute> {
  const { limits, accountRate } = outside
  return ({ stage, route: { routeKey } }, next) => {
    const rate = stage.throttling?.[routeKey] ?? stage.defaultThrottling
    const all = [
      ...(rate ? [throttling(limits.bucket(nameOf(stage, routeKey), rate), 'route')] : []),
      ...(accountRate ? [accountLimit(limits, stage, accountRate)] : []),
    ]
    return all.length === 0 ? next : limitCalls(() => all, next, outside)
  }
}

function nameOf({ account, region, api, stageName }: DeployedHttpStage, routeKey: string): string {
  return `route ${account} ${region} ${api.apiId} ${stageName} ${routeKey}`
}
