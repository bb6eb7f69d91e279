import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { slotMemory } from '../src/limiter/shared-slots.ts'
import type { Rate } from '../src/limiter/token-bucket.ts'
import type { Caller } from './bare/limit-caller.ts'

/** A limit and the threads that call it, at ten times its rate together. */
export interface Scene {
  readonly rate: Rate
  readonly seconds: number
  /** The share of the calls that each thread makes. */
  readonly shares: readonly number[]
  /** Makes each thread a node of a cluster. */
  readonly redisUrl?: string
}

export interface Accuracy {
  /** Calls that were admitted. */
  readonly admitted: number
  /** What the rate and the burst allow in the time. */
  readonly allowed: number
  /** The most calls that were ever admitted beyond what is allowed until then; below 0 when there never were too many. */
  readonly overshoot: number
}

const overload = 10
const slots = 1_024

/** Measures how exactly a limit is kept. */
export async function accuracyOf({ rate, seconds, shares, redisUrl }: Scene): Promise<Accuracy> {
  const gate = new SharedArrayBuffer(4)
  const counts = new SharedArrayBuffer(24 * shares.length)
  const oneMachine = slotMemory(slots)
  const workers = shares.map((share, index) => {
    const memory = redisUrl === undefined ? oneMachine : slotMemory(slots)
    const cluster = redisUrl === undefined ? {} : { redisUrl, nodes: shares.length }
    const perSecond = share * overload * rate.rateLimit
    const caller: Caller = { memory, rate, perSecond, seconds, gate, counts, index, ...cluster }
    return new Worker(new URL('./bare/limit-caller.ts', import.meta.url), { workerData: caller })
  })
  const ended = Promise.all(workers.map((worker) => once(worker, 'exit')))
  const values = new BigInt64Array(counts)
  const all = (offset: number) => shares.map((_, i) => Number(Atomics.load(values, 3 * i + offset)))
  const total = (offset: number) => all(offset).reduce((sum, value) => sum + value, 0)

  while (total(1) < shares.length) await pause(1)
  const startedAt = performance.now()
  Atomics.store(new Int32Array(gate), 0, 1)
  const allowedNow = () => rate.burstLimit + (rate.rateLimit * (performance.now() - startedAt)) / 1000
  let overshoot = Number.NEGATIVE_INFINITY
  let running = true
  void ended.finally(() => {
    running = false
  })
  while (running) {
    overshoot = Math.max(overshoot, total(0) - allowedNow())
    await pause(1)
  }
  await ended
  const called = Math.max(...all(2)) / 1e6
  return { admitted: total(0), allowed: Math.round(rate.burstLimit + rate.rateLimit * called), overshoot }
}
