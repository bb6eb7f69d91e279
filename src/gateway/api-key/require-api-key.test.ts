import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, test } from 'node:test'
import { localLimits } from '../../limiter/limits.ts'
import { sharedSlots, slotMemory } from '../../limiter/shared-slots.ts'
import type { Rate } from '../../limiter/token-bucket.ts'
import type { KeyPlan, PublishedUsagePlan } from '../../snapshot/api-key.ts'
import { deployed, invocation, method } from '../fixtures.ts'
import type { Invocation } from '../invocation.ts'
import { apiKeys } from './api-keys.ts'
import { requireApiKey } from './require-api-key.ts'

const reply = { status: 200, headers: [], body: '' }
const place = { account: '123456789012', region: 'us-east-1' }
const plan: PublishedUsagePlan = { stages: [{ apiId: 'abc123', stageName: 'dev' }] }

interface Guards {
  readonly apiKeySource: 'AUTHORIZER'
  readonly accountRate: Rate
  /** Of the stage. */
  readonly throttling: Readonly<Record<string, Rate>>
  readonly httpMethod: string
}

/** A method behind keys. */
function guarded({ apiKeySource, accountRate, throttling, httpMethod = 'GET' }: Partial<Guards> = {}) {
  const keys = apiKeys()
  const base = deployed({}, { path: '/pets', httpMethod })
  const stage = {
    ...base.stage,
    ...(throttling && { throttling }),
    api: { ...base.stage.api, ...(apiKeySource && { apiKeySource }) },
  }
  const admitted: Invocation[] = []
  const step = requireApiKey({ apiKeys: keys, limits: localLimits(sharedSlots(slotMemory(256))), accountRate })
  const handler = step({ ...base, stage, method: { ...method({}), apiKeyRequired: true } }, (call) => {
    admitted.push(call)
    return reply
  })
  return {
    keys,
    admitted,
    call: (value?: string, more: Partial<Invocation> = {}) =>
      handler({ ...invocation({ headers: value === undefined ? [] : ['X-API-Key', value] }), ...more }),
    publish(keyId: string, value: string, changes: { enabled?: boolean; plans?: KeyPlan[] } = {}) {
      const digest = hash('sha256', value, 'base64url')
      keys.publishKeys([{ ...place, keyId, key: { digest, enabled: true, plans: [{ planId: 'p' }], ...changes } }])
    },
    publishPlan: (changes?: Partial<PublishedUsagePlan>) =>
      keys.publishPlans([{ ...place, planId: 'p', ...(changes && { plan: { ...plan, ...changes } }) }]),
  }
}

const refused = { type: 'INVALID_API_KEY', status: 403, message: 'Forbidden' }

