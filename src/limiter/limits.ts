import { type LimitInUse, leaseBoard } from './lease.ts'
import { leasedBucket } from './leased-bucket.ts'
import { leasedQuota } from './leased-quota.ts'
import { type QuotaPeriod, quota } from './quota.ts'
import type { SharedSlots } from './shared-slots.ts'
import { type Limit, type Rate, tokenBucket } from './token-bucket.ts'

/** Makes the limits that calls take from. Who asks for the same name anywhere in the process gets the same limit. */
export interface Limits {
  /** A token bucket. */
  bucket(name: string, rate: Rate): Limit
  /** @param limitOf How many calls the period that began on a day may have. */
  quota(name: string, period: QuotaPeriod, limitOf: (start: number) => number): Limit
}

/** Limits of this machine alone. */
export function localLimits({ values, slotOf }: SharedSlots): Limits {
  return {
    bucket: (name, rate) => tokenBucket(values, slotOf(name), rate),
    quota: (name, period, limitOf) => quota(values, slotOf(name), period, limitOf),
  }
}

/**
 * Limits of several nodes, of which this one leases its part.
 *
 * @param inUse Tells the agent that leases for all threads of the node.
 */
export function leasedLimits(slots: SharedSlots, inUse: (limit: LimitInUse) => void): Limits {
  const board = leaseBoard(slots)
  return {
    bucket: (name, rate) => leasedBucket(slots, board, name, rate, () => inUse({ kind: 'bucket', name, rate })),
    quota: (name, period, limitOf) =>
      leasedQuota(slots, board, name, period, limitOf, (start, limit) => inUse({ kind: 'quota', name, start, limit })),
  }
}
