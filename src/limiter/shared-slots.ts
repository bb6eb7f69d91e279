import { hash } from 'node:crypto'

/** Numbers with names, in memory that all threads share. */
export interface SharedSlots {
  /**
   * The place of a name: the same in every thread, and for good.
   * @throws {RangeError} when the memory has no place for another name.
   */
  slotOf(name: string): number
  /** The numbers, by place: 0 at first. */
  readonly values: BigInt64Array
}

/** More names than that are refused: a limit that cannot be counted must not be served. */
export const maxSlots = 1_048_576

/** Memory for the numbers of one process: it is real only where it is used. */
export function slotMemory(slots: number = maxSlots): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * slots * BigInt64Array.BYTES_PER_ELEMENT)
}

/**
 * Opens the memory in one thread. It is a hash table with open addressing: a name claims its place once, in one atomic
 * exchange, and no thread has to ask another.
 *
 * @param memory From `slotMemory`.
 */
export function sharedSlots(memory: SharedArrayBuffer): SharedSlots {
  const count = memory.byteLength / (2 * BigInt64Array.BYTES_PER_ELEMENT)
  const names = new BigInt64Array(memory, 0, count)
  const values = new BigInt64Array(memory, names.byteLength, count)
  return {
    values,
    slotOf(name) {
      const slot = claimSlot(names, name)
      if (slot === undefined) throw new RangeError(`There are more than ${count} limits`)
      return slot
    },
  }
}

/**
 * The place of a name in a table that all threads share: the same in every thread, and for good.
 *
 * @param names 0 where a place is free.
 * @returns Undefined when the table is full.
 */
export function claimSlot(names: BigInt64Array, name: string): number | undefined {
  const digest = digestOf(name)
  const first = Number(BigInt.asUintN(32, digest)) % names.length
  for (let tried = 0; tried < names.length; tried++) {
    const slot = (first + tried) % names.length
    const holder = Atomics.compareExchange(names, slot, 0n, digest)
    if (holder === 0n || holder === digest) return slot
  }
  return undefined
}

/** 63 bits of a hash, and never 0, which marks a free place. */
function digestOf(name: string): bigint {
  const digest = BigInt.asIntN(64, BigInt(`0x${hash('sha256', name, 'hex').slice(0, 16)}`))
  return digest === 0n ? 1n : digest
}
