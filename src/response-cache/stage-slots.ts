import { claimSlot } from '../limiter/shared-slots.ts'
import type { CacheMemory } from './cache-memory.ts'

/** The places of stages in the memory. */
export interface StageSlots {
  /** The same in every thread, and for good. @returns Undefined when there is no place for another: it has no cache then. */
  slotOf(name: string): number | undefined
}

/** Remembers the places of the names that this thread has asked for. */
export function stageSlots({ stageNames }: Pick<CacheMemory, 'stageNames'>): StageSlots {
  const known = new Map<string, number | undefined>()
  return {
    slotOf(name) {
      const slot = known.get(name)
      if (slot !== undefined || known.has(name)) return slot
      const claimed = claimSlot(stageNames, name)
      known.set(name, claimed)
      return claimed
    },
  }
}
