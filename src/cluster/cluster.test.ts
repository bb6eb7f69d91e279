import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { inspect } from 'node:util'
import { leaseBoard } from '../limiter/lease.ts'
import { type Limits, leasedLimits } from '../limiter/limits.ts'
import { readCount } from '../limiter/quota.ts'
import { type SharedSlots, sharedSlots, slotMemory } from '../limiter/shared-slots.ts'
import type { Limit, Rate } from '../limiter/token-bucket.ts'
import type { Log } from '../log.ts'
import type { Authority } from './authority.ts'
import { connectRedis } from './connect.ts'
import { followChannels } from './follow.ts'
import { type LeaseAgent, startLeaseAgent } from './lease-agent.ts'
import { quotaLedger } from './quota-ledger.ts'
import { countChannel, countsOf, redisAuthority } from './redis-authority.ts'
import { type Shares, sharesOf, unknownNodes } from './share.ts'
import { startRedis, type TestRedis } from './test-redis.ts'

interface Node {
  readonly agent: LeaseAgent
  readonly limits: Limits
  readonly slots: SharedSlots
  stop(): Promise<void>
}

const log = { error() {}, debug() {} }
const epochMs = Date.UTC(2026, 10, 21, 12)
const at = { monotonicNs: 0n, epochMs }
const day = Math.floor(epochMs / 86_400_000)

function startNode(authority: Authority, shares: Shares = { atStart: 1, least: 1 }, ownLog: Log = log): Node {
  const slots = sharedSlots(slotMemory(1_024))
  const agent = startLeaseAgent({ authority, slots, log: ownLog, shares })
  return { agent, slots, limits: leasedLimits(slots, agent.inUse), stop: agent.stop }
}

function startRedisNode(url: string): Node {
  const id = randomUUID()
  const heard = connectRedis(url)
  const node = startNode(redisAuthority(connectRedis(url), id))
  const merge = (_channel: string, text: string) => node.agent.merge(countsOf(text, id))
  followChannels(heard, [countChannel], merge, () => void node.agent.catchUp())
  const stop = () => {
    heard.disconnect()
    return node.stop()
  }
  return { ...node, stop }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!isSo()) {
    if (performance.now() > deadline) assert.fail('It did not come to this')
    await turn()
  }
}

/** Calls several limits for some time, so many times a second each. @returns how many calls each has admitted. */
async function offer(limits: readonly Limit[], perSecond: readonly number[], seconds: number): Promise<number[]> {
  const offered = limits.map(() => 0)
  const admitted = limits.map(() => 0)
  const startedAt = performance.now()
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - startedAt) / 1000) {
    for (const [i, limit] of limits.entries()) {
      const due = Math.floor(elapsed * (perSecond[i] ?? 0))
      const calls = due - (offered[i] ?? 0)
      for (let call = 0; call < calls; call++) if (limit.take(at)) admitted[i] = (admitted[i] ?? 0) + 1
      offered[i] = due
    }
    await turn()
  }
  return admitted
}

