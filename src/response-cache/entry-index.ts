import { bucketWords, type CacheMemory, placeBytes } from './cache-memory.ts'
import type { KeyHash } from './key-hash.ts'

/** Where an entry is. */
export interface EntryPlace {
  /** In units of `placeBytes` from the first segment. */
  readonly place: number
  /** Of its segment, when it was put there. */
  readonly generation: number
}

/**
 * Finds entries by hash, in buckets of seven. A full bucket gives up the entry that would expire first: this is a cache. Readers
 * take no lock: a bucket has a version, which is odd while it changes, and who has seen it change reads again.
 */
export interface EntryIndex {
  find(hash: KeyHash): EntryPlace | undefined
  /** Puts an entry in the place of the one of that hash. Gives up where others change the bucket without end. */
  put(hash: KeyHash, entry: EntryPlace, expirySeconds: number): void
}

const firstSlot = 4
const slotWords = 4
const slotCount = (bucketWords - firstSlot) / slotWords
/** Of a slot: its tag, 0 when it is empty; the generation of the entry's segment; its place; the second of its expiry. */
const generationWord = 1
const placeWord = 2
const expiryWord = 3
const tries = 1_000

export function entryIndex({ index, segments }: Pick<CacheMemory, 'index' | 'segments'>): EntryIndex {
  const mask = index.length / bucketWords - 1
  // Not atomic, which takes its time. Where a processor reads such words late, what was found may be of two entries: whoever reads
  // an entry checks the whole of its key.
  const word = (at: number) => index[at] ?? 0
  const bucketOf = ({ first }: KeyHash) => (first & mask) * bucketWords
  const tagOf = ({ second }: KeyHash) => second | 0 || 1

  function slotOf(bucket: number, tag: number): number | undefined {
    for (let i = 0; i < slotCount; i++) {
      const slot = bucket + firstSlot + i * slotWords
      if (word(slot) === tag) return slot
    }
    return undefined
  }

  /** The slot of a tag, else one that is free, else the one that would expire first. The bucket is the caller's alone. */
  function slotFor(bucket: number, tag: number): number {
    let free: number | undefined
    let first = bucket + firstSlot
    for (let i = 0; i < slotCount; i++) {
      const slot = bucket + firstSlot + i * slotWords
      if (word(slot) === tag) return slot
      if (free === undefined && (word(slot) === 0 || isGone(slot))) free = slot
      if (word(slot + expiryWord) < word(first + expiryWord)) first = slot
    }
    return free ?? first
  }

  const perSegment = segments.bytes / placeBytes
  const isGone = (slot: number) => {
    const segment = Math.floor((word(slot + placeWord) >>> 0) / perSegment)
    return segments.generations[segment] !== word(slot + generationWord)
  }

  return {
    find(hash) {
      const bucket = bucketOf(hash)
      for (let tried = 0; tried < tries; tried++) {
        const version = word(bucket)
        const slot = slotOf(bucket, tagOf(hash))
        // A change concerns one slot: what is in another is seen.
        if (slot === undefined) return undefined
        const generation = word(slot + generationWord)
        const place = word(slot + placeWord) >>> 0
        if ((version & 1) === 0 && Atomics.load(index, bucket) === version) return { generation, place }
      }
      return undefined
    },
    put(hash, { generation, place }, expirySeconds) {
      const bucket = bucketOf(hash)
      for (let tried = 0; tried < tries; tried++) {
        const version = Atomics.load(index, bucket)
        if ((version & 1) === 1) continue
        if (Atomics.compareExchange(index, bucket, version, version + 1) !== version) continue
        const slot = slotFor(bucket, tagOf(hash))
        index[slot] = tagOf(hash)
        index[slot + generationWord] = generation
        index[slot + placeWord] = place | 0
        index[slot + expiryWord] = expirySeconds
        Atomics.store(index, bucket, version + 2)
        return
      }
    },
  }
}
