import { claimSlot } from '../../../limiter/shared-slots.ts'

/** More names than that are refused: what cannot be counted must not run. */
const maxNames = 262_144

/** Memory for the counts of one process: it is real only where it is used. @param threads Those that count. */
export function countMemory(threads: number, names: number = maxNames): SharedArrayBuffer {
  return new SharedArrayBuffer(names * (BigInt64Array.BYTES_PER_ELEMENT + (1 + threads) * Int32Array.BYTES_PER_ELEMENT))
}

/** The place of a name in `SharedCounts`: the same in every thread. */
export type CountPlace = number

/**
 * How many of something each thread has, such as function processes, in memory that all threads share. Sums are exact at
 * every moment: a limit over all threads is kept without asking any of them. Beside each sum stand the shares of the
 * threads, so that what a thread held when it broke down can be given back.
 */
export class SharedCounts {
  readonly #names: BigInt64Array
  readonly #sums: Int32Array
  /** For each name a share for each thread. */
  readonly #shares: Int32Array
  readonly #threads: number
  readonly #thread: number

  /**
   * @param memory From `countMemory`, for as many `threads`.
   * @param thread Which of the threads this is: 0, 1, …
   */
  constructor(memory: SharedArrayBuffer, { threads, thread }: { readonly threads: number; readonly thread: number }) {
    const { BYTES_PER_ELEMENT: nameBytes } = BigInt64Array
    const { BYTES_PER_ELEMENT: countBytes } = Int32Array
    const names = memory.byteLength / (nameBytes + (1 + threads) * countBytes)
    this.#names = new BigInt64Array(memory, 0, names)
    this.#sums = new Int32Array(memory, names * nameBytes, names)
    this.#shares = new Int32Array(memory, names * (nameBytes + countBytes), names * threads)
    this.#threads = threads
    this.#thread = thread
  }

  /** @throws {RangeError} when the memory has no place for another name. */
  placeOf(name: string): CountPlace {
    const place = claimSlot(this.#names, name)
    if (place === undefined) throw new RangeError(`There are more than ${this.#names.length} function versions`)
    return place
  }

  /** Takes one more. @returns False, and nothing is taken, when all threads together have `limit` already. */
  take(place: CountPlace, limit: number): boolean {
    for (;;) {
      const sum = this.sum(place)
      if (sum >= limit) return false
      if (Atomics.compareExchange(this.#sums, place, sum, sum + 1) !== sum) continue
      Atomics.add(this.#shares, this.#shareOf(place, this.#thread), 1)
      return true
    }
  }

  /** One more, whatever the others have. */
  add(place: CountPlace): void {
    Atomics.add(this.#sums, place, 1)
    Atomics.add(this.#shares, this.#shareOf(place, this.#thread), 1)
  }

  /** Gives one back that this thread has taken or added. */
  give(place: CountPlace): void {
    Atomics.sub(this.#shares, this.#shareOf(place, this.#thread), 1)
    Atomics.sub(this.#sums, place, 1)
  }

  /** What all threads have together. */
  sum(place: CountPlace): number {
    return Atomics.load(this.#sums, place)
  }

  /** Another thread that has at least one; `undefined` when there is none. */
  holder(place: CountPlace): number | undefined {
    const own = Atomics.load(this.#shares, this.#shareOf(place, this.#thread))
    if (this.sum(place) - own <= 0) return undefined
    for (let step = 1; step < this.#threads; step++) {
      const thread = (this.#thread + step) % this.#threads
      if (Atomics.load(this.#shares, this.#shareOf(place, thread)) > 0) return thread
    }
    return undefined
  }

  /** Gives everything of this thread back: for whoever learns that it has ended. */
  giveAllBack(): void {
    for (let place = 0; place < this.#names.length; place++) {
      if (Atomics.load(this.#names, place) === 0n) continue
      const share = Atomics.exchange(this.#shares, this.#shareOf(place, this.#thread), 0)
      Atomics.sub(this.#sums, place, share)
    }
  }

  #shareOf(place: CountPlace, thread: number): number {
    return place * this.#threads + thread
  }
}