const daily = { period: 'DAY', offset: 0 } as const
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('nodes that share a Redis', () => {
  let redis: TestRedis
  let nodes: Node[]
  before(async () => {
    redis = await startRedis()
    nodes = [0, 1, 2].map(() => startRedisNode(redis.url))
  })
  // A machine that stood still has nodes go on alone for a moment.
  beforeEach(() =>
    until(() => nodes.every(({ agent }) => agent.status().state === 'connected' && agent.status().nodes === 3)),
  )
  after(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    await redis[Symbol.asyncDispose]()
  })

  const seconds = 1.5
  for (const rate of [
    { rateLimit: 10, burstLimit: 10 },
    { rateLimit: 1_000, burstLimit: 500 },
    { rateLimit: 1_000, burstLimit: 10 },
    { rateLimit: 20_000, burstLimit: 10_000 },
  ]) {
    const { rateLimit, burstLimit } = rate
    test(`admit ${rateLimit} calls a second, ${burstLimit} at once, out of ten times as many, mostly at one node`, async (t) => {
      const limits = nodes.map((node) => node.limits.bucket(`skewed ${rateLimit} ${burstLimit}`, rate))
      const shares = [0.8, 0.15, 0.05].map((share) => share * 10 * rateLimit)
      const admitted = sum(await offer(limits, shares, seconds))
      const exact = burstLimit + rateLimit * seconds
      const overshoot = (100 * (admitted - exact)) / rateLimit
      t.diagnostic(`${admitted} of ${exact}: ${overshoot.toFixed(1)} % of a second's calls more`)
      assert.ok(overshoot <= 5, `${overshoot} % of a second's calls too many`)
      assert.ok(admitted >= 0.6 * exact - 3, `${admitted} of ${exact}`)
    })
  }

  test('give one node what the others do not use', async () => {
    const rate: Rate = { rateLimit: 0.001, burstLimit: 120 }
    const [limit] = nodes.map((node) => node.limits.bucket('burst', rate))
    assert.ok(limit)
    const [admitted = 0] = await offer([limit], [2_000], 0.5)
    assert.ok(admitted >= 100 && admitted <= 120, String(admitted))
  })

  /** A call that waits for what may be granted: longer than the gateway has it wait, for machines that are busy. */
  async function takeSoon(limit: Limit): Promise<boolean> {
    for (let waits = 0; waits < 6; waits++) {
      if (limit.take(at)) return true
      await limit.more?.()
    }
    return limit.take(at)
  }
  const together = async (limit: Limit, calls: number) =>
    (await Promise.all(Array.from({ length: calls }, () => takeSoon(limit)))).filter(Boolean).length

  for (const [burstLimit, most] of [
    [2, 2],
    [5, 3],
    [12, 10],
    [120, 100],
  ] as const) {
    test(`admit ${most} calls of a burst of ${burstLimit} that come to one node together`, async () => {
      const limit = nodes[0]?.limits.bucket(`together ${burstLimit}`, { rateLimit: 0.001, burstLimit })
      assert.ok(limit)
      assert.equal(await together(limit, 3 * burstLimit), most)
      await until(() => limit.more?.() === undefined)
    })
  }

  test('admit a quota to its end where calls come together', async () => {
    const limits = nodes.map((node) => node.limits.quota('together', daily, () => 60))
    const admitted = await Promise.all(limits.map((limit) => together(limit, 60)))
    assert.ok(sum(admitted) >= 57 && sum(admitted) <= 63, String(admitted))
  })

  const small = [1, 2, 5].map((burstLimit): Rate => ({ rateLimit: 20, burstLimit }))
  /** What may be admitted in a second, whoever asks. */
  const inOneSecond = ({ burstLimit, rateLimit }: Rate) => burstLimit + rateLimit

  test('give one node all of a burst smaller than they are many, also after the others have called', async () => {
    const limits = small.map((rate) => nodes.map((node) => node.limits.bucket(`small ${rate.burstLimit}`, rate)))
    for (let round = 0; round < 2; round++) {
      const ofFirst = limits.flatMap(([first]) => first ?? [])
      const admitted = await offer(ofFirst, [400, 400, 400], 1)
      for (const [i, rate] of small.entries()) {
        const calls = admitted[i] ?? 0
        assert.ok(
          calls >= 0.6 * inOneSecond(rate) && calls <= inOneSecond(rate) + 1,
          `${admitted} of ${inOneSecond(rate)}`,
        )
      }
      for (const limit of limits.flat()) limit.take(at)
    }
  })

  test('admit a call for each of them at most beyond such a burst, and make up for it', async () => {
    const admitted = await Promise.all(
      small.map(async (rate) => {
        const limits = nodes.map((node) => node.limits.bucket(`small, skewed ${rate.burstLimit}`, rate))
        return sum(await offer(limits, [300, 100, 50], 1))
      }),
    )
    for (const [i, rate] of small.entries()) {
      const calls = admitted[i] ?? 0
      const most = inOneSecond(rate) + nodes.length - 1
      assert.ok(calls >= 0.6 * inOneSecond(rate) && calls <= most, `${calls} of ${most}`)
    }
  })

  test('never refuse the first call of an idle limit', () => {
    const limits = nodes.map((node) => node.limits.bucket('idle', { rateLimit: 1, burstLimit: 1 }))
    assert.deepEqual(
      limits.map((limit) => limit.take(at)),
      [true, true, true],
    )
    assert.equal(limits[0]?.take(at), false)
  })

  test('admit nobody under a rate of 0', () => {
    assert.equal(nodes[0]?.limits.bucket('closed', { rateLimit: 0, burstLimit: 5 }).take(at), false)
  })

  const countOf = (node: Node, name: string) => readCount(node.slots.values, node.slots.slotOf(name))

  test('count one quota to its end, and each knows all calls', async () => {
    const limits = nodes.map((node) => node.limits.quota('calls', daily, () => 1_000))
    let admitted = 0
    for (let i = 0; i < 300; i++) {
      admitted += sum(await offer(limits, [20_000, 3_000, 1_000], 0.01))
      if (admitted >= 1_000) break
    }
    // Nodes that pause near the end, as on a busy machine, begin anew with a share of what they believe is left.
    assert.ok(admitted >= 1_000 && admitted <= 1_050, String(admitted))
    await until(() => nodes.every((node) => countOf(node, 'calls').used === admitted))
    assert.deepEqual(
      limits.map((limit) => limit.take(at)),
      [false, false, false],
    )
  })

  test('know what one of them has used of a quota that they do not use', async () => {
    const [one, other] = nodes
    assert.ok(one && other)
    const limit = one.limits.quota('known', daily, () => 5)
    for (let i = 0; i < 5; i++) {
      await until(() => limit.take(at))
    }
    await until(() => countOf(other, 'known').used === 5)
    assert.equal(other.limits.quota('known', daily, () => 5).take(at), false)
  })

  test('count what has no quota', async () => {
    const limits = nodes.map((node) => node.limits.quota('uncapped', daily, () => Number.POSITIVE_INFINITY))
    const admitted = sum(await offer(limits, [5_000, 5_000, 5_000], 0.2))
    await until(() => nodes.every((node) => countOf(node, 'uncapped').used === admitted))
  })

  test('do not count what is given back', async () => {
    const [one, other] = nodes
    assert.ok(one && other)
    const limit = one.limits.quota('given back', daily, () => 100)
    assert.ok(limit.take(at) && limit.take(at))
    limit.giveBack(at)
    await until(() => countOf(other, 'given back').used === 1)
    assert.deepEqual(countOf(other, 'given back'), { start: day, used: 1 })
  })

  test('know why they cannot reach Redis, and do not tell the password', async () => {
    for (const [url, reason] of [
      [`redis://somebody:hush@127.0.0.1:${redis.port}`, /WRONGPASS/],
      ['redis://somebody:hush@127.0.0.1:1', /ECONNREFUSED/],
    ] as const) {
      const authority = redisAuthority(connectRedis(url), 'stranger')
      let reported: unknown
      const ask = () => authority.exchange({ buckets: [], quotas: [] }).catch((error: unknown) => inspect(error))
      while (!reason.test(String(reported))) {
        await turn()
        reported = await ask()
      }
      assert.doesNotMatch(String(reported), /hush/)
      authority.close()
    }
  })

  test('tell one that starts what they have counted', async () => {
    const [one] = nodes
    const limit = one?.limits.quota('before', daily, () => 10)
    assert.ok(limit?.take(at))
    await one?.agent.sync()
    const late = startRedisNode(redis.url)
    await until(() => late.agent.status().state === 'connected')
    await late.agent.follow(['before', 'never counted'])
    assert.deepEqual(countOf(late, 'before'), { start: day, used: 1 })
    assert.deepEqual(countOf(late, 'never counted'), { start: 0, used: 0 })
    await late.stop()
    await until(() => nodes.every(({ agent }) => agent.status().nodes === 3))
  })
})

