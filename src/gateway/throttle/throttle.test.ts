import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Limits, localLimits } from '../../limiter/limits.ts'
import { sharedSlots, slotMemory } from '../../limiter/shared-slots.ts'
import type { Limit, Rate } from '../../limiter/token-bucket.ts'
import { deployed, invocation } from '../fixtures.ts'
import { type CallLimit, throttling } from './call-limit.ts'
import type { ThrottleOutside } from './limit-calls.ts'
import { throttle } from './throttle.ts'

const reply = { status: 200, headers: [], body: '' }
const never = { rateLimit: 0.001, burstLimit: 1 }

/** Methods of one stage, by path and verb, under its limits. */
function limited(throttling: Readonly<Record<string, Rate>>, outside: Partial<ThrottleOutside> = {}) {
  let ns = 1_000_000_000n
  const limits = localLimits(sharedSlots(slotMemory(64)))
  const step = throttle({ limits, announceLimits: false, now: () => 0, monotonicNs: () => ns, ...outside })
  const handlerOf = (path: string, httpMethod: string) => {
    const place = deployed({}, { path, httpMethod })
    return step({ ...place, stage: { ...place.stage, throttling } }, () => reply)
  }
  return {
    handlerOf,
    wait: (seconds: number) => {
      ns += BigInt(seconds * 1e9)
    },
  }
}

const refused = { type: 'THROTTLED', status: 429, message: 'Too Many Requests' }

describe('throttling', () => {
  test('costs nothing on stages without limits', () => {
    const next = () => reply
    const step = throttle({ limits: localLimits(sharedSlots(slotMemory(1))), announceLimits: false, now: () => 0 })
    assert.equal(step(deployed({}), next), next)
  })

  test('refuses calls beyond the burst until tokens come back', () => {
    const { handlerOf, wait } = limited({ 'pets/GET': { rateLimit: 1, burstLimit: 2 } })
    const call = handlerOf('/pets', 'GET')
    assert.equal(call(invocation()), reply)
    assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
    wait(1)
    assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
  })

  for (const [name, grants, outcome] of [
    ['waits for what is granted soon', 1, 'admitted'],
    ['waits for it twice at most', 3, 'refused'],
  ] as const) {
    test(name, async () => {
      let waited = 0
      const limit: Limit = {
        take: () => waited >= grants,
        giveBack() {},
        more: async () => void waited++,
        state: () => assert.fail(),
      }
      const limits: Limits = { bucket: () => limit, quota: () => assert.fail() }
      const call = limited({ '*/*': never }, { limits }).handlerOf('/', 'GET')(invocation())
      if (outcome === 'admitted') assert.equal(await call, reply)
      else await assert.rejects(async () => call, refused)
      assert.equal(waited, Math.min(grants, 2))
    })
  }

  test('of a stage holds for each method on its own', () => {
    const { handlerOf } = limited({ '*/*': never })
    for (const [path, verb] of [
      ['/', 'GET'],
      ['/pets', 'GET'],
      ['/pets', 'POST'],
    ] as const) {
      const call = handlerOf(path, verb)
      assert.equal(call(invocation()), reply)
      assert.throws(() => call(invocation()), refused)
    }
  })

  test('of a method goes before that of its stage', () => {
    const { handlerOf } = limited({ '*/*': never, '/GET': { rateLimit: 1, burstLimit: 3 } })
    const call = handlerOf('/', 'GET')
    for (let i = 0; i < 3; i++) assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
  })

  test('tells the verbs of ANY apart where they have limits of their own', () => {
    const { handlerOf } = limited({ '*/*': never, 'pets/{petId}/GET': { rateLimit: 1, burstLimit: 2 } })
    const call = handlerOf('/pets/{petId}', 'ANY')
    const by = (method: string) => () => call(invocation({ method }))
    by('GET')()
    by('POST')()
    by('GET')()
    assert.throws(by('GET'), refused)
    assert.throws(by('POST'), refused)
    assert.throws(by('PUT'), refused)
  })

  test('goes on counting when the stage is compiled again', () => {
    const { handlerOf } = limited({ '*/*': never })
    assert.equal(handlerOf('/pets', 'GET')(invocation()), reply)
    assert.throws(() => handlerOf('/pets', 'GET')(invocation()), refused)
  })

  test('of an account holds over all methods, after their own', () => {
    const { handlerOf } = limited(
      { 'pets/GET': { rateLimit: 1, burstLimit: 1 } },
      {
        accountRate: { rateLimit: 1, burstLimit: 3 },
      },
    )
    const pets = handlerOf('/pets', 'GET')
    assert.equal(pets(invocation()), reply)
    // What the method refuses costs the account nothing.
    for (let i = 0; i < 5; i++) assert.throws(() => pets(invocation()), refused)
    const others = handlerOf('/owners', 'ANY')
    assert.equal(others(invocation()), reply)
    assert.equal(others(invocation()), reply)
    assert.throws(() => others(invocation()), refused)
  })
})

