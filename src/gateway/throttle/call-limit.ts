import type { Limits } from '../../limiter/limits.ts'
import type { Limit, Rate } from '../../limiter/token-bucket.ts'
import { GatewayError } from '../error.ts'

/** A limit that calls are refused by. */
export interface CallLimit extends Limit {
  readonly refusal: 'THROTTLED' | 'QUOTA_EXCEEDED'
  /** What callers who are told of their limits know it by. */
  readonly policy: 'account' | 'method' | 'route' | 'plan' | 'plan-method' | 'quota'
}

/** What limits are made of. */
export interface LimitSources {
  readonly limits: Limits
  /** Of each account in each region. Absent: none. */
  readonly accountRate?: Rate | undefined
}

/** @param headers Header lines of the refusal, flat. */
export function refusalOf({ refusal }: CallLimit, headers: readonly string[] = []): GatewayError {
  return new GatewayError(refusal, refusal === 'THROTTLED' ? 'Too Many Requests' : 'Limit Exceeded', { headers })
}

/** A rate that calls are throttled by. */
export function throttling(limit: Limit, policy: CallLimit['policy']): CallLimit {
  return { ...limit, refusal: 'THROTTLED', policy }
}

/** What an account may call in a region, over all its APIs. */
export function accountLimit(
  limits: Limits,
  { account, region }: { readonly account: string; readonly region: string },
  rate: Rate,
): CallLimit {
  return throttling(limits.bucket(`account ${account} ${region}`, rate), 'account')
}