describe('a node that has lost Redis', () => {
  /** An authority of three nodes that stops answering. */
  function failing() {
    const state = { isLost: false, isMute: false, debts: [] as number[], used: 0 }
    const authority: Authority = {
      async exchange({ buckets, quotas }) {
        if (state.isMute) await new Promise(() => {})
        if (state.isLost) throw new Error('Connection is closed.')
        state.debts.push(...buckets.map(({ debt }) => debt))
        for (const { used } of quotas) state.used += used
        return { nodes: 3, buckets: buckets.map(() => 0), quotas: quotas.map(() => ({ used: state.used, granted: 0 })) }
      },
      counts: async () => [],
      leave: async () => {},
      close() {},
    }
    return { state, authority }
  }

  for (const way of ['isLost', 'isMute'] as const) {
    test(`serves its share of a rate, when Redis ${way === 'isLost' ? 'is gone' : 'does not answer'}`, async () => {
      const { state, authority } = failing()
      const { agent, limits, stop } = startNode(authority)
      await until(() => agent.status().state === 'connected')
      state[way] = true
      await until(() => agent.status().state === 'alone')
      assert.equal(agent.status().nodes, 3)
      const limit = limits.bucket('rate', { rateLimit: 300, burstLimit: 30 })
      const [admitted = 0] = await offer([limit], [3_000], 1)
      assert.ok(admitted > 90 && admitted <= 115, String(admitted))

      state[way] = false
      await until(() => agent.status().state === 'connected' && state.debts.length > 0)
      const [debt = 0] = state.debts
      assert.ok(debt > 90, `${debt} calls were made up for`)
      await stop()
    })
  }

  test('serves its share of what is left of a quota, and reports it later', async () => {
    const { state, authority } = failing()
    const { agent, limits, stop } = startNode(authority)
    await until(() => agent.status().state === 'connected')
    state.isLost = true
    await until(() => agent.status().state === 'alone')
    const limit = limits.quota('calls', { period: 'DAY', offset: 0 }, () => 90)
    const [admitted = 0] = await offer([limit], [2_000], 0.3)
    assert.equal(admitted, 30)
    state.isLost = false
    await until(() => state.used === 30)
    await stop()
  })

  test('serves no more than the share that the configuration says', async () => {
    const { state, authority } = failing()
    const { agent, stop } = startNode(authority, { atStart: 5, least: 5 })
    await until(() => agent.status().state === 'connected')
    assert.equal(agent.status().nodes, 3)
    state.isLost = true
    await until(() => agent.status().state === 'alone')
    assert.equal(agent.status().nodes, 5)
    await stop()
  })

  test('begins with its share when it starts meanwhile, says so once, and reports what was used', async () => {
    const { state, authority } = failing()
    state.isLost = true
    const told: unknown[] = []
    const { agent, limits, stop } = startNode(
      authority,
      { atStart: 3, least: 1 },
      { debug() {}, error: (message, fields) => told.push([message, fields?.['nodes']]) },
    )
    const rate = limits.bucket('rate', { rateLimit: 300, burstLimit: 30 })
    const quota = limits.quota('calls', { period: 'DAY', offset: 0 }, () => 90)
    const [admitted = 0, counted] = await offer([rate, quota], [3_000, 2_000], 1.4)
    assert.ok(admitted > 120 && admitted <= 160, String(admitted))
    assert.equal(counted, 30)
    assert.deepEqual(told, [['Redis does not answer: this node goes on with its share of every limit', 3]])
    state.isLost = false
    await until(() => agent.status().state === 'connected' && state.used === 30)
    await stop()
  })
})

