import { maxResponseBytes as awsMaximum, type CacheMemory, placeBytes } from './cache-memory.ts'
import { entryHeadBytes, linesText, readEntry, writeEntry } from './entry.ts'
import { entryIndex } from './entry-index.ts'
import { keyHash } from './key-hash.ts'
import { type CacheFlush, lengthOf, type ResponseCache } from './response-cache.ts'
import { segmentsOf } from './segments.ts'
import { stageSlots } from './stage-slots.ts'

/** Room for a key's text and a response's header lines, besides its body, in bytes. */
const linesReserve = 16_384

/**
 * One thread's view of the responses that all threads of the process keep together.
 *
 * @param thread Below `maxThreads`; no two threads may have the same at once.
 * @param now Epoch milliseconds.
 */
export function sharedMemoryCache(memory: CacheMemory, thread: number, now: () => number): ResponseCache {
  const { epochs, seed, segments: table } = memory
  const slots = stageSlots(memory)
  const segments = segmentsOf(memory, thread)
  const index = entryIndex(memory)
  const placesPerSegment = table.bytes / placeBytes

  return {
    maxResponseBytes: Math.min(awsMaximum, table.bytes - entryHeadBytes - linesReserve),
    keyOf(cache, text) {
      const slot = slots.slotOf(cache.name)
      const epoch = slot === undefined ? 0 : Atomics.load(epochs, slot)
      return { cache, text, hash: keyHash(text, seed), slot, epoch }
    },
    find({ text, hash, slot, epoch }) {
      const found = slot === undefined ? undefined : index.find(hash)
      if (!found || slot === undefined) return undefined
      const segment = Math.floor(found.place / placesPerSegment)
      if (!segments.hold(segment, found.generation)) return undefined
      const at = (found.place - segment * placesPerSegment) * placeBytes
      const response = readEntry(table.contents(segment), at, { stage: slot, epoch, key: text }, now())
      segments.release()
      return response
    },
    keep({ cache, text, hash, slot, epoch }, { status, headers, pieces }, ttlSeconds) {
      const lines = linesText(headers)
      const keyBytes = Buffer.byteLength(text)
      const bodyBytes = lengthOf(pieces)
      const bytes = Math.ceil((entryHeadBytes + keyBytes + lines.length + bodyBytes) / placeBytes) * placeBytes
      if (slot === undefined || bodyBytes > awsMaximum || bytes > table.bytes) return
      if (epochs[slot] !== epoch) return
      const share = Math.max(1, Math.floor(cache.maxBytes / table.bytes))
      const room = segments.holdRoom(slot, share, bytes)
      if (!room) return
      const { segment, generation, at } = room
      const expiresAt = now() + ttlSeconds * 1_000
      writeEntry(table.contents(segment), at, { stage: slot, epoch, status, expiresAt, key: text }, lines, pieces)
      const place = segment * placesPerSegment + at / placeBytes
      index.put(hash, { place, generation }, Math.floor(expiresAt / 1_000))
      segments.release()
    },
  }
}

/** Flushes what the threads of this process keep: they all see it at once. */
export function sharedMemoryFlush(memory: CacheMemory): CacheFlush {
  const slots = stageSlots(memory)
  return {
    async flush(name) {
      const stage = slots.slotOf(name)
      if (stage !== undefined) Atomics.add(memory.epochs, stage, 1)
      return true
    },
  }
}
