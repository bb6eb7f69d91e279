import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startRedis, type TestRedis } from '../../src/cluster/test-redis.ts'
import { type Call, startLoad } from '../load.ts'
import { clusterOf, managing, type Nodes, startNodes, until } from './nodes.ts'
import { type SlowProxy, startSlowProxy } from './slow-proxy.ts'

const rate = { rateLimit: 200, burstLimit: 100 }
const quota = 60
const today = () => new Date().toISOString().slice(0, 10)

/** What may be admitted comes near to what is allowed on a machine with time for it: `npm run bench -- --only limits`. */
const leastShare = 0.3

/** What every call of a limited API may be answered with: nothing breaks. */
const expected = [200, 429]

describe('three nodes that share a Redis', () => {
  let redis: TestRedis
  let proxy: SlowProxy
  let nodes: Nodes
  /** What has begun, the last first. */
  const begun: AsyncDisposable[] = []
  before(async () => {
    redis = await startRedis()
    begun.unshift(redis)
    proxy = await startSlowProxy(redis.port)
    begun.unshift(proxy)
    nodes = await startNodes(`redis://127.0.0.1:${proxy.port}`, 3, { rate, quota })
    begun.unshift(nodes)
    await all('connected')
  })
  after(async () => {
    for (const each of begun) await each[Symbol.asyncDispose]()
  })

  const url = (node: number, path = '') =>
    `${nodes.all[node]?.url}/_aws/execute-api/${nodes.served.restApiId}/dev${path}`

  const all = (state: string) =>
    until(`all are ${state}`, async () => {
      const told = await Promise.all(nodes.all.map(clusterOf))
      return told.every((one) => one.state === state && one.nodes === 3)
    })

  /** Calls the nodes, the first the most, while something happens. */
  async function underLoad(t: TestContext, what: string, happen: () => Promise<unknown>) {
    const startedAt = performance.now()
    const loads = [8, 2, 1].map((connections, node) => startLoad(url(node), connections))
    await happen()
    const calls = (await Promise.all(loads.map((load) => load.stop()))).flat()
    const seconds = (performance.now() - startedAt) / 1000
    const admitted = calls.filter(({ status }) => status === 200).length
    const bound = rate.burstLimit + rate.rateLimit * (seconds + 0.05)
    t.diagnostic(
      `${what}: of ${calls.length} calls in ${seconds.toFixed(2)} s, ${admitted} were admitted, at most ${bound.toFixed(0)} may be`,
    )
    const others = calls.filter(({ status }) => !expected.includes(status ?? 0))
    assert.deepEqual(others.slice(0, 3), [], `${others.length} calls were answered otherwise`)
    return { calls, admitted, bound }
  }

  test('admit as many calls together as one would, however they are spread', async (t) => {
    const { admitted, bound } = await underLoad(t, 'Redis there', () => pause(2_500))
    assert.ok(admitted <= bound && admitted > leastShare * bound, `${admitted} of ${bound}`)
  })

  test('go on with their shares without Redis, and together again with it', async (t) => {
    await pause(600)
    const { admitted, bound } = await underLoad(t, 'Redis killed and back', async () => {
      await pause(500)
      await redis.kill()
      await all('alone')
      await pause(1_000)
      await redis.restart()
      await all('connected')
      await pause(500)
    })
    // What was leased when Redis was lost can be used besides; a skewed load does not use every share.
    assert.ok(admitted <= bound + 2 * rate.burstLimit && admitted > leastShare * bound, `${admitted} of ${bound}`)
  })

  test('begin with their shares when they start without Redis', async (t) => {
    await redis.kill()
    await all('alone')
    for (const node of [0, 1, 2]) await nodes.restart(node)
    await all('alone')
    const { admitted, bound } = await underLoad(t, 'started without Redis', () => pause(2_000))
    assert.ok(admitted <= bound && admitted > leastShare * bound, `${admitted} of ${bound}`)
    await redis.restart()
    await all('connected')
  })

  test('do not wait for a slow Redis', async (t) => {
    await pause(600)
    const { admitted, bound } = await underLoad(t, 'Redis slow', async () => {
      await pause(300)
      proxy.delayMs = 400
      await all('alone')
      await pause(1_000)
      proxy.delayMs = 0
      await all('connected')
    })
    assert.ok(admitted <= bound + 2 * rate.burstLimit && admitted > leastShare * bound, `${admitted} of ${bound}`)
  })

  const cached = async (node: number) => (await fetch(url(node, '/cached'))).text()

  test('answer by what one of them has cached, until it is flushed at any', async () => {
    const stage = { restApiId: nodes.served.restApiId, stageName: 'dev' }
    const answer = await cached(0)
    for (const node of [0, 1, 2]) {
      await until('the answer is known', async () => (await cached(node)) === answer)
    }
    await managing(nodes.all[2] ?? assert.fail()).flushStageCache(stage)
    for (const node of [0, 1, 2]) assert.notEqual(await cached(node), answer)
  })

  const keyed = async (node: number): Promise<Call['status']> => {
    const headers = { 'x-api-key': nodes.served.keyValue, Connection: 'close' }
    const response = await fetch(url(node, '/keyed'), { headers })
    await response.text()
    return response.status
  }
  const usageOn = async (node: number) => {
    const { usagePlanId, keyId } = nodes.served
    const { all: gateways } = nodes
    const api = managing(gateways[node] ?? assert.fail())
    const { items } = await api.getUsage({ usagePlanId, startDate: today(), endDate: today() })
    return items?.[keyId]?.[0]
  }

  test('count one quota, and show the same of it', async () => {
    for (let i = 0; i < 30; i++) assert.equal(await keyed(i % 3), 200)
    for (const node of [0, 1, 2]) {
      await until('every call is counted', async () => JSON.stringify(await usageOn(node)) === '[30,30]')
    }
  })

  test('count on what they know when Redis has lost everything', async (t) => {
    await redis.restart()
    await all('connected')
    for (let i = 0; i < 10; i++) assert.equal(await keyed(i % 3), 200)
    for (const node of [0, 1, 2]) {
      await until('every call is counted', async () => JSON.stringify(await usageOn(node)) === '[40,20]')
    }

    const statuses = await Promise.all(Array.from({ length: 90 }, (_, i) => keyed(i % 3)))
    const first = statuses.filter((status) => status === 200).length
    // A call that finds what is left leased to another node is refused, and may be repeated.
    let later = 0
    for (let i = 0; i < 90; i++) if ((await keyed(i % 3)) === 200) later++
    t.diagnostic(`quota of ${quota}: ${40 + first} admitted at first, ${40 + first + later} in all`)
    assert.ok(first + later >= 20 && first + later <= 26, `${first} and ${later}`)
    assert.deepEqual((await usageOn(1))?.[1], 0)
  })
})
