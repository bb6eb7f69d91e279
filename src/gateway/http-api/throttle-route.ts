import type { DeployedHttpStage } from '../../snapshot/http-api.ts'
import type { Step } from '../pipeline.ts'
import { rateLimit, type ThrottleOutside } from '../throttle/rate-limit.ts'
import type { DeployedRoute } from './deployed-route.ts'

/** Refuses calls beyond the rate of their route. Documented: a stage's default holds for each of its routes on its own. */
export function throttleRoute(outside: ThrottleOutside): Step<DeployedRoute> {
  return ({ stage, route: { routeKey } }, next) => {
    const rate = stage.throttling?.[routeKey] ?? stage.defaultThrottling
    if (!rate) return next
    const admit = rateLimit(nameOf(stage, routeKey), rate, outside)
    return (invocation) => {
      admit()
      return next(invocation)
    }
  }
}

function nameOf({ account, region, api, stageName }: DeployedHttpStage, routeKey: string): string {
  return `route ${account} ${region} ${api.apiId} ${stageName} ${routeKey}`
}
