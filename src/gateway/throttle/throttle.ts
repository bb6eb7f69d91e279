import { refusing } from '../../limiter/admit.ts'
import type { Limits } from '../../limiter/limits.ts'
import type { Rate } from '../../limiter/token-bucket.ts'
import type { DeployedStage } from '../../snapshot/rest-api.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { rateLimitHeaders, retryAfter, withHeaders } from './announce.ts'
import { type CallLimit, refusalOf, throttling } from './call-limit.ts'

export interface ThrottleOutside {
  readonly limits: Limits
  /** Of each account in each region. Absent: none. */
  readonly accountRate?: Rate | undefined
  /** Whether callers are told of their limits. */
  readonly announceLimits: boolean
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Nanoseconds of a clock that is the same in all threads. */
  readonly monotonicNs?: () => bigint
}

/**
 * Refuses calls beyond what the API key's usage plan allows, beyond the rate of their method, and beyond that of the account.
 * Documented: the limits come in this order, and a stage's limits hold for each of its methods on its own.
 */
export function throttle(outside: ThrottleOutside): Step<DeployedMethod> {
  const { announceLimits, now, monotonicNs = process.hrtime.bigint } = outside
  return (deployed, next) => {
    const limitsOf = ownLimits(deployed, outside)
    if (!limitsOf && !deployed.method.apiKeyRequired) return next
    return (invocation) => {
      const ofMethod = limitsOf?.(invocation) ?? none
      const ofKey = invocation.apiKey?.limits ?? none
      const all = ofKey.length === 0 ? ofMethod : [...ofKey, ...ofMethod]
      const at = { monotonicNs: monotonicNs(), epochMs: now() }
      const refused = refusing(all, at)
      if (!announceLimits) {
        if (refused) throw refusalOf(refused)
        return next(invocation)
      }
      const headers = rateLimitHeaders(all, at)
      if (refused) throw refusalOf(refused, [...headers, ...retryAfter(refused, at)])
      return withHeaders(next(invocation), headers)
    }
  }
}

const none: readonly CallLimit[] = []

/** The limits of one method and of its account, which for `ANY` may differ by verb. @returns Undefined when there are none. */
function ownLimits(
  deployed: DeployedMethod,
  { limits, accountRate }: ThrottleOutside,
): ((call: Invocation) => readonly CallLimit[]) | undefined {
  const { stage, resourcePath, httpMethod } = deployed
  const ofAccount = accountRate ? [accountLimit(limits, stage, accountRate)] : none
  const withAccount = (rate: Rate | undefined, verb: string): readonly CallLimit[] =>
    rate ? [throttling(limits.bucket(nameOf(stage, resourcePath, verb), rate), 'method'), ...ofAccount] : ofAccount

  const { throttling: rates = {} } = stage
  const key = (verb: string) => `${resourcePath.slice(1)}/${verb}`
  const usual = withAccount(rates[key(httpMethod)] ?? rates['*/*'], httpMethod)
  if (httpMethod !== 'ANY') return usual.length > 0 ? () => usual : undefined

  const own = new Map(
    Object.entries(rates).flatMap(([setting, rate]) => {
      const verb = setting.slice(setting.lastIndexOf('/') + 1)
      return setting === key(verb) ? [[verb, withAccount(rate, verb)] as const] : []
    }),
  )
  return usual.length > 0 || own.size > 0 ? ({ request }) => own.get(request.method) ?? usual : undefined
}

/** What an account may call in a region, over all its APIs. */
export function accountLimit(
  limits: Limits,
  { account, region }: Pick<DeployedStage, 'account' | 'region'>,
  rate: Rate,
): CallLimit {
  return throttling(limits.bucket(`account ${account} ${region}`, rate), 'account')
}

function nameOf({ account, region, api, stageName }: DeployedStage, resourcePath: string, verb: string): string {
  return `method ${account} ${region} ${api.restApiId} ${stageName} ${resourcePath} ${verb}`
}
