/** What a stage, a method or a usage plan allows. */
export interface Rate {
  /** Calls per second in the long run, also below 1; 0 admits none. */
  readonly rateLimit: number
  /** Calls at once; 0 admits none. */
  readonly burstLimit: number
}

/** A limit that calls take from. */
export interface Limit {
  /** Takes what one call costs, if there is that much: a call that is refused takes nothing. */
  take(now: Now): boolean
  /** Gives back what was taken for a call that another limit has refused. */
  giveBack(now: Now): void
  /** After a refusal: resolves soon, when there may be more to take; undefined when it is of no use to wait. */
  more?(): Promise<void> | undefined
  /** How it stands: for callers who are told. */
  state(now: Now): LimitState
}

/** How a limit stands at a moment. */
export interface LimitState {
  /** Calls in a window. */
  readonly allowed: number
  readonly windowSeconds: number
  /** Calls that would be admitted now. */
  readonly remaining: number
  /** Seconds until all of `allowed` can be had again. */
  readonly resetSeconds: number
  /** Seconds until one call can be had; 0 when it can now. */
  readonly retrySeconds: number
}

/** The moment of a call. */
export interface Now {
  /** Nanoseconds of a clock that never goes back and is the same in all threads. */
  readonly monotonicNs: bigint
  /** Epoch milliseconds. */
  readonly epochMs: number
}

const nanosecondsPerSecond = 1e9
/** A thread that was held up sees the bucket as it is so much later than its call: for so long, others have taken from it. */
const staleNs = 1_000_000_000n

/**
 * A token bucket, exact across all threads without a lock and without a message. The bucket is one number, the time at which
 * it will be full again (the generic cell rate algorithm); taking a token moves that time on by what one token takes to
 * come back, in one atomic exchange.
 *
 * @param values Shared memory; the bucket is the number at `slot`.
 */
export function tokenBucket(values: BigInt64Array, slot: number, { rateLimit, burstLimit }: Rate): Limit {
  if (rateLimit <= 0 || burstLimit < 1) return closed
  const tokenNs = BigInt(Math.max(1, Math.round(nanosecondsPerSecond / rateLimit)))
  const fullNs = tokenNs * BigInt(Math.floor(burstLimit))
  return {
    take({ monotonicNs: now }) {
      const latest = now + fullNs
      for (;;) {
        const fullAt = Atomics.load(values, slot)
        if (fullAt - latest > staleNs) {
          // Emptied under a slower rate, which has been changed since: it fills at the new one, from its first token on.
          Atomics.compareExchange(values, slot, fullAt, latest - tokenNs)
          continue
        }
        const after = later(fullAt, now) + tokenNs
        if (after > latest) return false
        if (Atomics.compareExchange(values, slot, fullAt, after) === fullAt) return true
      }
    },
    giveBack: () => void Atomics.sub(values, slot, tokenNs),
    state({ monotonicNs: now }) {
      const missingNs = later(Atomics.load(values, slot) - now, 0n)
      return bucketState({ rateLimit, burstLimit }, Number(fullNs - missingNs) / Number(tokenNs))
    },
  }
}

/** @param level Tokens that are there, with fractions. */
export function bucketState({ rateLimit, burstLimit }: Rate, level: number): LimitState {
  // The time in which a burst comes back, in whole seconds: how many calls a caller can make in that, time after time.
  const windowSeconds = Math.max(1, Math.ceil(burstLimit / rateLimit))
  return {
    allowed: Math.max(1, Math.floor(rateLimit * windowSeconds)),
    windowSeconds,
    remaining: Math.max(0, Math.floor(level)),
    resetSeconds: Math.max(0, (Math.floor(burstLimit) - level) / rateLimit),
    retrySeconds: Math.max(0, (1 - level) / rateLimit),
  }
}

/** Admits nobody, and nobody knows when it will. */
export const closed: Limit = {
  take: () => false,
  giveBack() {},
  state: () => ({ allowed: 0, windowSeconds: 1, remaining: 0, resetSeconds: 1, retrySeconds: 1 }),
}

function later(one: bigint, other: bigint): bigint {
  if (one > other) return one
  return other
}
