import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, startMs } from '../fixture.ts'
import { apiKeys } from './api-key.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownKey = { code: 'NotFoundException', message: 'Invalid API Key identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
let drawn = 0
const newValue = () => `value-${String(drawn++).padStart(20, '0')}`
const json = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('CreateApiKey', () => {
  test('fills in the defaults, and shows a generated value once', async () => {
    const created = await operations.CreateApiKey({ name: 'k' }, caller)
    const { id = '', value = '' } = created
    const now = new Date(startMs).toISOString()
    const shown = { id, name: 'k', enabled: false, stageKeys: [], createdDate: now, lastUpdatedDate: now }
    assert.match(value, /^[A-Za-z0-9]{40}$/)
    assert.equal(id.length, 10)
    assert.deepEqual(json(created), { ...shown, value })
    assert.deepEqual(json(await operations.GetApiKey({ apiKey: id }, caller)), { ...shown, tags: {} })
    assert.equal((await operations.GetApiKey({ apiKey: id, includeValue: true }, caller)).value, value)
  })

  test('keeps what it is given', async () => {
    const api = await createApi()
    await api.integrate(await api.createMethod())
    await api.deploy('dev')
    const stageKeys = [{ restApiId: api.restApiId, stageName: 'dev' }]
    const given = { name: 'n', description: 'd', customerId: 'c', enabled: true, value: newValue(), tags: { a: 'b' } }
    const created = await operations.CreateApiKey({ ...given, stageKeys }, caller)
    for (const [member, value] of Object.entries(given)) assert.deepEqual(Reflect.get(created, member), value)
    assert.deepEqual(created.stageKeys, [`${api.restApiId}/dev`])
    await operations.DeleteStage({ restApiId: api.restApiId, stageName: 'dev' }, caller)
    assert.deepEqual((await operations.GetApiKey({ apiKey: created.id ?? '' }, caller)).stageKeys, [])
  })

  test('stores no value that can be read', async () => {
    const value = newValue()
    const { id = '' } = await operations.CreateApiKey({ value }, caller)
    const stored = await fixture.store.read((reader) => reader.get(apiKeys, '123456789012/us-east-1', id))
    assert.ok(stored && !JSON.stringify(stored).includes(value))
  })

  const taken = newValue()
  const refusals: [string, object, object][] = [
    ['a short value', { value: 'x'.repeat(19) }, bad('API Key value should be at least 20 characters')],
    ['a long value', { value: 'x'.repeat(129) }, bad('API Key value exceeds maximum size of 128 characters')],
    ['a long name', { name: 'x'.repeat(1025) }, bad('Invalid API Key name, can be at most 1024 characters.')],
    ['a long description', { description: 'x'.repeat(125_001) }, bad('Invalid API Key description specified.')],
    ['a reserved tag', { tags: { 'aws:a': 'b' } }, bad('Tag keys that start with aws: are reserved: aws:a')],
    ['a value that is taken', { value: taken }, { code: 'ConflictException', message: 'API Key already exists' }],
    ['an unknown stage', { stageKeys: [{ restApiId: 'x', stageName: 'y' }] }, { code: 'NotFoundException' }],
  ]
  for (const [name, input, error] of refusals) {
    test(`refuses ${name}`, async () => {
      if (name === 'a value that is taken') await operations.CreateApiKey({ value: taken }, caller)
      await assert.rejects(operations.CreateApiKey(input, caller), error)
    })
  }
})

describe('GetApiKeys', () => {
  const paris = { ...caller, region: 'eu-west-3' }

  test('filters by name and customer, pages, and shows values on demand', async () => {
    for (const [name, customerId] of [
      ['ab', 'c1'],
      ['aB', 'c1'],
      ['abc', 'c2'],
    ] as const) {
      await operations.CreateApiKey({ name, customerId, value: newValue() }, paris)
      fixture.wait(1)
    }
    const names = async (request: object) =>
      (await operations.GetApiKeys(request, paris)).items?.map(({ name }) => name)
    assert.deepEqual(await names({}), ['ab', 'aB', 'abc'])
    assert.deepEqual(await names({ nameQuery: 'ab' }), ['ab', 'abc'])
    assert.deepEqual(await names({ nameQuery: 'b' }), [])
    assert.deepEqual(await names({ customerId: 'c1' }), ['ab', 'aB'])
    const first = await operations.GetApiKeys({ limit: 2 }, paris)
    assert.deepEqual(await names({ limit: 2, position: first.position }), ['abc'])
    assert.deepEqual(
      first.items?.map(({ value, tags }) => [value, tags]),
      [
        [undefined, undefined],
        [undefined, undefined],
      ],
    )
    const shown = await operations.GetApiKeys({ includeValues: true }, paris)
    assert.ok(shown.items?.every(({ value }) => value?.startsWith('value-')))
  })
})

