import { type CacheMemory, hazardWord, maxThreads } from './cache-memory.ts'
import { withLock } from './lock.ts'

/** Room for one response, in a segment that is not emptied until it is released. */
export interface Room {
  readonly segment: number
  readonly generation: number
  /** Byte in the segment. */
  readonly at: number
}

/**
 * Which cache has which segments of the memory, as one thread sees it. A cache adds to one segment until that is full and then
 * gets another: as long as it has less than its share, one that nobody has, and else its own oldest, emptied.
 *
 * No thread ever waits for another that reads or writes a segment. Who uses one says so first (a hazard), and checks then that
 * it is still what it was; who wants to empty one takes it from its cache first, and looks for hazards then. One of the two
 * sees the other, whatever the order, for all these are sequentially consistent.
 */
export interface Segments {
  /**
   * Begins to use a segment's bytes: until `release`, nobody empties it.
   * @returns False for one that has been emptied since that generation.
   */
  hold(segment: number, generation: number): boolean
  release(): void
  /**
   * Begins to use room for a response: until `release`, nobody empties its segment.
   * @param share How many segments the stage's cache may have.
   * @returns Undefined when there is none to be had just now.
   */
  holdRoom(stage: number, share: number, bytes: number): Room | undefined
}

/** Another thread may have filled the segment in between; more often than so, the response is not kept. */
const maxTries = 4

/** @param thread Below `maxThreads`; no two threads may have the same. */
export function segmentsOf(memory: CacheMemory, thread: number): Segments {
  const { hazards, open, epochs, segments: table } = memory
  const hazard = hazardWord(thread)
  // A thread that had this number may have ended in the middle of something.
  Atomics.store(hazards, hazard, 0)
  if (Atomics.load(memory.lock, 0) === thread + 1) Atomics.store(memory.lock, 0, 0)

  function hold(segment: number): void {
    Atomics.store(hazards, hazard, segment + 1)
  }

  function release(): void {
    Atomics.store(hazards, hazard, 0)
  }

  /** Room in the segment that the stage adds to. */
  function roomIn(segment: number, stage: number, bytes: number): Room | undefined {
    hold(segment)
    const isOurs = Atomics.load(table.owners, segment) === stage + 1
    // Whoever made it ours had written these before, and nobody empties it now.
    if (isOurs && table.epochs[segment] === epochs[stage]) {
      const generation = table.generations[segment] ?? 0
      const at = Atomics.add(table.fills, segment, bytes)
      if (at + bytes <= table.bytes) return { segment, generation, at }
    }
    release()
    return undefined
  }

  return {
    hold(segment, generation) {
      hold(segment)
      if (Atomics.load(table.generations, segment) === generation) return true
      release()
      return false
    },
    release,
    holdRoom(stage, share, bytes) {
      for (let tried = 0; tried < maxTries; tried++) {
        const opened = Atomics.load(open, stage)
        const room = opened > 0 ? roomIn(opened - 1, stage, bytes) : undefined
        if (room) return room
        withLock(memory.lock, thread + 1, () => {
          if (Atomics.load(open, stage) === opened) openAnother(memory, stage, share)
        })
      }
      return undefined
    },
  }
}

/** Gives a stage another segment to add to, under the lock. */
function openAnother(memory: CacheMemory, stage: number, share: number): void {
  const { epochs, open, clock, segments: table } = memory
  for (const segment of candidates(memory, stage, share)) {
    if (!emptied(memory, segment)) continue
    Atomics.store(table.fills, segment, 0)
    Atomics.store(table.epochs, segment, Atomics.load(epochs, stage))
    Atomics.store(table.ages, segment, Atomics.add(clock, 0, 1))
    Atomics.store(table.owners, segment, stage + 1)
    Atomics.store(open, stage, segment + 1)
    return
  }
}

/** Takes a segment from its cache. @returns False while a thread uses it: nobody has it then. */
function emptied({ hazards, segments: table }: CacheMemory, segment: number): boolean {
  Atomics.store(table.owners, segment, 0)
  Atomics.add(table.generations, segment, 1)
  for (let thread = 0; thread < maxThreads; thread++) {
    if (Atomics.load(hazards, hazardWord(thread)) === segment + 1) return false
  }
  return true
}

/** The segments that a stage may get, the best first. */
function* candidates(memory: CacheMemory, stage: number, share: number): Generator<number> {
  const { free, held } = census(memory)
  const own = held.get(stage) ?? []
  if (own.length < share) yield* free
  const giver = own.length < share ? largest(held) : own
  yield* oldestFirst(giver.length > own.length ? giver : own, memory.segments.ages)
}

/** Who has which segments, of which none can change hands meanwhile. What a cache held before it was flushed is free. */
function census({ epochs, segments: table }: CacheMemory): { free: number[]; held: Map<number, number[]> } {
  const free: number[] = []
  const held = new Map<number, number[]>()
  for (let segment = 0; segment < table.count; segment++) {
    const owner = (table.owners[segment] ?? 0) - 1
    if (owner < 0 || table.epochs[segment] !== epochs[owner]) {
      free.push(segment)
      continue
    }
    const known = held.get(owner)
    if (known) known.push(segment)
    else held.set(owner, [segment])
  }
  return { free, held }
}

/** The first is nearly always all that is wanted. */
function* oldestFirst(segments: readonly number[], ages: Int32Array): Generator<number> {
  const left = [...segments]
  const age = (i: number) => ages[left[i] ?? 0] ?? 0
  while (left.length > 0) {
    let oldest = 0
    for (let i = 1; i < left.length; i++) if (age(i) < age(oldest)) oldest = i
    yield* left.splice(oldest, 1)
  }
}

/** Where nothing is free, the cache that holds most of the memory gives. */
function largest(held: ReadonlyMap<number, number[]>): number[] {
  let most: number[] = []
  for (const segments of held.values()) if (segments.length > most.length) most = segments
  return most
}
