import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { refusing } from './admit.ts'
import { leaseBoard } from './lease.ts'
import { periodStart, quota, readCount, writeCount } from './quota.ts'
import { sharedSlots, slotMemory } from './shared-slots.ts'
import { type Limit, type Now, type Rate, tokenBucket } from './token-bucket.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000
const at = (seconds: number, epochMs = 0): Now => ({ monotonicNs: BigInt(Math.round(seconds * 1e9)), epochMs })

function bucket(rate: Rate): Limit {
  return tokenBucket(new BigInt64Array(1), 0, rate)
}

/** How many of so many calls at one moment are admitted. */
function admitted(limit: Limit, calls: number, now: Now): number {
  let count = 0
  for (let i = 0; i < calls; i++) if (limit.take(now)) count++
  return count
}

describe('a token bucket', () => {
  test('admits a burst, and then as many as come back', () => {
    const limit = bucket({ rateLimit: 10, burstLimit: 5 })
    assert.equal(admitted(limit, 20, at(1)), 5)
    assert.equal(admitted(limit, 20, at(1.1)), 1)
    assert.equal(admitted(limit, 20, at(1.35)), 2)
    assert.equal(admitted(limit, 20, at(100)), 5)
  })

  test('admits less than one call per second', () => {
    const limit = bucket({ rateLimit: 0.5, burstLimit: 1 })
    assert.equal(admitted(limit, 3, at(1)), 1)
    assert.equal(admitted(limit, 3, at(2.9)), 0)
    assert.equal(admitted(limit, 3, at(3)), 1)
  })

  test('that was emptied fills at the rate that it is given', () => {
    const values = new BigInt64Array(1)
    assert.equal(admitted(tokenBucket(values, 0, { rateLimit: 0.001, burstLimit: 9 }), 20, at(1)), 9)
    const faster = tokenBucket(values, 0, { rateLimit: 10, burstLimit: 5 })
    assert.equal(admitted(faster, 20, at(1)), 1)
    assert.equal(admitted(faster, 20, at(1.2)), 2)
    assert.equal(admitted(faster, 20, at(9)), 5)
  })

  test('gives nothing back to a thread that was held up after it looked at the clock', () => {
    const limit = bucket({ rateLimit: 10, burstLimit: 5 })
    assert.equal(admitted(limit, 20, at(1.5)), 5)
    assert.equal(admitted(limit, 20, at(1)), 0)
    assert.equal(admitted(limit, 20, at(1.5)), 0)
  })

  for (const [name, rate] of [
    ['a rate of 0', { rateLimit: 0, burstLimit: 5 }],
    ['a burst of 0', { rateLimit: 5, burstLimit: 0 }],
  ] as const) {
    test(`with ${name} admits nobody`, () => assert.equal(admitted(bucket(rate), 5, at(1)), 0))
  }

  test('takes nothing from calls that it refuses', () => {
    const limit = bucket({ rateLimit: 1, burstLimit: 1 })
    assert.equal(admitted(limit, 1_000, at(1)), 1)
    assert.equal(admitted(limit, 1, at(2)), 1)
  })

  for (const rateLimit of [10, 1_000, 20_000]) {
    test(`admits ${rateLimit} calls per second out of ten times as many, within 1 %`, () => {
      const limit = bucket({ rateLimit, burstLimit: Math.max(1, rateLimit / 100) })
      let count = 0
      const seconds = 10
      for (let i = 0; i < rateLimit * 10 * seconds; i++) if (limit.take(at(1 + i / (rateLimit * 10)))) count++
      assert.ok(Math.abs(count - rateLimit * seconds) <= rateLimit * seconds * 0.01 + 1, String(count))
    })
  }
})

describe('a quota', () => {
  const monthly = { period: 'MONTH', offset: 0 } as const

  test('admits so many calls in a period', () => {
    const limit = quota(new BigInt64Array(1), 0, monthly, () => 3)
    const november = Date.UTC(2026, 10, 30, 23, 59, 59)
    assert.equal(admitted(limit, 5, at(0, november)), 3)
    assert.equal(admitted(limit, 5, at(0, november + 1_000)), 3)
    assert.equal(admitted(limit, 5, at(0, november + 2_000)), 0)
  })

  test('counts on from what was stored, and gives back', () => {
    const values = new BigInt64Array(1)
    const now = at(0, Date.UTC(2026, 10, 21))
    writeCount(values, 0, { start: day('2026-11-01'), used: 8 })
    const limit = quota(values, 0, monthly, () => 10)
    assert.equal(admitted(limit, 5, now), 2)
    limit.giveBack(now)
    assert.deepEqual(readCount(values, 0), { start: day('2026-11-01'), used: 9 })
    assert.equal(admitted(limit, 5, now), 1)
    limit.giveBack(at(0, Date.UTC(2026, 11, 21)))
    assert.equal(readCount(values, 0).used, 10)
  })

  test('may be another in each period', () => {
    const limit = quota(new BigInt64Array(1), 0, monthly, (start) => (start === day('2026-11-01') ? 4 : 1))
    assert.equal(admitted(limit, 9, at(0, Date.UTC(2026, 10, 21))), 4)
    assert.equal(admitted(limit, 9, at(0, Date.UTC(2026, 11, 21))), 1)
  })

  for (const [period, offset, date, start] of [
    ['DAY', 0, '2026-01-07', '2026-01-07'],
    ['WEEK', 0, '2026-01-07', '2026-01-04'],
    ['WEEK', 3, '2026-01-07', '2026-01-07'],
    ['WEEK', 4, '2026-01-07', '2026-01-01'],
    ['MONTH', 0, '2026-01-07', '2026-01-01'],
    ['MONTH', 6, '2026-01-07', '2026-01-07'],
    ['MONTH', 7, '2026-01-07', '2025-12-08'],
  ] as const) {
    test(`of a ${period} with offset ${offset} begins on ${start} for ${date}`, () => {
      const middayMs = Date.parse(`${date}T12:00:00Z`)
      assert.equal(periodStart({ period, offset }, middayMs), day(start))
    })
  }
})

