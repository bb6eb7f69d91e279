import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { connectRedis } from '../../src/cluster/connect.ts'
import { startLeaseAgent } from '../../src/cluster/lease-agent.ts'
import { redisAuthority } from '../../src/cluster/redis-authority.ts'
import { leasedLimits, localLimits } from '../../src/limiter/limits.ts'
import { sharedSlots } from '../../src/limiter/shared-slots.ts'
import type { Rate } from '../../src/limiter/token-bucket.ts'

/** What a thread is to do that calls a limit. */
export interface Caller {
  /** From `slotMemory`: of one machine, shared by its threads; of nodes, one each. */
  readonly memory: SharedArrayBuffer
  readonly rate: Rate
  /** Calls it offers. */
  readonly perSecond: number
  readonly seconds: number
  /** Starts as 0; the threads begin together when it is another number. */
  readonly gate: SharedArrayBuffer
  /** Three places for each thread: calls that were admitted, whether it is ready, and when it has called last, in microseconds. */
  readonly counts: SharedArrayBuffer
  readonly index: number
  /** Makes it a node of a cluster. */
  readonly redisUrl?: string
  readonly nodes?: number
}

const { memory, rate, perSecond, seconds, gate, counts, index, redisUrl, nodes = 1 }: Caller = workerData
const slots = sharedSlots(memory)
const log = { error() {}, debug() {} }
const agent =
  redisUrl === undefined
    ? undefined
    : startLeaseAgent({
        authority: redisAuthority(connectRedis(redisUrl), randomUUID()),
        slots,
        log,
        shares: { atStart: 1, least: 1 },
      })
while (agent && agent.status().nodes < nodes) await turn()

const limit = (agent ? leasedLimits(slots, agent.inUse) : localLimits(slots)).bucket('limit', rate)
const admitted = new BigInt64Array(counts)
const start = new Int32Array(gate)
Atomics.store(admitted, 3 * index + 1, 1n)
while (Atomics.load(start, 0) === 0) await turn()

const epochMs = Date.now()
const startedAt = performance.now()
let offered = 0
for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - startedAt) / 1000) {
  const due = Math.floor(elapsed * perSecond)
  for (; offered < due; offered++) {
    if (limit.take({ monotonicNs: process.hrtime.bigint(), epochMs })) Atomics.add(admitted, 3 * index, 1n)
  }
  Atomics.store(admitted, 3 * index + 2, BigInt(Math.round((performance.now() - startedAt) * 1000)))
  await turn()
}
await agent?.stop()
