import type { Limit, LimitState } from './token-bucket.ts'

/** The periods that a quota is counted in. */
export interface QuotaPeriod {
  readonly period: 'DAY' | 'WEEK' | 'MONTH'
  /** The day on which a period starts: 0 is Sunday in a week, and the first in a month. */
  readonly offset: number
}

const dayMs = 86_400_000
const countBits = 32n
const countMask = (1n << countBits) - 1n

/** The number of the day on which the period of a moment began, counted from 1970, in UTC. */
export function periodStart({ period, offset }: QuotaPeriod, epochMs: number): number {
  const today = Math.floor(epochMs / dayMs)
  const date = new Date(epochMs)
  if (period === 'WEEK') return today - ((date.getUTCDay() - offset + 7) % 7)
  if (period === 'DAY') return today
  const month = date.getUTCMonth() - (date.getUTCDate() < offset + 1 ? 1 : 0)
  return Math.floor(Date.UTC(date.getUTCFullYear(), month, offset + 1) / dayMs)
}

/** The number of the day on which the next period begins. */
function periodEnd(period: QuotaPeriod, epochMs: number): number {
  const start = periodStart(period, epochMs)
  if (period.period !== 'MONTH') return start + (period.period === 'WEEK' ? 7 : 1)
  const date = new Date(start * dayMs)
  return Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, period.offset + 1) / dayMs)
}

/** How many calls a period has seen. */
export interface Count {
  /** As `periodStart` says. */
  readonly start: number
  readonly used: number
}

/** A count in memory that all threads share: the number at `slot` holds the period and how many calls it has seen. */
export function readCount(values: BigInt64Array, slot: number): Count {
  const packed = Atomics.load(values, slot)
  return { start: Number(packed >> countBits), used: Number(packed & countMask) }
}

/** Puts back what was stored. */
export function writeCount(values: BigInt64Array, slot: number, { start, used }: Count): void {
  Atomics.store(values, slot, pack(start, used))
}

/** Replaces a count, unless another thread has changed it. @returns whether it was replaced. */
export function swapCount(values: BigInt64Array, slot: number, before: Count, after: Count): boolean {
  const packed = pack(before.start, before.used)
  return Atomics.compareExchange(values, slot, packed, pack(after.start, after.used)) === packed
}

/** Works out on which day the period of a moment began, once a day: that is the unit of all periods. */
export function dayStart(period: QuotaPeriod): (epochMs: number) => number {
  let start = 0
  let endsMs = 0
  return (epochMs) => {
    if (epochMs >= endsMs || epochMs < endsMs - dayMs) {
      start = periodStart(period, epochMs)
      endsMs = (Math.floor(epochMs / dayMs) + 1) * dayMs
    }
    return start
  }
}

/**
 * Counts calls up to a quota, exactly across all threads.
 *
 * @param limitOf How many calls the period that began on a day may have.
 */
export function quota(
  values: BigInt64Array,
  slot: number,
  period: QuotaPeriod,
  limitOf: (start: number) => number,
): Limit {
  const startAt = dayStart(period)
  return {
    take({ epochMs }) {
      const current = startAt(epochMs)
      const limit = limitOf(current)
      for (;;) {
        const packed = Atomics.load(values, slot)
        const used = Number(packed >> countBits) === current ? Number(packed & countMask) : 0
        if (used >= limit) return false
        if (Atomics.compareExchange(values, slot, packed, pack(current, used + 1)) === packed) return true
      }
    },
    giveBack({ epochMs }) {
      const current = startAt(epochMs)
      const packed = Atomics.load(values, slot)
      // A period that has ended since took the call's count with it.
      if (Number(packed >> countBits) !== current || (packed & countMask) === 0n) return
      Atomics.sub(values, slot, 1n)
    },
    state({ epochMs }) {
      const current = startAt(epochMs)
      const { start: counted, used } = readCount(values, slot)
      return quotaState(period, limitOf(current), counted === current ? used : 0, epochMs)
    },
  }
}

/** How a quota stands: all of it can be had again when its next period begins. */
export function quotaState(period: QuotaPeriod, limit: number, used: number, epochMs: number): LimitState {
  const startMs = periodStart(period, epochMs) * dayMs
  const endMs = periodEnd(period, epochMs) * dayMs
  const remaining = Math.max(0, limit - used)
  const resetSeconds = (endMs - epochMs) / 1000
  return {
    allowed: limit,
    windowSeconds: (endMs - startMs) / 1000,
    remaining,
    resetSeconds,
    retrySeconds: remaining > 0 ? 0 : resetSeconds,
  }
}

function pack(start: number, used: number): bigint {
  return (BigInt(start) << countBits) | BigInt(used)
}
