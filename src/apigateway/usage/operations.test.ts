import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller } = fixture
after(fixture.close)

const dayMs = 86_400_000

/** A plan with one key. */
async function planned(settings: object = { quota: { limit: 100, period: 'MONTH' } }) {
  const { id: usagePlanId = '' } = await operations.CreateUsagePlan({ name: 'p', ...settings }, caller)
  const { id: keyId = '' } = await operations.CreateApiKey({}, caller)
  await operations.CreateUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' }, caller)
  return { usagePlanId, keyId }
}

const grant = (ids: { usagePlanId: string; keyId: string }, value: string) =>
  operations.UpdateUsage({ ...ids, patchOperations: [{ op: 'replace', path: '/remaining', value }] }, caller)

describe('GetUsage', () => {
  test('shows a pair for each day and key', async () => {
    const { usagePlanId, keyId } = await planned()
    const range = { usagePlanId, startDate: '2025-12-31', endDate: '2026-01-01' }
    const items = {
      [keyId]: [
        [0, 100],
        [0, 100],
      ],
    }
    assert.deepEqual(await operations.GetUsage(range, caller), { ...range, items })
    assert.deepEqual((await operations.GetUsage({ ...range, keyId }, caller)).items, items)
    assert.deepEqual((await operations.GetUsage({ ...range, keyId: 'x' }, caller)).items, {})
  })

  test('pages through the keys', async () => {
    const { usagePlanId, keyId } = await planned()
    const other = await operations.CreateApiKey({}, caller)
    const otherId = other.id ?? ''
    await operations.CreateUsagePlanKey({ usagePlanId, keyId: otherId, keyType: 'API_KEY' }, caller)
    const range = { usagePlanId, startDate: '2026-01-01', endDate: '2026-01-01', limit: 1 }
    const first = await operations.GetUsage(range, caller)
    const second = await operations.GetUsage({ ...range, position: first.position ?? '' }, caller)
    assert.deepEqual([...Object.keys(first.items ?? {}), ...Object.keys(second.items ?? {})], [keyId, otherId])
    assert.equal(second.position, undefined)
  })

  test('refuses an unknown plan and a bad date', async () => {
    const range = { startDate: '2026-01-01', endDate: '2026-01-01' }
    const unknown = { code: 'NotFoundException', message: 'Invalid Usage Plan ID specified' }
    await assert.rejects(operations.GetUsage({ usagePlanId: 'x', ...range }, caller), unknown)
    const { usagePlanId } = await planned()
    await assert.rejects(operations.GetUsage({ usagePlanId, ...range, endDate: 'x' }, caller), {
      code: 'BadRequestException',
    })
  })
})

describe('UpdateUsage', () => {
  test('grants a key a number of calls for the rest of the period', async () => {
    const ids = await planned({ quota: { limit: 100, period: 'WEEK', offset: 4 } })
    const today = { usagePlanId: ids.usagePlanId, startDate: '2026-01-01', endDate: '2026-01-01' }
    assert.deepEqual(await grant(ids, '7'), { ...today, items: { [ids.keyId]: [[0, 7]] } })
    const { items } = await operations.GetUsage({ ...today, startDate: '2025-12-31', endDate: '2026-01-08' }, caller)
    assert.deepEqual(
      items?.[ids.keyId]?.map(([, remaining]) => remaining),
      [100, 7, 7, 7, 7, 7, 7, 7, 100],
    )
    await operations.DeleteUsagePlanKey(ids, caller)
    await operations.CreateUsagePlanKey({ ...ids, keyType: 'API_KEY' }, caller)
    assert.deepEqual((await operations.GetUsage(today, caller)).items, { [ids.keyId]: [[0, 100]] })
  })

  test('refuses what is no number of calls, and other paths', async () => {
    const ids = await planned()
    for (const value of ['', 'x', '-1', '1.5']) {
      await assert.rejects(grant(ids, value), { code: 'BadRequestException' })
    }
    const patchOperations = [{ op: 'replace' as const, path: '/used', value: '1' }]
    await assert.rejects(operations.UpdateUsage({ ...ids, patchOperations }, caller), {
      code: 'BadRequestException',
      message: "Invalid patch path  '/used' specified for op 'replace'. Must be one of: [/remaining]",
    })
  })

  test('refuses a plan without a quota, and an unknown plan or key', async () => {
    const ids = await planned({})
    await assert.rejects(grant(ids, '1'), { code: 'BadRequestException' })
    await assert.rejects(grant({ ...ids, keyId: 'x' }, '1'), { code: 'NotFoundException' })
    await assert.rejects(grant({ ...ids, usagePlanId: 'x' }, '1'), { code: 'NotFoundException' })
  })

  test('keeps a grant over the days of its period only', async () => {
    const ids = await planned({ quota: { limit: 10, period: 'DAY' } })
    await grant(ids, '3')
    fixture.wait(dayMs)
    const range = { usagePlanId: ids.usagePlanId, startDate: '2026-01-01', endDate: '2026-01-02' }
    assert.deepEqual((await operations.GetUsage(range, caller)).items?.[ids.keyId], [
      [0, 3],
      [0, 10],
    ])
  })
})
