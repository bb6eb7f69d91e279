import { collection, type Store } from '../storage/store.ts'
import type { ClusterStatus } from './lease-agent.ts'

/** Remembers how many nodes there are, so that one that starts while Redis is away knows its share of the limits. */
export interface NodeMemory {
  /** The most nodes that lived at once lately; undefined before Redis was ever reached. */
  readonly remembered: number | undefined
  /** Takes notice of how things stand. */
  note(status: ClusterStatus): Promise<void>
}

export interface NodeMemoryOptions {
  readonly store: Store
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number
}

/** Nodes that are restarted one after the other within this time are remembered as they were together, in milliseconds. */
const rememberedMs = 600_000

/** Of a gateway as a whole, whatever its accounts and regions. */
const scope = 'gateway'
const key = 'most'
const liveNodes = collection<{ readonly nodes: number }>('live-nodes')

/**
 * Opens the memory. It holds the most nodes of the last ten to twenty minutes of contact with Redis: a time without contact, or
 * without this node, teaches nothing new.
 */
export async function nodeMemory({ store, nowMs }: NodeMemoryOptions): Promise<NodeMemory> {
  const remembered = (await store.read((reader) => reader.get(liveNodes, scope, key)))?.nodes
  let stored = remembered
  let before = remembered ?? 0
  let lately = 0
  let sinceMs = nowMs()

  return {
    remembered,
    async note({ state, nodes }) {
      if (state === 'alone') {
        sinceMs = nowMs()
        return
      }
      if (nowMs() - sinceMs > rememberedMs) {
        before = lately
        lately = 0
        sinceMs = nowMs()
      }
      lately = Math.max(lately, nodes)
      const most = Math.max(before, lately)
      if (most === stored) return
      await store.write((transaction) => transaction.put(liveNodes, scope, key, { nodes: most }))
      stored = most
    },
  }
}
