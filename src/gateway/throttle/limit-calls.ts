import { refusing } from '../../limiter/admit.ts'
import type { Invocation } from '../invocation.ts'
import type { Handler } from '../pipeline.ts'
import type { Reply } from '../reply.ts'
import { rateLimitHeaders, retryAfter, withHeaders } from './announce.ts'
import { type CallLimit, type LimitSources, refusalOf } from './call-limit.ts'

export interface ThrottleOutside extends LimitSources {
  /** Whether callers are told of their limits. */
  readonly announceLimits: boolean
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Nanoseconds of a clock that is the same in all threads. */
  readonly monotonicNs?: () => bigint
}

/** A call waits for more so often: what is granted next may have been asked for before it came. */
const mostWaits = 2

/**
 * Lets through what limits allow, and tells callers of them where that is wanted.
 *
 * @param limitsOf The limits of a call: the first that refuses it decides.
 * @throws {GatewayError} `THROTTLED`, `QUOTA_EXCEEDED`
 */
export function limitCalls(
  limitsOf: (invocation: Invocation) => readonly CallLimit[],
  next: Handler,
  { announceLimits, now, monotonicNs = process.hrtime.bigint }: ThrottleOutside,
): Handler {
  function decide(invocation: Invocation, limits: readonly CallLimit[], waits: number): Reply | Promise<Reply> {
    const at = { monotonicNs: monotonicNs(), epochMs: now() }
    const refused = refusing(limits, at)
    const more = waits > 0 ? refused?.more?.() : undefined
    if (more) return more.then(() => decide(invocation, limits, waits - 1))
    if (!announceLimits) {
      if (refused) throw refusalOf(refused)
      return next(invocation)
    }
    const headers = rateLimitHeaders(limits, at)
    if (refused) throw refusalOf(refused, [...headers, ...retryAfter(refused, at)])
    return withHeaders(next(invocation), headers)
  }

  return (invocation) => decide(invocation, limitsOf(invocation), mostWaits)
}
