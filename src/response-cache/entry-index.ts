import { bucketWords, type CacheMemory } from './cache-memory.ts'

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
  find(hash: EntryHash): EntryPlace | undefined
  /** Puts an entry in the place of the one of that hash. Gives up where others change the bucket without end. */
  put(hash: EntryHash, entry: EntryPlace, expirySeconds: number): void
}

/** 64 bits of a digest. */
export interface EntryHash {
  /** 0 to 2³² - 1. */
  readonly bucket: number
  /** A signed word, not 0. */
  readonly tag: number
}

/** @param digest Hexadecimal. */
export function entryHash(digest: string): EntryHash {
  return { bucket: parseInt(digest.slice(0, 8), 16), tag: parseInt(digest.slice(8, 16), 16) | 0 || 1 }
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
  const bucketOf = ({ bucket }: EntryHash) => (bucket & mask) * bucketWords

  function slotOf(bucket: number, tag: number): number | undefined {
    for (let i = 0; i < slotCount; i++) {
      const slot = bucket + firstSlot + i * slotWords
      if (Atomics.load(index, slot) === tag) return slot
    }
    return undefined
  }

  function victim(bucket: number, isGone: (slot: number) => boolean): number {
    let first = bucket + firstSlot
    for (let i = 0; i < slotCount; i++) {
      const slot = bucket + firstSlot + i * slotWords
      if (Atomics.load(index, slot) === 0 || isGone(slot)) return slot
      if (Atomics.load(index, slot + expiryWord) < Atomics.load(index, first + expiryWord)) first = slot
    }
    return first
  }

  const perSegment = segments.bytes / 64
  const isGone = (slot: number) => {
    const segment = Math.floor((Atomics.load(index, slot + placeWord) >>> 0) / perSegment)
    return Atomics.load(segments.generations, segment) !== Atomics.load(index, slot + generationWord)
  }

  return {
    find(hash) {
      const bucket = bucketOf(hash)
      for (let tried = 0; tried < tries; tried++) {
        const version = Atomics.load(index, bucket)
        if ((version & 1) === 1) continue
        const slot = slotOf(bucket, hash.tag)
        const generation = slot === undefined ? 0 : Atomics.load(index, slot + generationWord)
        const place = slot === undefined ? 0 : Atomics.load(index, slot + placeWord) >>> 0
        if (Atomics.load(index, bucket) !== version) continue
        return slot === undefined ? undefined : { generation, place }
      }
      return undefined
    },
    put(hash, { generation, place }, expirySeconds) {
      const bucket = bucketOf(hash)
      for (let tried = 0; tried < tries; tried++) {
        const version = Atomics.load(index, bucket)
        if ((version & 1) === 1) continue
        if (Atomics.compareExchange(index, bucket, version, version + 1) !== version) continue
        const slot = slotOf(bucket, hash.tag) ?? victim(bucket, isGone)
        Atomics.store(index, slot, hash.tag)
        Atomics.store(index, slot + generationWord, generation)
        Atomics.store(index, slot + placeWord, place | 0)
        Atomics.store(index, slot + expiryWord, expirySeconds)
        Atomics.store(index, bucket, version + 2)
        return
      }
    },
  }
}
