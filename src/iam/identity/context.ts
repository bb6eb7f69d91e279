import type { ConditionContext } from '../../policy/request.ts'
import type { Caller } from '../../wire/operation.ts'

/** Values of condition keys; the keys are compared in lower case. */
export type ContextValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** Makes condition keys findable as policies ask for them. */
export function conditionContext(values: ContextValues): ConditionContext {
  const known = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]))
  return (key) => known.get(key)
}

/** The condition keys of a request, whoever sends it. */
export function requestContext({ region, origin }: Caller, now: Date): ContextValues {
  return {
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1_000)),
    'aws:RequestedRegion': region,
    'aws:SourceIp': origin?.sourceIp,
    'aws:UserAgent': origin?.userAgent,
  }
}

/** The condition keys of tags: `{prefix}{tag key}`. */
export function tagContext(prefix: string, tags: Readonly<Record<string, string>>): ContextValues {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]))
}
