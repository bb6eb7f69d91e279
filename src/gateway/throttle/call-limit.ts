import type { Limit } from '../../limiter/token-bucket.ts'
import { GatewayError } from '../error.ts'

/** A limit that calls are refused by. */
export interface CallLimit extends Limit {
  readonly refusal: 'THROTTLED' | 'QUOTA_EXCEEDED'
}

export function refusalOf({ refusal }: CallLimit): GatewayError {
  return new GatewayError(refusal, refusal === 'THROTTLED' ? 'Too Many Requests' : 'Limit Exceeded')
}
