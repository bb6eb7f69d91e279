import { firstCalls, type LeaseBoard } from './lease.ts'
import { type Count, dayStart, packedCount, packedPeriods, type QuotaPeriod, quotaState, readCount } from './quota.ts'
import type { SharedSlots } from './shared-slots.ts'
import type { Limit } from './token-bucket.ts'

/** The numbers of one leased quota in memory that all threads of a node share. */
export interface LeasedQuotaSlots {
  /** The calls of all nodes, as far as this one knows: a `Count`. */
  readonly count: number
  /** Up to where this node may count: a `Count`; of an earlier period when no thread has used the quota in this one. */
  readonly ceiling: number
  /** Calls that this node has taken until now. */
  readonly taken: number
}

export function leasedQuotaSlots({ slotOf }: SharedSlots, name: string): LeasedQuotaSlots {
  return { count: slotOf(name), ceiling: slotOf(`${name} ceiling`), taken: slotOf(`${name} taken`) }
}

/** More calls than a period can have. */
export const unbounded = 0xffff_ffff

/**
 * A quota of several nodes, as one thread sees it: it counts up to a ceiling that the node has leased, without asking
 * anybody.
 *
 * @param inUse Tells the agent of the quota, for the period that began on a day.
 */
export function leasedQuota(
  slots: SharedSlots,
  board: LeaseBoard,
  name: string,
  period: QuotaPeriod,
  limitOf: (start: number) => number,
  inUse: (start: number, limit: number) => void,
): Limit {
  const { values } = slots
  const { count, ceiling, taken } = leasedQuotaSlots(slots, name)
  const packedAt = packedPeriods(period, limitOf)
  const startAt = dayStart(period)
  const leasedBefore = readCount(values, ceiling)
  // Under another limit perhaps: the agent has to know.
  if (leasedBefore.start !== 0) inUse(leasedBefore.start, limitOf(leasedBefore.start))

  /** Opens the ceiling, unless another thread just has. */
  function open(before: bigint, start: number, limit: number, used: bigint): void {
    const left = limit - Number(used)
    const first = limit === Infinity ? unbounded : Number(used) + Math.max(1, firstCalls(left, board.nodes()))
    const opened = packedCount(start, first)
    if (Atomics.compareExchange(values, ceiling, before, opened) === before) inUse(start, limit)
  }

  /** Why the last call was refused. */
  let isUsedUp = false
  const usedIn = (start: number, counted: Count) => (counted.start === start ? counted.used : 0)
  return {
    take({ epochMs }) {
      const { start, limit, empty, end, full } = packedAt(epochMs)
      for (;;) {
        const counted = Atomics.load(values, count)
        const next = counted >= empty && counted < end ? counted + 1n : empty + 1n
        isUsedUp = next > full
        if (isUsedUp) return false
        const leased = Atomics.load(values, ceiling)
        if (leased < empty || leased >= end) open(leased, start, limit, next - empty - 1n)
        else if (next > leased) {
          board.ring()
          return false
        } else if (Atomics.compareExchange(values, count, counted, next) === counted) {
          Atomics.add(values, taken, 1n)
          return true
        }
      }
    },
    giveBack({ epochMs }) {
      const start = startAt(epochMs)
      const { start: counted, used } = readCount(values, count)
      // A period that has ended since took the call's count with it.
      if (counted !== start || used === 0) return
      Atomics.sub(values, count, 1n)
      Atomics.sub(values, taken, 1n)
    },
    // What other nodes hold of it comes free when they do not use it; a quota that is used up does not come back.
    more: () => (isUsedUp ? undefined : board.nextGrant()),
    state({ epochMs }) {
      const start = startAt(epochMs)
      return quotaState(period, limitOf(start), usedIn(start, readCount(values, count)), epochMs)
    },
  }
}
