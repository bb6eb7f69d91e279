import type { Limit } from '../../limiter/token-bucket.ts'
import { GatewayError } from '../error.ts'

/** A limit that calls are refused by. */
export interface CallLimit extends Limit {
  readonly refusal: 'THROTTLED' | 'QUOTA_EXCEEDED'
  /** What callers who are told of their limits know it by. */
  readonly policy: 'account' | 'method' | 'route' | 'plan' | 'plan-method' | 'quota'
}

/** @param headers Header lines of the refusal, flat. */
export function refusalOf({ refusal }: CallLimit, headers: readonly string[] = []): GatewayError {
  return new GatewayError(refusal, refusal === 'THROTTLED' ? 'Too Many Requests' : 'Limit Exceeded', { headers })
}

/** A rate that calls are throttled by. */
export function throttling(limit: Limit, policy: CallLimit['policy']): CallLimit {
  return { ...limit, refusal: 'THROTTLED', policy }
}
