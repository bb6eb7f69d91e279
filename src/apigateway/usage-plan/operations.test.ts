import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownPlan = { code: 'NotFoundException', message: 'Invalid Usage Plan ID specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const json = (value: unknown) => JSON.parse(JSON.stringify(value))

/** An API with a stage `dev`. */
async function staged() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  return api
}

/** A plan for one stage, and how it is changed. */
async function planned() {
  const { restApiId } = await staged()
  const { id: usagePlanId = '' } = await operations.CreateUsagePlan(
    { name: 'p', apiStages: [{ apiId: restApiId, stage: 'dev' }] },
    caller,
  )
  const update = (...patchOperations: Patch[]) => operations.UpdateUsagePlan({ usagePlanId, patchOperations }, caller)
  return { restApiId, usagePlanId, update, stage: `${restApiId}:dev` }
}

const replace = (path: string, value?: string): Patch => ({
  op: 'replace',
  path,
  ...(value !== undefined && { value }),
})
const add = (path: string, value: string): Patch => ({ op: 'add', path, value })
const remove = (path: string, value?: string): Patch => ({ op: 'remove', path, ...(value !== undefined && { value }) })

describe('CreateUsagePlan', () => {
  test('leaves out what it is not given', async () => {
    const plan = await operations.CreateUsagePlan({ name: 'p' }, caller)
    const { id = '' } = plan
    assert.equal(id.length, 6)
    assert.deepEqual(json(plan), { id, name: 'p', apiStages: [] })
    const shown = await operations.GetUsagePlan({ usagePlanId: id }, caller)
    assert.deepEqual(json(shown), { id, name: 'p', apiStages: [], tags: {} })
  })

  test('keeps what it is given', async () => {
    const { restApiId } = await staged()
    const given = {
      name: 'p',
      description: 'd',
      apiStages: [{ apiId: restApiId, stage: 'dev', throttle: { '/pets/GET': { rateLimit: 1.5, burstLimit: 2 } } }],
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      quota: { limit: 5, offset: 6, period: 'WEEK' as const },
      tags: { a: 'b' },
    }
    const { id, ...plan } = json(await operations.CreateUsagePlan(given, caller))
    assert.deepEqual(plan, given)
    assert.deepEqual(json(await operations.GetUsagePlan({ usagePlanId: id }, caller)), { id, ...given })
  })

  const refusals: [string, Partial<Parameters<typeof operations.CreateUsagePlan>[0]>, object][] = [
    ['an empty name', { name: '' }, bad('Usage Plan name cannot be empty')],
    ['an unknown stage', { apiStages: [{ apiId: 'a', stage: 's' }] }, { code: 'NotFoundException' }],
    [
      'half a stage',
      { apiStages: [{ apiId: 'a' }] },
      bad('Invalid API Stage {api: %s, stage: %s} specified for usageplan %s'),
    ],
    ['a quota without a limit', { quota: { period: 'DAY' } }, { code: 'BadRequestException' }],
    ['a quota without a period', { quota: { limit: 1 } }, { code: 'BadRequestException' }],
    [
      'a day that a week has not',
      { quota: { limit: 1, period: 'WEEK', offset: 7 } },
      bad('Usage Plan quota offset must be between 0 and 6 inclusive in the WEEK period'),
    ],
    [
      'a day in a day',
      { quota: { limit: 1, period: 'DAY', offset: 1 } },
      bad('Usage Plan quota offset must be zero in the DAY period'),
    ],
    ['a negative rate', { throttle: { rateLimit: -1 } }, { code: 'BadRequestException' }],
    ['a negative burst', { throttle: { burstLimit: -1 } }, { code: 'BadRequestException' }],
  ]
  for (const [name, settings, error] of refusals) {
    test(`refuses ${name}`, () => assert.rejects(operations.CreateUsagePlan({ name: 'p', ...settings }, caller), error))
  }
})

