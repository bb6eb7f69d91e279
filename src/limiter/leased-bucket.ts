import { firstTokens, type LeaseBoard } from './lease.ts'
import type { SharedSlots } from './shared-slots.ts'
import { bucketState, closed, type Limit, type Rate } from './token-bucket.ts'

/** The numbers of one leased bucket in memory that all threads of a node share. */
export interface LeasedBucketSlots {
  /** Tokens that the node holds, plus one: 0 when no thread has used the bucket lately. */
  readonly held: number
  /** Calls that were refused until now, doubled; odd while the cluster has no more tokens than this node was granted. */
  readonly refused: number
}

export function leasedBucketSlots({ slotOf }: SharedSlots, name: string): LeasedBucketSlots {
  return { held: slotOf(name), refused: slotOf(`${name} refused`) }
}

/**
 * A token bucket of several nodes, as one thread sees it: it takes from the tokens that the node has leased, without asking
 * anybody. Who leases is told when the bucket comes into use, and rung for before the tokens are used up.
 *
 * @param inUse Tells the agent of the bucket.
 */
export function leasedBucket(
  slots: SharedSlots,
  board: LeaseBoard,
  name: string,
  rate: Rate,
  inUse: () => void,
): Limit {
  if (rate.rateLimit <= 0 || rate.burstLimit < 1) return closed
  const { values } = slots
  const { held, refused } = leasedBucketSlots(slots, name)
  const lowMark = () => BigInt(Math.max(1, Math.ceil(firstTokens(rate, board.nodes()) / 2)))
  // Nodes come and go: it is worked out anew whenever the bucket comes into use, or is found empty.
  let low = lowMark()
  // Under another rate perhaps: the agent has to know.
  if (Atomics.load(values, held) !== 0n) inUse()
  return {
    take() {
      for (;;) {
        const before = Atomics.load(values, held)
        if (before === 0n) {
          const first = BigInt(firstTokens(rate, board.nodes()) + 1)
          if (Atomics.compareExchange(values, held, 0n, first) === 0n) inUse()
          low = lowMark()
        } else if (before === 1n) {
          low = lowMark()
          Atomics.add(values, refused, 2n)
          board.ring()
          return false
        } else if (Atomics.compareExchange(values, held, before, before - 1n) === before) {
          if (before - 1n === low) board.ring()
          return true
        }
      }
    },
    giveBack: () => addTo(values, held, 1n),
    more: () => (isDry(values, refused) ? undefined : board.nextGrant()),
    state() {
      const tokens = Number(Atomics.load(values, held)) - 1
      return bucketState(rate, tokens < 0 ? rate.burstLimit : tokens)
    },
  }
}

function isDry(values: BigInt64Array, refused: number): boolean {
  return Atomics.load(values, refused) % 2n !== 0n
}

/** Says whether the cluster has no more of a bucket. */
export function setDry(values: BigInt64Array, refused: number, dry: boolean): void {
  if (dry) Atomics.or(values, refused, 1n)
  else Atomics.and(values, refused, ~1n)
}

/** Adds to what a node holds of a bucket, unless the bucket has gone out of use. */
export function addTo(values: BigInt64Array, held: number, tokens: bigint): void {
  for (;;) {
    const before = Atomics.load(values, held)
    if (before === 0n || Atomics.compareExchange(values, held, before, before + tokens) === before) return
  }
}

/** Takes up to so many tokens out of what a node holds. @returns how many were taken. */
export function takeFrom(values: BigInt64Array, held: number, tokens: number): number {
  for (;;) {
    const before = Atomics.load(values, held)
    const taken = Math.min(tokens, Number(before) - 1)
    if (taken <= 0) return 0
    if (Atomics.compareExchange(values, held, before, before - BigInt(taken)) === before) return taken
  }
}