describe('UpdateApiKey', () => {
  const replace = (path: string, value?: string): Patch => ({
    op: 'replace',
    path,
    ...(value !== undefined && { value }),
  })

  for (const [name, patches, expected] of [
    ['its name', [replace('/name', 'z')], { name: 'z' }],
    ['its description', [replace('/description', 'z')], { description: 'z' }],
    ['its customer', [replace('/customerId', 'z')], { customerId: 'z' }],
    ['being enabled', [replace('/enabled', 'true')], { enabled: true }],
    ['being enabled by a word that is none', [replace('/enabled', 'maybe')], { enabled: false }],
    ['no stage', [{ op: 'remove', path: '/stages', value: 'a/b' }], { stageKeys: [] }],
  ] satisfies [string, Patch[], object][]) {
    test(`changes ${name}`, async () => {
      const { id = '' } = await operations.CreateApiKey({ name: 'k', value: newValue() }, caller)
      const before = await operations.GetApiKey({ apiKey: id }, caller)
      fixture.wait(1000)
      const updated = await operations.UpdateApiKey({ apiKey: id, patchOperations: patches }, caller)
      const lastUpdatedDate = new Date((before.lastUpdatedDate?.getTime() ?? 0) + 1000)
      assert.deepEqual(updated, { ...before, lastUpdatedDate, ...expected })
      assert.deepEqual(await operations.GetApiKey({ apiKey: id }, caller), updated)
    })
  }

  test('takes stages in and out, and a stage that goes takes itself out of every key', async () => {
    const { restApiId, ...api } = await createApi()
    await api.integrate(await api.createMethod())
    for (const stageName of ['dev', 'test', 'prod']) await api.deploy(stageName)
    const change = (op: 'add' | 'remove', stageName: string): Patch => ({
      op,
      path: '/stages',
      value: `${restApiId}/${stageName}`,
    })
    const keys: string[] = []
    for (const patchOperations of [
      [change('add', 'dev'), change('add', 'prod'), change('add', 'test')],
      [change('add', 'dev'), change('add', 'prod'), change('remove', 'dev')],
      [change('add', 'dev')],
    ]) {
      const { id = '' } = await operations.CreateApiKey({ value: newValue() }, caller)
      await operations.UpdateApiKey({ apiKey: id, patchOperations }, caller)
      keys.push(id)
    }
    const stageKeysOf = async (apiKey = '') => (await operations.GetApiKey({ apiKey }, caller)).stageKeys
    const [first, second, gone = ''] = keys
    await operations.DeleteApiKey({ apiKey: gone }, caller)
    await operations.DeleteStage({ restApiId, stageName: 'dev' }, caller)
    assert.deepEqual(await stageKeysOf(first), [`${restApiId}/prod`, `${restApiId}/test`])
    assert.deepEqual(await stageKeysOf(second), [`${restApiId}/prod`])
    await operations.DeleteRestApi({ restApiId }, caller)
    assert.deepEqual([await stageKeysOf(first), await stageKeysOf(second)], [[], []])
  })

  const listed = 'Must be one of: [/description, /enabled, /name, /customerId]'
  for (const [patch, error] of [
    [replace('/value', 'x'), bad(`Invalid patch path  '/value' specified for op 'replace'. ${listed}`)],
    [replace('/name', 'x'.repeat(1025)), bad('Invalid API Key name, can be at most 1024 characters.')],
    [
      { op: 'copy', path: '/name' },
      bad("Invalid patch path  '/name' specified for op 'copy'. Please choose supported operations"),
    ],
    [{ op: 'add', path: '/stages', value: 'x' }, bad('Invalid stage key specified: x')],
    [{ op: 'add', path: '/stages', value: 'x/y' }, { code: 'NotFoundException' }],
  ] satisfies [Patch, object][]) {
    test(`refuses ${patch.op} ${patch.path} ${patch.value?.slice(0, 9)}`, async () => {
      const { id = '' } = await operations.CreateApiKey({ value: newValue() }, caller)
      await assert.rejects(operations.UpdateApiKey({ apiKey: id, patchOperations: [patch] }, caller), error)
    })
  }
})

