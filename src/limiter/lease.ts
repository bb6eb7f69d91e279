import type { SharedSlots } from './shared-slots.ts'
import type { Rate } from './token-bucket.ts'

/**
 * The share of a limit that a node may use before it has asked the cluster: so many calls of a limit that nobody has used
 * lately. They are set aside for each node (`tokensAside`), so that even all nodes together stay within the limit, and most of it
 * is left for the node that needs it. One call at least: the first call of an idle limit is never refused.
 */
export function firstTokens({ burstLimit }: Rate, nodes: number): number {
  return Math.max(1, Math.floor(burstLimit / (4 * nodes)))
}

/**
 * What the cluster sets aside of a limit for each node that has not asked: its first tokens. A burst that has not one call
 * for each node is not divided up: the first call of each node is made up for when the node reports it.
 */
export function tokensAside(rate: Rate, nodes: number): number {
  return rate.burstLimit < nodes ? 0 : firstTokens(rate, nodes)
}

/** The same of a quota's calls that are left; of very few, none are set aside. */
export function firstCalls(remaining: number, nodes: number): number {
  return Math.floor(remaining / (2 * nodes))
}

/** What the threads of a node tell the agent that leases for them. */
export type LimitInUse =
  | { readonly kind: 'bucket'; readonly name: string; readonly rate: Rate }
  | {
      readonly kind: 'quota'
      readonly name: string
      /** The day on which the period began. */
      readonly start: number
      /** Calls of the period; infinite for those that are only counted. */
      readonly limit: number
    }

/** What a node's threads and its agent share besides the limits themselves. */
export interface LeaseBoard {
  /** How many nodes there are, as far as this one knows. */
  nodes(): number
  setNodes(count: number): void
  /** Has the agent exchange soon. It costs nothing while it has not answered the last ring. */
  ring(): void
  /** The agent answers all rings until now. */
  answer(): void
  /** Resolves when a ring has not been answered, or after a time. */
  rung(timeoutMs: number): Promise<void>
  /** The agent has taken in what was granted; `alone`: what this node gives itself while it cannot ask. */
  granted(alone: boolean): void
  /** Resolves with the next grant, or after `longestWaitMs`; undefined when this node is alone. */
  nextGrant(): Promise<void> | undefined
}

/** A grant that has not come after so long is not waited for, in milliseconds: some exchanges. */
const longestWaitMs = 50

/** Opens the board in one thread. */
export function leaseBoard({ values, slotOf }: SharedSlots): LeaseBoard {
  const nodes = slotOf('cluster: nodes')
  const bell = slotOf('cluster: bell')
  /** Counts grants, in steps of two; odd when the node is alone. */
  const grants = slotOf('cluster: grants')
  /** The wait that calls share until it ends: with a grant, or without one. */
  let awaited: { readonly after: bigint; readonly next: Promise<void> } | undefined

  async function untilGranted(after: bigint): Promise<void> {
    await Atomics.waitAsync(values, grants, after, longestWaitMs).value
    if (awaited?.after === after) awaited = undefined
  }
  return {
    nodes: () => Math.max(1, Number(Atomics.load(values, nodes))),
    setNodes: (count) => void Atomics.store(values, nodes, BigInt(count)),
    ring() {
      if (Atomics.load(values, bell) !== 0n) return
      Atomics.store(values, bell, 1n)
      Atomics.notify(values, bell, 1)
    },
    answer: () => void Atomics.store(values, bell, 0n),
    async rung(timeoutMs) {
      const { value } = Atomics.waitAsync(values, bell, 0n, timeoutMs)
      await value
    },
    granted(alone) {
      const before = Atomics.load(values, grants)
      Atomics.store(values, grants, ((before >> 1n) + 1n) * 2n + (alone ? 1n : 0n))
      Atomics.notify(values, grants)
    },
    nextGrant() {
      const after = Atomics.load(values, grants)
      if (after % 2n !== 0n) return undefined
      if (awaited?.after !== after) awaited = { after, next: untilGranted(after) }
      return awaited.next
    },
  }
}