describe('a required API key', () => {
  test('costs nothing on methods that need none', () => {
    const step = requireApiKey({ apiKeys: apiKeys(), limits: localLimits(sharedSlots(slotMemory(1))) })
    const next = () => reply
    assert.equal(step(deployed({}), next), next)
  })

  test('lets in, and tells who it is', () => {
    const { call, publish, publishPlan, admitted } = guarded()
    publishPlan({})
    publish('k1', 'secret')
    assert.equal(call('secret'), reply)
    const { apiKey } = admitted[0] ?? {}
    assert.deepEqual([apiKey?.id, apiKey?.value], ['k1', 'secret'])
    assert.deepEqual(
      apiKey?.limits.map(({ refusal }) => refusal),
      ['QUOTA_EXCEEDED'],
    )
  })

  const nothing = () => {}
  for (const [name, value, prepare] of [
    ['no key', undefined, nothing],
    ['an empty key', '', nothing],
    ['an unknown key', 'other', nothing],
    ['the id of a key', 'k1', nothing],
    ['a disabled key', 'secret', ({ publish }) => publish('k1', 'secret', { enabled: false })],
    ['a key without a plan', 'secret', ({ publish }) => publish('k1', 'secret', { plans: [] })],
    ['a key of an unknown plan', 'secret', ({ publish }) => publish('k1', 'secret', { plans: [{ planId: 'q' }] })],
    ['a key whose value has changed', 'secret', ({ publish }) => publish('k1', 'fresh')],
    ['a key that is gone', 'secret', ({ keys }) => keys.publishKeys([{ ...place, keyId: 'k1' }])],
    ['a key of a plan that is gone', 'secret', ({ publishPlan }) => publishPlan()],
    ['a key of a plan for nothing', 'secret', ({ publishPlan }) => publishPlan({ stages: [] })],
    [
      'a key of a plan for another stage',
      'secret',
      ({ publishPlan }) => publishPlan({ stages: [{ apiId: 'abc123', stageName: 'prod' }] }),
    ],
    [
      'a key of a plan for another API',
      'secret',
      ({ publishPlan }) => publishPlan({ stages: [{ apiId: 'other', stageName: 'dev' }] }),
    ],
    [
      'a key of another region',
      'secret',
      ({ keys }) => {
        keys.publishKeys([{ ...place, keyId: 'k1' }])
        const digest = hash('sha256', 'secret', 'base64url')
        const key = { digest, enabled: true, plans: [{ planId: 'p' }] }
        keys.publishKeys([{ ...place, region: 'eu-west-1', keyId: 'k1', key }])
      },
    ],
  ] satisfies [string, string | undefined, (method: ReturnType<typeof guarded>) => void][]) {
    test(`refuses ${name}, also after the right one`, () => {
      const keyed = guarded()
      keyed.publishPlan({})
      keyed.publish('k1', 'secret')
      assert.equal(keyed.call('secret'), reply)
      prepare(keyed)
      assert.throws(() => keyed.call(value), refused)
      assert.equal(keyed.admitted.length, 1)
    })
  }

  test('finds the plan that holds for the stage among several', () => {
    const { keys, call, publish, publishPlan, admitted } = guarded()
    publishPlan({ stages: [] })
    keys.publishPlans([{ ...place, planId: 'q', plan: { ...plan, throttle: { rateLimit: 1, burstLimit: 1 } } }])
    publish('k1', 'secret', { plans: [{ planId: 'p' }, { planId: 'q' }] })
    assert.equal(call('secret'), reply)
    assert.equal(admitted[0]?.apiKey?.limits.length, 2)
  })

  test('brings what limits its calls: first its plan, then the method, then the account', () => {
    const rate = { rateLimit: 1, burstLimit: 9 }
    const { keys, call, publish, admitted } = guarded({ accountRate: rate, throttling: { '*/*': rate } })
    const [stage] = plan.stages
    assert.ok(stage)
    const stages = [{ ...stage, throttle: { '/pets/GET': rate } }]
    keys.publishPlans([{ ...place, planId: 'p', plan: { stages, throttle: rate } }])
    publish('k1', 'secret')
    for (let i = 0; i < 2; i++) {
      call('secret')
      const policies = admitted[i]?.apiKey?.limits.map(({ policy }) => policy)
      assert.deepEqual(policies, ['plan-method', 'plan', 'quota', 'method', 'account'])
    }
  })

  test('brings the limits of each verb of ANY', () => {
    const { call, publish, publishPlan, admitted } = guarded({
      httpMethod: 'ANY',
      throttling: { 'pets/GET': { rateLimit: 1, burstLimit: 1 } },
    })
    publishPlan({})
    publish('k1', 'secret')
    for (const method of ['GET', 'PUT', 'GET'])
      call('secret', { request: { ...invocation({ headers: ['X-API-Key', 'secret'] }).request, method } })
    assert.deepEqual(
      admitted.map(({ apiKey }) => apiKey?.limits.length),
      [2, 1, 2],
    )
  })

  test('may come from the authorizer, and then from nowhere else', () => {
    const { call, publish, publishPlan } = guarded({ apiKeySource: 'AUTHORIZER' })
    publishPlan({})
    publish('k1', 'secret')
    assert.throws(() => call('secret'), refused)
    const authorization = { members: new Map(), eventText: '{}', usageIdentifierKey: 'secret' }
    assert.equal(call(undefined, { authorization }), reply)
    assert.throws(() => call('secret', { authorization: { ...authorization, usageIdentifierKey: 'x' } }), refused)
  })
})