describe('the state of a limit', () => {
  test('of a bucket tells what is left, and when there is more', () => {
    const limit = bucket({ rateLimit: 2, burstLimit: 5 })
    const fixed = { allowed: 6, windowSeconds: 3 }
    assert.deepEqual(limit.state(at(1)), { ...fixed, remaining: 5, resetSeconds: 0, retrySeconds: 0 })
    admitted(limit, 5, at(1))
    assert.deepEqual(limit.state(at(1)), { ...fixed, remaining: 0, resetSeconds: 2.5, retrySeconds: 0.5 })
    assert.deepEqual(limit.state(at(1.75)), { ...fixed, remaining: 1, resetSeconds: 1.75, retrySeconds: 0 })
  })

  for (const [period, offset, date, days, left] of [
    ['DAY', 0, '2026-02-11', 1, 0.5],
    ['WEEK', 3, '2026-02-12', 7, 5.5],
    ['MONTH', 0, '2026-02-11', 28, 17.5],
    ['MONTH', 10, '2026-02-11', 28, 27.5],
  ] as const) {
    test(`of a quota tells when the ${period} with offset ${offset} ends`, () => {
      const limit = quota(new BigInt64Array(1), 0, { period, offset }, () => 2)
      const now = at(0, Date.parse(`${date}T12:00:00Z`))
      admitted(limit, 2, now)
      const seconds = { windowSeconds: days * 86_400, resetSeconds: left * 86_400, retrySeconds: left * 86_400 }
      assert.deepEqual(limit.state(now), { allowed: 2, remaining: 0, ...seconds })
    })
  }
})

describe('several limits', () => {
  test('are asked in turn, and a refusal costs nothing', () => {
    const [first, second, third] = [3, 1, 3].map((burstLimit) => bucket({ rateLimit: 1, burstLimit }))
    assert.ok(first && second && third)
    const limits = [first, second, third]
    assert.equal(refusing(limits, at(1)), undefined)
    for (let i = 0; i < 10; i++) assert.equal(refusing(limits, at(1)), second)
    assert.equal(admitted(first, 5, at(1)), 2)
    assert.equal(admitted(third, 5, at(1)), 2)
  })

  test('are none for most calls', () => assert.equal(refusing([], at(1)), undefined))
})

describe('shared slots', () => {
  test('are the same for a name wherever it is asked for', () => {
    const memory = slotMemory(64)
    const [one, other] = [sharedSlots(memory), sharedSlots(memory)]
    const names = Array.from({ length: 64 }, (_, i) => `limit ${i}`)
    const slots = names.map((name) => one.slotOf(name))
    assert.equal(new Set(slots).size, 64)
    assert.deepEqual(
      names.map((name) => other.slotOf(name)),
      slots,
    )
    assert.throws(() => other.slotOf('one too many'), RangeError)
  })

  test('count exactly across threads', async () => {
    const memory = slotMemory(1_024)
    const source = `
      const { workerData } = require('node:worker_threads')
      Promise.all([import(workerData.slots), import(workerData.bucket)]).then(([{ sharedSlots }, { tokenBucket }]) => {
        const { slotOf, values } = sharedSlots(workerData.memory)
        const limit = tokenBucket(values, slotOf('shared'), { rateLimit: 0.000001, burstLimit: 1_000 })
        let count = 0
        for (let i = 0; i < 2_000; i++) if (limit.take({ monotonicNs: process.hrtime.bigint(), epochMs: 0 })) count++
        require('node:worker_threads').parentPort.postMessage(count)
      })`
    const workerData = {
      memory,
      slots: new URL('./shared-slots.ts', import.meta.url).href,
      bucket: new URL('./token-bucket.ts', import.meta.url).href,
    }
    const counts = await Promise.all(
      [1, 2].map(
        () =>
          new Promise<number>((resolve, reject) =>
            new Worker(source, { eval: true, workerData }).once('message', resolve).once('error', reject),
          ),
      ),
    )
    assert.equal((counts[0] ?? 0) + (counts[1] ?? 0), 1_000)
  })
})

describe('what the threads of a node share of its leases', () => {
  test('has calls wait for a grant, also after others have waited for none', async () => {
    const board = leaseBoard(sharedSlots(slotMemory(64)))
    await board.nextGrant()
    const told: string[] = []
    const waits = [board.nextGrant(), board.nextGrant()].map((wait) => wait?.then(() => told.push('a wait ends')))
    await new Promise(setImmediate)
    told.push('granted')
    board.granted(false)
    await Promise.all(waits)
    assert.deepEqual(told, ['granted', 'a wait ends', 'a wait ends'])
  })

  test('has nobody wait where there is nobody to grant', () => {
    const board = leaseBoard(sharedSlots(slotMemory(64)))
    board.granted(true)
    assert.equal(board.nextGrant(), undefined)
    board.granted(false)
    assert.ok(board.nextGrant())
  })
})