test('a node that has got more of a quota than it needs tells how much it keeps', () => {
  const slots = sharedSlots(slotMemory(64))
  const ledger = quotaLedger(slots)
  const limits = leasedLimits(slots, (limit) => {
    if (limit.kind === 'quota') ledger.use(limit.name, limit.start, limit.limit)
  })
  const limit = limits.quota('calls', daily, () => 60)
  const take = (calls: number) => Array.from({ length: calls }, () => limit.take(at)).filter(Boolean).length
  const held = (nowMs: number) => ledger.report(3, nowMs, false).map((report) => report.held)
  leaseBoard(slots).setNodes(3)
  assert.equal(take(20), 10)
  assert.deepEqual(held(0), [0])
  ledger.grant([{ used: 10, granted: 50 }])
  assert.deepEqual(held(5), [8])
  assert.equal(take(60), 8)
})

describe('the share of a node that starts', () => {
  for (const [name, configured, remembered, shares] of [
    ['is small when it knows nothing', undefined, undefined, { atStart: unknownNodes, least: 1 }],
    ['is as the configuration says', 3, undefined, { atStart: 3, least: 3 }],
    ['is as it remembers', undefined, 4, { atStart: 4, least: 1 }],
    ['is all of a limit for the only one', undefined, 1, { atStart: 1, least: 1 }],
    ['is the smaller one of two', 3, 2, { atStart: 3, least: 3 }],
    ['is the smaller one of two, remembered', 3, 4, { atStart: 4, least: 3 }],
  ] as const) {
    test(name, () => assert.deepEqual(sharesOf(configured, remembered), shares))
  }
})
