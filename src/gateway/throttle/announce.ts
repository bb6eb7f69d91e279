import type { Now } from '../../limiter/token-bucket.ts'
import type { Reply } from '../reply.ts'
import type { CallLimit } from './call-limit.ts'

/**
 * Header lines that tell a caller of its limits, flat: `RateLimit-Policy` and `RateLimit` as in
 * draft-ietf-httpapi-ratelimit-headers-10, structured lists with an item for each limit.
 */
export function rateLimitHeaders(limits: readonly CallLimit[], now: Now): string[] {
  const policies: string[] = []
  const standings: string[] = []
  for (const limit of limits) {
    const { allowed, windowSeconds, remaining, resetSeconds } = limit.state(now)
    if (!Number.isFinite(allowed)) continue
    policies.push(`"${limit.policy}";q=${allowed};w=${Math.ceil(windowSeconds)}`)
    standings.push(`"${limit.policy}";r=${remaining};t=${Math.ceil(resetSeconds)}`)
  }
  return policies.length === 0 ? [] : ['RateLimit-Policy', policies.join(', '), 'RateLimit', standings.join(', ')]
}

/** When to come back, as a header line: whole seconds, at least one. */
export function retryAfter(limit: CallLimit, now: Now): string[] {
  return ['Retry-After', String(Math.max(1, Math.ceil(limit.state(now).retrySeconds)))]
}

/** A reply with further header lines. */
export function withHeaders(reply: Reply | Promise<Reply>, headers: readonly string[]): Reply | Promise<Reply> {
  if (headers.length === 0) return reply
  const extend = (made: Reply): Reply => ({ ...made, headers: [...made.headers, ...headers] })
  return reply instanceof Promise ? reply.then(extend) : extend(reply)
}
