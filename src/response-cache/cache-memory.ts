import { randomInt } from 'node:crypto'
import { ConfigError } from '../config/config-error.ts'

/** How many threads of one process may use the memory at once. */
export const maxThreads = 128
/** How many stages may have a cache at once. */
const maxStages = 16_384
const flightCount = 65_536
/** Hazards of two threads are never on one line of the processor's cache. */
const lineWords = 16
/** Of an index bucket: a version, and `bucketSlots` slots of `slotWords`. */
export const bucketWords = 32
const kibibyte = 1_024
const mebibyte = 1_048_576
/** Documented: the largest response that is cached, in bytes. */
export const maxResponseBytes = mebibyte
/** Places in segments are counted in so many bytes. */
export const placeBytes = 64

/** The memory of all caches of one process, as one thread sees it: every part is shared by all threads. */
export interface CacheMemory {
  /** Of the hashes of keys: a signed word, drawn when the memory was allocated. */
  readonly seed: number
  /** One word: who changes which cache has which segments. */
  readonly lock: Int32Array
  /** One word: how often a segment was given out. */
  readonly clock: Int32Array
  /** By thread, `lineWords` apart: one more than the segment whose bytes it is using, or 0. */
  readonly hazards: Int32Array
  /** By stage: hash of its name, or 0. */
  readonly stageNames: BigInt64Array
  /** By stage: how often it was flushed. */
  readonly epochs: Int32Array
  /** By stage: one more than the segment that its responses are added to, or 0. */
  readonly open: Int32Array
  /** By hash: who is asking a backend for it, or 0. */
  readonly flights: Int32Array
  /** Buckets of `bucketWords`. */
  readonly index: Int32Array
  readonly segments: SegmentTable
}

/** What is known of each segment. */
export interface SegmentTable {
  readonly count: number
  readonly bytes: number
  /** How often it was emptied: what was found in an earlier generation is gone. */
  readonly generations: Int32Array
  /** One more than the stage whose responses it holds, or 0. */
  readonly owners: Int32Array
  /** The stage's epoch when it was given out. */
  readonly epochs: Int32Array
  /** When it was given out, by `clock`. */
  readonly ages: Int32Array
  /** Bytes in use. */
  readonly fills: Int32Array
  /** The bytes of one. */
  contents(segment: number): Buffer
}

export function hazardWord(thread: number): number {
  return thread * lineWords
}

/**
 * Memory for the responses of one process, and all that finds them: it is real only where it is used.
 * @param bytes At least 1 MiB.
 * @throws {ConfigError} when the system has no room for so much.
 */
export function allocateCacheMemory(bytes: number): SharedArrayBuffer {
  try {
    const memory = new SharedArrayBuffer(bytes)
    new Int32Array(memory, 0, 1)[0] = randomInt(2 ** 32)
    return memory
  } catch {
    const megabytes = Math.floor(bytes / mebibyte)
    throw new ConfigError([`maxCacheMegabytes is ${megabytes}, but the system has no room for so much memory`])
  }
}

/** Opens the memory in one thread. */
export function openCacheMemory(memory: SharedArrayBuffer): CacheMemory {
  const layout = new Layout(memory)
  const bytes = segmentBytes(memory.byteLength)
  const [seed = 0] = layout.words(lineWords)
  const parts = {
    seed,
    lock: layout.words(lineWords),
    clock: layout.words(lineWords),
    hazards: layout.words(maxThreads * lineWords),
    stageNames: layout.bigWords(stagesIn(memory.byteLength)),
    epochs: layout.words(stagesIn(memory.byteLength)),
    open: layout.words(stagesIn(memory.byteLength)),
    flights: layout.words(flightsIn(memory.byteLength)),
    index: layout.words(bucketsIn(memory.byteLength) * bucketWords),
  }
  const count = Math.floor((memory.byteLength - layout.end - lineWords * 64) / (bytes + 20))
  const table = {
    generations: layout.words(count),
    owners: layout.words(count),
    epochs: layout.words(count),
    ages: layout.words(count),
    fills: layout.words(count),
  }
  const first = layout.aligned()
  const contents: Buffer[] = []
  return {
    ...parts,
    segments: {
      count,
      bytes,
      ...table,
      contents(segment) {
        const known = contents[segment]
        if (known) return known
        const opened = Buffer.from(memory, first + segment * bytes, bytes)
        contents[segment] = opened
        return opened
      },
    },
  }
}

/** Where the memory is large, a segment takes several of the largest responses, and there are never more than some thousands. */
function segmentBytes(memoryBytes: number): number {
  if (memoryBytes < 64 * mebibyte) return Math.max(64 * kibibyte, powerOf2(memoryBytes / 32))
  return Math.max(4 * mebibyte, 2 * powerOf2(memoryBytes / 4_096))
}

/** One slot for half a kibibyte of responses. */
function bucketsIn(memoryBytes: number): number {
  return powerOf2(memoryBytes / 4_096)
}

function stagesIn(memoryBytes: number): number {
  return Math.min(maxStages, powerOf2(memoryBytes / 4_096))
}

function flightsIn(memoryBytes: number): number {
  return Math.min(flightCount, powerOf2(memoryBytes / 64))
}

/** The largest power of two that is not above a number. */
function powerOf2(number: number): number {
  return 2 ** Math.floor(Math.log2(number))
}

/** Places one part after the other. */
class Layout {
  end = 0
  private readonly memory: SharedArrayBuffer

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory
  }

  words(count: number): Int32Array {
    const words = new Int32Array(this.memory, this.aligned(), count)
    this.end += words.byteLength
    return words
  }

  bigWords(count: number): BigInt64Array {
    const words = new BigInt64Array(this.memory, this.aligned(), count)
    this.end += words.byteLength
    return words
  }

  aligned(): number {
    this.end = Math.ceil(this.end / placeBytes) * placeBytes
    return this.end
  }
}