describe('UpdateUsagePlan', () => {
  const changes: [string, Patch[], object][] = [
    ['name and description', [replace('/name', 'n'), replace('/description', 'd')], { name: 'n', description: 'd' }],
    ['a product code', [add('/productCode', 'c')], { productCode: 'c' }],
    ['no product code', [add('/productCode', 'c'), remove('/productCode')], {}],
    [
      'a throttle',
      [add('/throttle/rateLimit', '1.5'), replace('/throttle/burstLimit', '2')],
      { throttle: { rateLimit: 1.5, burstLimit: 2 } },
    ],
    ['no throttle', [add('/throttle/rateLimit', '1'), remove('/throttle')], {}],
    [
      'a quota',
      [add('/quota/limit', '5'), add('/quota/offset', '1'), replace('/quota/period', 'MONTH')],
      { quota: { limit: 5, offset: 1, period: 'MONTH' } },
    ],
    ['no quota', [add('/quota/limit', '5'), remove('/quota')], {}],
  ]
  for (const [name, patches, expected] of changes) {
    test(`gives a plan ${name}`, async () => {
      const { usagePlanId, update } = await planned()
      const before = await operations.GetUsagePlan({ usagePlanId }, caller)
      const updated = await update(...patches)
      assert.deepEqual(json(updated), { ...json(before), ...expected })
      assert.deepEqual(await operations.GetUsagePlan({ usagePlanId }, caller), updated)
    })
  }

  test('adds and removes stages', async () => {
    const { stage, update, restApiId } = await planned()
    const other = await staged()
    const both = await update(add('/apiStages', `${other.restApiId}:dev`), add('/apiStages', stage))
    assert.deepEqual(
      both.apiStages?.map(({ apiId }) => apiId),
      [restApiId, other.restApiId],
    )
    const one = await update(remove('/apiStages', stage))
    assert.deepEqual(
      one.apiStages?.map(({ apiId }) => apiId),
      [other.restApiId],
    )
  })

  const throttles: [string, Patch[], object | undefined][] = [
    ['add, escaped', [add('/~1pets/GET/rateLimit', '1.5')], { '/pets/GET': { rateLimit: 1.5 } }],
    [
      'replace, as Terraform does',
      [replace('//pets/{id}/GET/burstLimit', '2')],
      { '/pets/{id}/GET': { burstLimit: 2 } },
    ],
    ['without a leading slash', [replace('/pets/GET/burstLimit', '2')], { '/pets/GET': { burstLimit: 2 } }],
    ['of the root', [replace('/~1/GET/burstLimit', '2')], { '//GET': { burstLimit: 2 } }],
    [
      'all at once',
      [replace('', '{"/a/GET":{"rateLimit":1,"burstLimit":2},"/b/PUT":{}}')],
      { '/a/GET': { rateLimit: 1, burstLimit: 2 }, '/b/PUT': {} },
    ],
    [
      'removal',
      [add('/~1a/GET/rateLimit', '1'), add('/~1b/GET/rateLimit', '1'), remove('/~1a/GET')],
      { '/b/GET': { rateLimit: 1 } },
    ],
    ['removal of all', [add('/~1a/GET/rateLimit', '1'), remove('')], undefined],
  ]
  for (const [name, patches, expected] of throttles) {
    test(`changes the limits of a method: ${name}`, async () => {
      const { stage, update } = await planned()
      const placed = patches.map((patch) => ({ ...patch, path: `/apiStages/${stage}/throttle${patch.path}` }))
      assert.deepEqual((await update(...placed)).apiStages?.[0]?.throttle, expected)
    })
  }

  const removable =
    '[/apiStages, /quota, /throttle, /productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle]'
  const refusals: [Patch, object][] = [
    [
      remove('/apiStages/a:dev'),
      bad(`Invalid patch path  '/apiStages/a:dev' specified for op 'remove'. Must be one of: ${removable}`),
    ],
    [remove('/apiStages'), bad('Invalid API Stage specified')],
    [add('/apiStages', 'nonsense'), bad('Invalid API Stage specified')],
    [add('/apiStages', 'a:b:c'), bad('Invalid API Stage specified')],
    [replace('/quota/limit', 'x'), bad('Invalid value of limit: x')],
    [replace('/quota/limit', '1'), { code: 'BadRequestException' }],
    [replace('/quota/period', 'YEAR'), { code: 'BadRequestException' }],
    [replace('/throttle/rateLimit', ''), { code: 'BadRequestException' }],
    [replace('/name', ''), bad('Usage Plan name cannot be empty')],
  ]
  for (const [patch, error] of refusals) {
    test(`refuses ${patch.op} ${patch.path} ${patch.value}`, async () => {
      const { update } = await planned()
      await assert.rejects(update(patch), error)
    })
  }

  test('refuses stages and limits of stages that are unknown', async () => {
    const { usagePlanId, update } = await planned()
    const unknown = (id: string) => ({
      code: 'NotFoundException',
      message: `Invalid API Stage {api: ${id}, stage: dev} specified for usageplan ${usagePlanId}`,
    })
    await assert.rejects(update(add('/apiStages', 'a:dev')), unknown('a'))
    await assert.rejects(update(remove('/apiStages', 'a:dev')), unknown('a'))
    await assert.rejects(update(replace('/apiStages/a:dev/throttle/~1/GET/rateLimit', '1')), unknown('a'))
  })

  for (const value of ['', '[]', '{"/a/GET":1}', '{"/a/GET":{"rateLimit":"1"}}', '{"/a/GET":{"x":1}}']) {
    test(`refuses the limits ${value}`, async () => {
      const { update, stage } = await planned()
      await assert.rejects(
        update(replace(`/apiStages/${stage}/throttle`, value)),
        bad(`Invalid throttle specified: ${value}`),
      )
    })
  }

  test('refuses a 21st method', async () => {
    const { update, stage } = await planned()
    const patches = Array.from({ length: 21 }, (_, index) =>
      add(`/apiStages/${stage}/throttle/~1p${index}/GET/rateLimit`, '1'),
    )
    await assert.rejects(update(...patches), { code: 'BadRequestException' })
    await update(...patches.slice(1))
  })
})

