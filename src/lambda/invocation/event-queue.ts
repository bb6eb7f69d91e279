import type { Entry, Store } from '../../storage/store.ts'
import type { FunctionInvoker } from '../invoker.ts'
import { type EventRecord, events } from './event.ts'
import { nextTry, type Outcome } from './retry.ts'

/** An asynchronous invocation to be done. */
export type QueuedEvent = Pick<EventRecord, 'functionArn' | 'payload' | 'traceId'>

export interface EventQueue {
  /**
   * Takes an event over. Resolves when it is durable: from then on it is delivered at least once, across restarts,
   * until the function succeeded or its retries are used up.
   * @param scope `{account}/{region}` of the function.
   */
  add(scope: string, event: QueuedEvent): Promise<void>
  /** Takes up the events that an earlier process left. Call it when functions can be invoked. */
  resume(): Promise<void>
  /**
   * Starts no further try and resolves when the running ones are recorded, which may take as long as a function may run;
   * what is left waits in the store.
   */
  close(): Promise<void>
}

export interface EventQueueDependencies {
  readonly store: Store
  readonly invoker: FunctionInvoker
  readonly now: () => Date
  readonly newUuid: () => string
  /** Calls back once, after a delay; returns how to cancel. */
  readonly delay: (callback: () => void, ms: number) => () => void
  /** Told of what keeps the queue from doing its work: a store that fails. */
  readonly report: (error: unknown) => void
}

/** Tries of one function at once: an event that hangs holds back no other function's. */
const maxTriesPerFunction = 50

interface Lane {
  readonly waiting: Ticket[]
  running: number
}

/** Where an event is kept: payloads stay in the store until their turn. */
interface Ticket {
  readonly scope: string
  readonly key: string
}

/** @see {@link EventQueue} */
export function createEventQueue(dependencies: EventQueueDependencies): EventQueue {
  const { store, invoker, now, newUuid, delay, report } = dependencies
  const lanes = new Map<string, Lane>()
  const alarms = new Set<() => void>()
  const running = new Set<Promise<void>>()
  /** Keys of the events that wait here: one that is resumed while it waits is not run twice. */
  const held = new Set<string>()
  let isClosed = false

  function take(scope: string, entry: Entry<EventRecord>): void {
    if (held.has(entry.key)) return
    held.add(entry.key)
    schedule(scope, entry)
  }

  function schedule(scope: string, { key, document }: Entry<EventRecord>): void {
    if (isClosed) return
    const waitMs = document.dueAt - now().getTime()
    if (waitMs <= 0) {
      line(document.functionArn, { scope, key })
      return
    }
    const cancel = delay(() => {
      alarms.delete(cancel)
      line(document.functionArn, { scope, key })
    }, waitMs)
    alarms.add(cancel)
  }

  function line(functionArn: string, ticket: Ticket): void {
    const lane = lanes.get(functionArn) ?? { waiting: [], running: 0 }
    lanes.set(functionArn, lane)
    lane.waiting.push(ticket)
    advance(functionArn, lane)
  }

  function advance(functionArn: string, lane: Lane): void {
    while (!isClosed && lane.running < maxTriesPerFunction) {
      const ticket = lane.waiting.shift()
      if (ticket === undefined) break
      lane.running++
      const done = attempt(ticket)
        .catch(report)
        .finally(() => {
          running.delete(done)
          lane.running--
          advance(functionArn, lane)
        })
      running.add(done)
    }
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(functionArn)
  }

  async function attempt({ scope, key }: Ticket): Promise<void> {
    const event = await store.read((reader) => reader.get(events, scope, key))
    if (event === undefined) {
      held.delete(key)
      return
    }
    const next = nextTry(event, await invoke(event), now().getTime())
    await store.write(async (transaction) => {
      if (next === undefined) await transaction.delete(events, scope, key)
      else await transaction.put(events, scope, key, next)
    })
    if (next === undefined) held.delete(key)
    else schedule(scope, { key, document: next })
  }

  async function invoke({ functionArn, payload, traceId }: EventRecord): Promise<Outcome> {
    const traced = traceId === undefined ? {} : { traceId }
    try {
      return { result: await invoker.invoke({ functionArn, payload, invocationType: 'RequestResponse', ...traced }) }
    } catch (error) {
      return { error }
    }
  }

  return {
    async add(scope, event) {
      const acceptedAt = now().getTime()
      const document: EventRecord = { ...event, acceptedAt, dueAt: acceptedAt, failures: 0, deferrals: 0 }
      const key = newUuid()
      await store.write((transaction) => transaction.put(events, scope, key, document))
      take(scope, { key, document })
    },

    async resume() {
      const left = await store.read(async (reader) => {
        const scopes = await reader.scopes(events)
        return Promise.all(scopes.map(async (scope) => ({ scope, entries: await reader.list(events, scope) })))
      })
      const inOrder = left
        .flatMap(({ scope, entries }) => entries.map((entry) => ({ scope, entry })))
        .sort((a, b) => a.entry.document.acceptedAt - b.entry.document.acceptedAt)
      for (const { scope, entry } of inOrder) take(scope, entry)
    },

    async close() {
      isClosed = true
      for (const cancel of alarms) cancel()
      alarms.clear()
      await Promise.all(running)
    },
  }
}
