import type { Rate } from '../../limiter/token-bucket.ts'
import type { DeployedStage } from '../../snapshot/rest-api.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { type CallLimit, throttling } from './call-limit.ts'
import { accountLimit, limitCalls, type ThrottleOutside } from './limit-calls.ts'

/**
 * Refuses calls beyond what the API key's usage plan allows, beyond the rate of their method, and beyond that of the account.
 * Documented: the limits come in this order, and a stage's limits hold for each of its methods on its own.
 */
export function throttle(outside: ThrottleOutside): Step<DeployedMethod> {
  return (deployed, next) => {
    const limitsOf = ownLimits(deployed, outside)
    if (!limitsOf && !deployed.method.apiKeyRequired) return next
    const joined = new WeakMap<readonly CallLimit[], JoinedLimits>()
    const all = (invocation: Invocation) => {
      const ofMethod = limitsOf?.(invocation) ?? none
      const ofKey = invocation.apiKey?.limits ?? none
      if (ofKey.length === 0) return ofMethod
      const before = joined.get(ofKey)
      if (before?.ofMethod === ofMethod) return before.all
      const all = [...ofKey, ...ofMethod]
      joined.set(ofKey, { ofMethod, all })
      return all
    }
    return limitCalls(all, next, outside)
  }
}

const none: readonly CallLimit[] = []

/** The limits of a key with those of the method that it called last: the same lists with every call. */
interface JoinedLimits {
  readonly ofMethod: readonly CallLimit[]
  readonly all: readonly CallLimit[]
}

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

function nameOf({ account, region, api, stageName }: DeployedStage, resourcePath: string, verb: string): string {
  return `method ${account} ${region} ${api.restApiId} ${stageName} ${resourcePath} ${verb}`
}