describe('DeleteApiKey', () => {
  test('frees the value, and takes the key out of its plans', async () => {
    const value = newValue()
    const { id = '' } = await operations.CreateApiKey({ value }, caller)
    const plan = await operations.CreateUsagePlan({ name: 'p' }, caller)
    const usagePlanId = plan.id ?? ''
    await operations.CreateUsagePlanKey({ usagePlanId, keyId: id, keyType: 'API_KEY' }, caller)
    await operations.DeleteApiKey({ apiKey: id }, caller)
    await assert.rejects(operations.GetApiKey({ apiKey: id }, caller), unknownKey)
    assert.deepEqual((await operations.GetUsagePlanKeys({ usagePlanId }, caller)).items, [])
    assert.ok((await operations.CreateApiKey({ value }, caller)).id)
  })

  test('refuses an unknown key, as get and update do', async () => {
    await assert.rejects(operations.DeleteApiKey({ apiKey: 'x' }, caller), unknownKey)
    await assert.rejects(operations.GetApiKey({ apiKey: 'x' }, caller), unknownKey)
    await assert.rejects(operations.UpdateApiKey({ apiKey: 'x' }, caller), unknownKey)
  })
})

describe('ImportApiKeys', () => {
  const importKeys = (text: string, failOnWarnings = false) =>
    operations.ImportApiKeys({ body: Buffer.from(text), format: 'csv', failOnWarnings }, caller)

  test('imports every column, enabled unless told otherwise, into plans', async () => {
    const plans = [
      await operations.CreateUsagePlan({ name: 'p' }, caller),
      await operations.CreateUsagePlan({ name: 'q' }, caller),
    ].map(({ id = '' }) => id)
    const value = newValue()
    const { ids = [], warnings } = await importKeys(
      `Description,KEY,name,Enabled,usageplanIds,other\r\n"a, b",${value},one,FALSE,"${plans}",x\r\n,${newValue()},two,,,\r\n`,
    )
    assert.equal(warnings, undefined)
    const keys = await Promise.all(ids.map((apiKey) => operations.GetApiKey({ apiKey, includeValue: true }, caller)))
    assert.deepEqual(
      keys.map(({ name, description, enabled }) => [name, description, enabled]),
      [
        ['one', 'a, b', false],
        ['two', undefined, true],
      ],
    )
    assert.equal(keys[0]?.value, value)
    const ofKey = await operations.GetUsagePlans({ keyId: ids[0] ?? '' }, caller)
    assert.deepEqual(
      ofKey.items?.map(({ id }) => id),
      plans,
    )
  })

  test('overwrites a key of the same value', async () => {
    const value = newValue()
    const first = await importKeys(`name,key,description\none,${value},d`)
    const second = await importKeys(`name,key,enabled\ntwo,${value},false`)
    assert.deepEqual(second, first)
    const { name, description, enabled } = await operations.GetApiKey({ apiKey: first.ids?.[0] ?? '' }, caller)
    assert.deepEqual([name, description, enabled], ['two', undefined, false])
  })

  test('passes over what it cannot import, with a warning', async () => {
    const { ids, warnings } = await importKeys(`name,key,usageplanids\none,short,\ntwo,${newValue()},gone`)
    assert.equal(ids?.length, 1)
    assert.deepEqual(warnings, [
      'Row 1: API Key value should be at least 20 characters',
      'Row 2: Invalid Usage Plan ID specified',
    ])
  })

  test('imports nothing when warnings fail it', async () => {
    const count = async () => (await operations.GetApiKeys({ limit: 500 }, caller)).items?.length
    const before = await count()
    const error = bad('Row 2: API Key value should be at least 20 characters')
    await assert.rejects(importKeys(`name,key\none,${newValue()}\ntwo,short`, true), error)
    assert.equal(await count(), before)
  })

  for (const [column, text] of [
    ['Key', 'name\none'],
    ['Name', 'key\none'],
    ['Name', ''],
  ] as const) {
    test(`refuses a file without the column ${column}: '${text}'`, () =>
      assert.rejects(importKeys(text), bad(`Missing required column '${column}'`)))
  }
})
