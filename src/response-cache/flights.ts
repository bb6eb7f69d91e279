import type { CacheMemory } from './cache-memory.ts'
import type { CacheKey } from './response-cache.ts'

/** What tells calls apart. */
export type FlightKey = Pick<CacheKey, 'text' | 'hash'>

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
  begin(key: FlightKey): Flight | undefined
  /** Takes the place of an equal call that is under way: what that brings is not to be kept. */
  replace(key: FlightKey): Flight
  /** Resolves when the call that is under way has ended, or after `timeoutMs`. */
  ended(key: FlightKey, timeoutMs: number): Promise<void>
}

/**
 * The flights of all threads, as one of them sees them. A flight is one word, by hash: its token, or 0. Two keys with the same
 * word do not wait for each other: the second flies for its own thread alone.
 *
 * @param thread Below `maxThreads`.
 */
export function flightsOf({ flights }: Pick<CacheMemory, 'flights'>, thread: number): Flights {
  const here = new FlightsHere()
  const elsewhere = new Map<string, Promise<void>>()
  let lastSequence = 0

  function tokenFor(key: FlightKey): number {
    lastSequence = (lastSequence % sequenceMask) + 1
    return (tagOf(key) << tagShift) | (thread << threadShift) | lastSequence
  }

  function wordOf({ hash }: FlightKey): number {
    return hash.first % flights.length
  }

  function take(key: FlightKey, token: number): Flight {
    const flight = new TakenFlight(flights, here, key, wordOf(key), token)
    here.add(flight)
    return flight
  }

  async function endedElsewhere(key: FlightKey, timeoutMs: number): Promise<void> {
    const word = wordOf(key)
    const holder = Atomics.load(flights, word)
    if (!isFor(holder, key)) return
    const waiting = Atomics.waitAsync(flights, word, holder, timeoutMs)
    // A thread that has ended lands no more: the next flight begins without it.
    if ((await waiting.value) === 'timed-out') Atomics.compareExchange(flights, word, holder, 0)
  }

  return {
    begin(key) {
      if (here.of(key)) return undefined
      const token = tokenFor(key)
      const holder = Atomics.compareExchange(flights, wordOf(key), 0, token)
      return isFor(holder, key) ? undefined : take(key, token)
    },
    replace(key) {
      const before = here.of(key)
      if (before) here.remove(before)
      const token = tokenFor(key)
      const word = wordOf(key)
      const holder = Atomics.load(flights, word)
      if (holder === 0 || isFor(holder, key)) {
        Atomics.compareExchange(flights, word, holder, token)
        Atomics.notify(flights, word)
      }
      return take(key, token)
    },
    async ended(key, timeoutMs) {
      const flight = here.of(key)
      if (flight) return within(flight.landing, timeoutMs)
      const known = elsewhere.get(key.text)
      if (known) return known
      const waiting = endedElsewhere(key, timeoutMs).finally(() => elsewhere.delete(key.text))
      elsewhere.set(key.text, waiting)
      return waiting
    },
  }
}

/**
 * The flights of one thread, one of each key, in chains by hash. A `Map` that keys come to and go from leaves a trail of tables, each
 * holding on to the next: what is in them is collected last.
 */
class FlightsHere {
  private readonly chains: (TakenFlight | undefined)[] = Array.from({ length: 1_024 })

  of(key: FlightKey): TakenFlight | undefined {
    let flight = this.chains[this.chainOf(key)]
    while (flight && flight.key.text !== key.text) flight = flight.next
    return flight
  }

  add(flight: TakenFlight): void {
    const chain = this.chainOf(flight.key)
    flight.next = this.chains[chain]
    this.chains[chain] = flight
  }

  remove(flight: TakenFlight): void {
    const chain = this.chainOf(flight.key)
    const first = this.chains[chain]
    if (first === flight) this.chains[chain] = flight.next
    for (let at = first; at; at = at.next) if (at.next === flight) at.next = flight.next
  }

  private chainOf({ hash }: FlightKey): number {
    return hash.second % this.chains.length
  }
}

class TakenFlight implements Flight {
  readonly key: FlightKey
  /** In its chain. */
  next: TakenFlight | undefined
  private readonly flights: Int32Array
  private readonly here: FlightsHere
  private readonly word: number
  private readonly token: number
  private landed: PromiseWithResolvers<void> | undefined

  constructor(flights: Int32Array, here: FlightsHere, key: FlightKey, word: number, token: number) {
    this.flights = flights
    this.here = here
    this.key = key
    this.word = word
    this.token = token
  }

  get isCurrent(): boolean {
    const holder = Atomics.load(this.flights, this.word)
    return this.isHere && (holder === this.token || !isFor(holder, this.key))
  }

  /** Resolves at the end. Most flights have nobody who waits. */
  get landing(): Promise<void> {
    this.landed ??= Promise.withResolvers<void>()
    return this.landed.promise
  }

  end(): void {
    const { flights, word, token } = this
    if (this.isHere) this.here.remove(this)
    if (Atomics.compareExchange(flights, word, token, 0) === token) Atomics.notify(flights, word)
    this.landed?.resolve()
  }

  private get isHere(): boolean {
    return this.here.of(this.key) === this
  }
}

/** A token: 13 bits of the hash that its word does not tell, the thread, and a number that is not 0. */
const sequenceMask = 0xfff
const threadShift = 12
const tagShift = 19

function tagOf({ hash }: FlightKey): number {
  return hash.second >>> tagShift
}

function isFor(token: number, key: FlightKey): boolean {
  return token !== 0 && token >>> tagShift === tagOf(key)
}

async function within(done: Promise<void>, timeoutMs: number): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, timeoutMs)
  await Promise.race([done, late.promise])
  clearTimeout(timer)
}