describe('behind API keys', () => {
  test('the limits of the key decide, which hold those of the method', () => {
    const limits = localLimits(sharedSlots(slotMemory(8)))
    const step = throttle({ limits, announceLimits: false, now: () => 0 })
    const place = deployed({})
    const call = step({ ...place, method: { ...place.method, apiKeyRequired: true } }, () => reply)
    const allowed = (burstLimit: number) => throttling(limits.bucket(`${burstLimit}`, { ...never, burstLimit }), 'plan')
    const by = (...limits: CallLimit[]) => call({ ...invocation(), apiKey: { id: 'k1', value: 'secret', limits } })
    const [one, three] = [allowed(1), allowed(3)]
    assert.equal(by(three, one), reply)
    assert.throws(() => by(three, one), refused)
    assert.equal(by(three), reply)
    assert.equal(by(three), reply)
    assert.throws(() => by(three), refused)
  })

  test('the method limits whoever should come without a key', () => {
    const limits = localLimits(sharedSlots(slotMemory(8)))
    const place = deployed({})
    const stage = { ...place.stage, throttling: { '*/*': never } }
    const keyed = { ...place, stage, method: { ...place.method, apiKeyRequired: true as const } }
    const call = throttle({ limits, announceLimits: false, now: () => 0 })(keyed, () => reply)
    assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
  })
})

describe('callers who are told of their limits', () => {
  const headersOf = (answer: unknown) => {
    assert.ok(typeof answer === 'object' && answer !== null && 'headers' in answer && Array.isArray(answer.headers))
    return answer.headers
  }
  function told() {
    const { handlerOf, wait } = limited(
      { 'pets/GET': { rateLimit: 0.5, burstLimit: 2 } },
      { announceLimits: true, accountRate: { rateLimit: 100, burstLimit: 50 } },
    )
    return { call: handlerOf('/pets', 'GET'), wait }
  }
  const policy = '"method";q=2;w=4, "account";q=100;w=1'

  test('learn what is left, with every answer', async () => {
    const { call } = told()
    assert.deepEqual(headersOf(await call(invocation())), [
      'RateLimit-Policy',
      policy,
      'RateLimit',
      '"method";r=1;t=2, "account";r=49;t=1',
    ])
  })

  test('learn when to come back from a refusal', () => {
    const { call, wait } = told()
    call(invocation())
    call(invocation())
    wait(0.5)
    const headers = [
      'RateLimit-Policy',
      policy,
      'RateLimit',
      '"method";r=0;t=4, "account";r=50;t=0',
      'Retry-After',
      '2',
    ]
    assert.throws(() => call(invocation()), { ...refused, headers })
  })

  test('learn nothing where there are no limits', () => {
    const { handlerOf } = limited({}, { announceLimits: true })
    assert.equal(handlerOf('/pets', 'GET')(invocation()), reply)
  })
})