describe('GetUsagePlans', () => {
  test('pages, and finds the plans of a key', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    const ids: string[] = []
    for (const name of ['a', 'b', 'c']) ids.push((await operations.CreateUsagePlan({ name }, paris)).id ?? '')
    const key = await operations.CreateApiKey({}, paris)
    const keyId = key.id ?? ''
    await operations.CreateUsagePlanKey({ usagePlanId: ids[1] ?? '', keyId, keyType: 'API_KEY' }, paris)
    const first = await operations.GetUsagePlans({ limit: 2 }, paris)
    const second = await operations.GetUsagePlans({ limit: 2, position: first.position ?? '' }, paris)
    assert.deepEqual(
      [...(first.items ?? []), ...(second.items ?? [])].map(({ id }) => id),
      ids,
    )
    assert.equal(second.position, undefined)
    const ofKey = await operations.GetUsagePlans({ keyId }, paris)
    assert.deepEqual(
      ofKey.items?.map(({ id }) => id),
      [ids[1]],
    )
    assert.deepEqual((await operations.GetUsagePlans({ keyId: 'x' }, paris)).items, [])
  })
})

describe('DeleteUsagePlan', () => {
  test('refuses while the plan has stages', async () => {
    const { usagePlanId, stage, update } = await planned()
    await assert.rejects(
      operations.DeleteUsagePlan({ usagePlanId }, caller),
      bad(
        `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, including ${stage}`,
      ),
    )
    await update(remove('/apiStages', stage))
    await operations.DeleteUsagePlan({ usagePlanId }, caller)
    await assert.rejects(operations.GetUsagePlan({ usagePlanId }, caller), unknownPlan)
  })

  test('refuses an unknown plan, as the others do', async () => {
    await assert.rejects(operations.DeleteUsagePlan({ usagePlanId: 'x' }, caller), unknownPlan)
    await assert.rejects(operations.UpdateUsagePlan({ usagePlanId: 'x' }, caller), unknownPlan)
  })
})

describe('A stage of a plan', () => {
  test('leaves the plan when it, or its API, is deleted', async () => {
    const { usagePlanId, restApiId, update } = await planned()
    const other = await staged()
    await update(add('/apiStages', `${other.restApiId}:dev`))
    await operations.DeleteStage({ restApiId, stageName: 'dev' }, caller)
    const left = await operations.GetUsagePlan({ usagePlanId }, caller)
    assert.deepEqual(left.apiStages, [{ apiId: other.restApiId, stage: 'dev', throttle: undefined }])
    await operations.DeleteRestApi({ restApiId: other.restApiId }, caller)
    assert.deepEqual((await operations.GetUsagePlan({ usagePlanId }, caller)).apiStages, [])
  })
})
