import type { Rate } from '../../limiter/token-bucket.ts'
import type { DeployedStage } from '../../snapshot/rest-api.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { accountLimit, type CallLimit, type LimitSources, throttling } from './call-limit.ts'

/** The limits of calls with a verb: the same list with every call. */
export type LimitsByVerb = (verb: string) => readonly CallLimit[]

/**
 * What one method, and then its account, allow every caller. Documented: a stage's limits hold for each of its methods on its own.
 *
 * @returns By verb: for `ANY` they may differ. Undefined when there are none.
 */
export function methodLimits(
  { stage, resourcePath, httpMethod }: DeployedMethod,
  { limits, accountRate }: LimitSources,
): LimitsByVerb | undefined {
  const ofAccount = accountRate ? [accountLimit(limits, stage, accountRate)] : []
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
  return usual.length > 0 || own.size > 0 ? (verb) => own.get(verb) ?? usual : undefined
}

function nameOf({ account, region, api, stageName }: DeployedStage, resourcePath: string, verb: string): string {
  return `method ${account} ${region} ${api.restApiId} ${stageName} ${resourcePath} ${verb}`
}
