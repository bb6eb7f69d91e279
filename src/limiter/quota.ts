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
  Atomics.store(values, slot, packedCount(start, used))
}

/** Replaces a count, unless another thread has changed it. @returns whether it was replaced. */
export function swapCount(values: BigInt64Array, slot: number, before: Count, after: Count): boolean {
  const packed = packedCount(before.start, before.used)
  return Atomics.compareExchange(values, slot, packed, packedCount(after.start, after.used)) === packed
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

/** The counts of one period as they are in memory. */
interface PackedPeriod {
  readonly start: number
  readonly limit: number
  readonly empty: bigint
  /** Behind all counts of the period. */
  readonly end: bigint
  /** Of all calls that it may have. */
  readonly full: bigint
}

/** The period of a moment, worked out when it changes: a call compares numbers. */
export function packedPeriods(
  period: QuotaPeriod,
  limitOf: (start: number) => number,
): (epochMs: number) => PackedPeriod {
  const startAt = dayStart(period)
  let known: PackedPeriod | undefined
  return (epochMs) => {
    const start = startAt(epochMs)
    const limit = limitOf(start)
    if (known?.start === start && known.limit === limit) return known
    const empty = packedCount(start, 0)
    const end = empty + countMask + 1n
    const full = Number.isFinite(limit) ? empty + BigInt(limit) : end - 1n
    known = { start, limit, empty, end, full }
    return known
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
  const packedAt = packedPeriods(period, limitOf)
  const startAt = dayStart(period)
  return {
    take({ epochMs }) {
      const { empty, end, full } = packedAt(epochMs)
      for (;;) {
        const packed = Atomics.load(values, slot)
        const next = packed >= empty && packed < end ? packed + 1n : empty + 1n
        if (next > full) return false
        if (Atomics.compareExchange(values, slot, packed, next) === packed) return true
      }
    },
    giveBack({ epochMs }) {
      const { empty, end } = packedAt(epochMs)
      const packed = Atomics.load(values, slot)
      // A period that has ended since took the call's count with it.
      if (packed > empty && packed < end) Atomics.sub(values, slot, 1n)
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

/** A count as it is in memory. */
export function packedCount(start: number, used: number): bigint {
  return (BigInt(start) << countBits) | BigInt(used)
}
