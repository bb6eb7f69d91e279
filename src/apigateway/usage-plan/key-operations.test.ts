import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const keyType = 'API_KEY'

async function newKey(name: string) {
  const { id: keyId = '', value } = await operations.CreateApiKey({ name }, caller)
  return { keyId, value, shown: { id: keyId, type: keyType, value, name } }
}

async function newPlan(apiStages: { apiId: string; stage: string }[] = []) {
  const { id: usagePlanId = '' } = await operations.CreateUsagePlan({ name: 'p', apiStages }, caller)
  return usagePlanId
}

async function newStage() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  return { apiId: api.restApiId, stage: 'dev' }
}

describe('Usage plan keys', () => {
  test('are added, read, listed and removed', async () => {
    const usagePlanId = await newPlan()
    const one = await newKey('one')
    fixture.wait(1)
    const two = await newKey('two')
    for (const { keyId, shown } of [one, two]) {
      const ids = { usagePlanId, keyId }
      assert.deepEqual(await operations.CreateUsagePlanKey({ ...ids, keyType }, caller), shown)
      assert.deepEqual(await operations.GetUsagePlanKey(ids, caller), shown)
    }
    const list = async (request: object) =>
      (await operations.GetUsagePlanKeys({ usagePlanId, ...request }, caller)).items
    assert.deepEqual(await list({}), [one.shown, two.shown])
    assert.deepEqual(await list({ nameQuery: 'tw' }), [two.shown])
    assert.deepEqual(await list({ limit: 1 }), [one.shown])
    await operations.DeleteUsagePlanKey({ usagePlanId, keyId: one.keyId }, caller)
    assert.deepEqual(await list({}), [two.shown])
    assert.deepEqual((await operations.GetUsagePlans({ keyId: one.keyId }, caller)).items, [])
  })

  test('of an unknown plan are none', async () => {
    assert.deepEqual((await operations.GetUsagePlanKeys({ usagePlanId: 'x' }, caller)).items, [])
  })

  test('leave with the plan', async () => {
    const usagePlanId = await newPlan()
    const { keyId } = await newKey('one')
    await operations.CreateUsagePlanKey({ usagePlanId, keyId, keyType }, caller)
    await operations.DeleteUsagePlan({ usagePlanId }, caller)
    assert.deepEqual((await operations.GetUsagePlans({ keyId }, caller)).items, [])
  })

  test('cannot be in two plans for one stage', async () => {
    const stage = await newStage()
    const first = await newPlan([stage])
    const second = await newPlan([stage])
    const { keyId } = await newKey('one')
    await operations.CreateUsagePlanKey({ usagePlanId: first, keyId, keyType }, caller)
    const refused = {
      code: 'ConflictException',
      message: `Usage Plan ${second} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans with the same API stage: ${stage.apiId}:dev`,
    }
    await assert.rejects(operations.CreateUsagePlanKey({ usagePlanId: second, keyId, keyType }, caller), refused)
    const remove = { op: 'remove' as const, path: '/apiStages', value: `${stage.apiId}:dev` }
    await operations.UpdateUsagePlan({ usagePlanId: second, patchOperations: [remove] }, caller)
    await operations.CreateUsagePlanKey({ usagePlanId: second, keyId, keyType }, caller)
    const add = { ...remove, op: 'add' as const }
    await assert.rejects(operations.UpdateUsagePlan({ usagePlanId: second, patchOperations: [add] }, caller), refused)
  })

  test('are in ten plans at most', async () => {
    const { keyId } = await newKey('one')
    for (let count = 0; count < 10; count++) {
      await operations.CreateUsagePlanKey({ usagePlanId: await newPlan(), keyId, keyType }, caller)
    }
    const usagePlanId = await newPlan()
    await assert.rejects(operations.CreateUsagePlanKey({ usagePlanId, keyId, keyType }, caller), {
      code: 'LimitExceededException',
    })
  })

  test('are refused when plan, key or type are unknown, or the key is there', async () => {
    const usagePlanId = await newPlan()
    const { keyId } = await newKey('one')
    const ids = { usagePlanId, keyId, keyType }
    const plan = { code: 'NotFoundException', message: 'Invalid Usage Plan ID specified' }
    const key = { code: 'NotFoundException', message: 'Invalid API Key identifier specified' }
    await assert.rejects(operations.CreateUsagePlanKey({ ...ids, usagePlanId: 'x' }, caller), plan)
    await assert.rejects(operations.CreateUsagePlanKey({ ...ids, keyId: 'x' }, caller), key)
    await assert.rejects(operations.CreateUsagePlanKey({ ...ids, keyType: 'x' }, caller), {
      code: 'BadRequestException',
    })
    await assert.rejects(operations.GetUsagePlanKey(ids, caller), { code: 'NotFoundException' })
    await assert.rejects(operations.DeleteUsagePlanKey(ids, caller), { code: 'NotFoundException' })
    await assert.rejects(operations.DeleteUsagePlanKey({ ...ids, usagePlanId: 'x' }, caller), plan)
    await operations.CreateUsagePlanKey(ids, caller)
    await assert.rejects(operations.CreateUsagePlanKey(ids, caller), { code: 'ConflictException' })
  })
})
