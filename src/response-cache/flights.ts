import type { CacheMemory } from './cache-memory.ts'
import { digestWord } from './digest-word.ts'

/** One call of many equal ones that asks a backend, in whatever thread the others are. */
export interface Flight {
  /** Whether no other has taken its place since. */
  readonly isCurrent: boolean
  /** Wakes all who wait for it. To be called once. */
  end(): void
}

/** The calls that are asking a backend for what is cached. */
export interface Flights {
  /** @returns Undefined when an equal call is under way. */
  begin(digest: string): Flight | undefined
  /** Takes the place of an equal call that is under way: what that brings is not to be kept. */
  replace(digest: string): Flight
  /** Resolves when the call that is under way has ended, or after `timeoutMs`. */
  ended(digest: string, timeoutMs: number): Promise<void>
}

/**
 * The flights of all threads, as one of them sees them. A flight is one word, by hash: its token, or 0. Two keys with the same
 * word do not wait for each other: the second flies for its own thread alone.
 *
 * @param thread Below `maxThreads`.
 */
export function flightsOf({ flights }: Pick<CacheMemory, 'flights'>, thread: number): Flights {
  // By numbers, for a `Map` enters texts in the table of all names of the program. Of two keys with the same number the second takes
  // the place of the first, whose equal calls then wait as those of other threads do, and whose response is not kept.
  const here = new Map<number, TakenFlight>()
  const elsewhere = new Map<string, Promise<void>>()
  let lastSequence = 0

  function tokenFor(digest: string): number {
    lastSequence = (lastSequence % sequenceMask) + 1
    return (tagOf(digest) << tagShift) | (thread << threadShift) | lastSequence
  }

  function wordOf(digest: string): number {
    return digestWord(digest, 16) % flights.length
  }

  function take(digest: string, token: number): Flight {
    const flight = new TakenFlight(flights, here, digest, wordOf(digest), token)
    here.set(numberOf(digest), flight)
    return flight
  }

  function takenHere(digest: string): TakenFlight | undefined {
    const flight = here.get(numberOf(digest))
    return flight?.digest === digest ? flight : undefined
  }

  async function endedElsewhere(digest: string, timeoutMs: number): Promise<void> {
    const word = wordOf(digest)
    const holder = Atomics.load(flights, word)
    if (!isFor(holder, digest)) return
    const waiting = Atomics.waitAsync(flights, word, holder, timeoutMs)
    // A thread that has ended lands no more: the next flight begins without it.
    if ((await waiting.value) === 'timed-out') Atomics.compareExchange(flights, word, holder, 0)
  }

  return {
    begin(digest) {
      if (takenHere(digest)) return undefined
      const token = tokenFor(digest)
      const holder = Atomics.compareExchange(flights, wordOf(digest), 0, token)
      return isFor(holder, digest) ? undefined : take(digest, token)
    },
    replace(digest) {
      const token = tokenFor(digest)
      const word = wordOf(digest)
      const holder = Atomics.load(flights, word)
      if (holder === 0 || isFor(holder, digest)) {
        Atomics.compareExchange(flights, word, holder, token)
        Atomics.notify(flights, word)
      }
      return take(digest, token)
    },
    async ended(digest, timeoutMs) {
      const flight = takenHere(digest)
      if (flight) return within(flight.landing, timeoutMs)
      const known = elsewhere.get(digest)
      if (known) return known
      const waiting = endedElsewhere(digest, timeoutMs).finally(() => elsewhere.delete(digest))
      elsewhere.set(digest, waiting)
      return waiting
    },
  }
}

class TakenFlight implements Flight {
  readonly digest: string
  private readonly flights: Int32Array
  private readonly here: Map<number, TakenFlight>
  private readonly word: number
  private readonly token: number
  private landed: PromiseWithResolvers<void> | undefined

  constructor(flights: Int32Array, here: Map<number, TakenFlight>, digest: string, word: number, token: number) {
    this.flights = flights
    this.here = here
    this.digest = digest
    this.word = word
    this.token = token
  }

  get isCurrent(): boolean {
    const holder = Atomics.load(this.flights, this.word)
    return this.isHere && (holder === this.token || !isFor(holder, this.digest))
  }

  /** Resolves at the end. Most flights have nobody who waits. */
  get landing(): Promise<void> {
    this.landed ??= Promise.withResolvers<void>()
    return this.landed.promise
  }

  end(): void {
    const { flights, word, token } = this
    if (this.isHere) this.here.delete(numberOf(this.digest))
    if (Atomics.compareExchange(flights, word, token, 0) === token) Atomics.notify(flights, word)
    this.landed?.resolve()
  }

  private get isHere(): boolean {
    return this.here.get(numberOf(this.digest)) === this
  }
}

/** Of a flight in its own thread. */
function numberOf(digest: string): number {
  return digestWord(digest, 32) | 0
}

/** A token: 13 bits of the digest, the thread, and a number that is not 0. */
const sequenceMask = 0xfff
const threadShift = 12
const tagShift = 19

function tagOf(digest: string): number {
  return digestWord(digest, 24) >>> 19
}

function isFor(token: number, digest: string): boolean {
  return token !== 0 && token >>> tagShift === tagOf(digest)
}

async function within(done: Promise<void>, timeoutMs: number): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, timeoutMs)
  await Promise.race([done, late.promise])
  clearTimeout(timer)
}
