import { maxResponseBytes as awsMaximum, type CacheMemory, placeBytes } from './cache-memory.ts'
import { entryHeadBytes, linesText, readEntry, writeEntry } from './entry.ts'
import { entryHash, entryIndex } from './entry-index.ts'
import { type CacheFlush, lengthOf, type ResponseCache } from './response-cache.ts'
import { segmentsOf } from './segments.ts'
import { stageSlots } from './stage-slots.ts'

/** Header lines that a response may have besides its body, in bytes. */
const linesReserve = 16_384

/**
 * One thread's view of the responses that all threads of the process keep together.
 *
 * @param thread Below `maxThreads`; no two threads may have the same at once.
 * @param now Epoch milliseconds.
 */
export function sharedMemoryCache(memory: CacheMemory, thread: number, now: () => number): ResponseCache {
  const { epochs, segments: table } = memory
  const slots = stageSlots(memory)
  const segments = segmentsOf(memory, thread)
  const index = entryIndex(memory)
  const placesPerSegment = table.bytes / placeBytes

  return {
    maxResponseBytes: Math.min(awsMaximum, table.bytes - entryHeadBytes - linesReserve),
    epoch({ name }) {
      const stage = slots.slotOf(name)
      return stage === undefined ? 0 : Atomics.load(epochs, stage)
    },
    find({ cache, digest, epoch }) {
      const stage = slots.slotOf(cache.name)
      const found = stage === undefined ? undefined : index.find(entryHash(digest))
      if (!found || stage === undefined) return undefined
      const segment = Math.floor(found.place / placesPerSegment)
      if (!segments.hold(segment, found.generation)) return undefined
      const at = (found.place - segment * placesPerSegment) * placeBytes
      const response = readEntry(table.contents(segment), at, { stage, epoch, digest }, now())
      segments.release()
      return response
    },
    keep({ cache, digest, epoch }, { status, headers, pieces }, ttlSeconds) {
      const stage = slots.slotOf(cache.name)
      const lines = linesText(headers)
      const bodyBytes = lengthOf(pieces)
      const bytes = Math.ceil((entryHeadBytes + lines.length + bodyBytes) / placeBytes) * placeBytes
      if (stage === undefined || bodyBytes > awsMaximum || bytes > table.bytes) return
      if (Atomics.load(epochs, stage) !== epoch) return
      const share = Math.max(1, Math.floor(cache.maxBytes / table.bytes))
      const room = segments.holdRoom(stage, share, bytes)
      if (!room) return
      const { segment, generation, at } = room
      const expiresAt = now() + ttlSeconds * 1_000
      writeEntry(table.contents(segment), at, { stage, epoch, status, expiresAt, digest }, lines, pieces)
      const place = segment * placesPerSegment + at / placeBytes
      index.put(entryHash(digest), { place, generation }, Math.floor(expiresAt / 1_000))
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
