import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../../apigateway/fixture.ts'
import { routingRuleOperations } from '../routing-rule/operations.ts'
import { apiMappingOperations } from './operations.ts'

const fixture = await openFixture()
const { caller, store, operations: rest } = fixture
after(fixture.close)

let drawn = 0
const newId = (length: number) => `v${String(drawn++).padStart(length - 1, '0')}`
const operations = apiMappingOperations({ store, newId })
const rules = routingRuleOperations({ store, newId })
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
const bad = (message: string) => ({ code: 'BadRequestException', message })
const unknown = {
  code: 'NotFoundException',
  message: 'The api mapping resource specified in the request was not found.',
}
const unknownDomain = {
  code: 'NotFoundException',
  message: 'The domain name resource specified in the request was not found.',
}
const taken = { code: 'ConflictException', message: 'ApiMapping key already exists for this domain name' }
type Create = Parameters<typeof operations.CreateApiMapping>[0]

async function newDomain(settings: object = { regionalCertificateArn: certificateArn }): Promise<string> {
  const { domainName = '' } = await rest.CreateDomainName(
    { domainName: `mapped${drawn++}.example.com`, ...settings },
    caller,
  )
  return domainName
}

async function newApi(): Promise<string> {
  const api = await fixture.createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  return api.restApiId
}

describe('API mappings', () => {
  test('are base path mappings too, where they have one segment', async () => {
    const DomainName = await newDomain()
    const ApiId = await newApi()
    const root = await operations.CreateApiMapping({ DomainName, ApiId, Stage: 'dev' }, caller)
    assert.deepEqual({ ...root, ApiMappingId: '' }, { ApiId, ApiMappingId: '', ApiMappingKey: '', Stage: 'dev' })
    const deep = await operations.CreateApiMapping({ DomainName, ApiId, Stage: 'dev', ApiMappingKey: 'v1/a' }, caller)
    await rest.CreateBasePathMapping({ domainName: DomainName, restApiId: ApiId, basePath: 'old' }, caller)
    const { Items = [] } = await operations.GetApiMappings({ DomainName }, caller)
    assert.deepEqual(
      Items.map(({ ApiMappingKey, Stage }) => [ApiMappingKey, Stage]),
      [
        ['', 'dev'],
        ['old', undefined],
        ['v1/a', 'dev'],
      ],
    )
    const { items = [] } = await rest.GetBasePathMappings({ domainName: DomainName }, caller)
    assert.deepEqual(items, [
      { basePath: '(none)', restApiId: ApiId, stage: 'dev' },
      { basePath: 'old', restApiId: ApiId },
    ])
    await assert.rejects(rest.GetBasePathMapping({ domainName: DomainName, basePath: 'v1/a' }, caller), {
      code: 'NotFoundException',
    })
    const { ApiMappingId = '' } = deep
    assert.deepEqual(await operations.GetApiMapping({ DomainName, ApiMappingId }, caller), deep)
    await operations.DeleteApiMapping({ DomainName, ApiMappingId }, caller)
    for (const name of ['GetApiMapping', 'DeleteApiMapping'] as const) {
      await assert.rejects(operations[name]({ DomainName, ApiMappingId }, caller), unknown)
    }
    await assert.rejects(operations.UpdateApiMapping({ DomainName, ApiMappingId, ApiId }, caller), unknown)
    await assert.rejects(rest.DeleteRestApi({ restApiId: ApiId }, caller), { code: 'BadRequestException' })
  })

  test('keep their ids when they move', async () => {
    const DomainName = await newDomain()
    const ApiId = await newApi()
    const other = await newApi()
    await operations.CreateApiMapping({ DomainName, ApiId, Stage: 'dev', ApiMappingKey: 'taken' }, caller)
    const mapping = await operations.CreateApiMapping({ DomainName, ApiId, Stage: 'dev', ApiMappingKey: 'a' }, caller)
    const { ApiMappingId = '' } = mapping
    const ids = { DomainName, ApiMappingId }
    assert.deepEqual(await operations.UpdateApiMapping({ ...ids, ApiId: other }, caller), { ...mapping, ApiId: other })
    const moved = { ...mapping, ApiMappingKey: '' }
    assert.deepEqual(await operations.UpdateApiMapping({ ...ids, ApiId, ApiMappingKey: '' }, caller), moved)
    assert.deepEqual(await operations.GetApiMapping(ids, caller), moved)
    await assert.rejects(operations.UpdateApiMapping({ ...ids, ApiId, ApiMappingKey: 'taken' }, caller), taken)
    await assert.rejects(
      operations.UpdateApiMapping({ ...ids, ApiId, Stage: 'x' }, caller),
      bad('Invalid stage identifier specified'),
    )
  })

  const invalidKey = bad("An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()/")
  for (const [name, settings, error] of [
    ['a key that is taken', { ApiMappingKey: 'taken' }, taken],
    ['a slash at the end', { ApiMappingKey: 'a/' }, bad("API mapping key should not end with a '/'.")],
    ['a slash at the beginning', { ApiMappingKey: '/a' }, invalidKey],
    ['two slashes', { ApiMappingKey: 'a//b' }, invalidKey],
    ['other characters', { ApiMappingKey: 'a b' }, invalidKey],
    ['an unknown stage', { Stage: 'x' }, bad('Invalid stage identifier specified')],
    ['an unknown API', { ApiId: 'x' }, { code: 'NotFoundException', message: 'Invalid API identifier specified x' }],
    ['an unknown domain name', { DomainName: 'x.test' }, unknownDomain],
  ] satisfies [string, Partial<Create>, object][]) {
    test(`are refused for ${name}`, async () => {
      const DomainName = await newDomain()
      const input = { DomainName, ApiId: await newApi(), Stage: 'dev' }
      await operations.CreateApiMapping({ ...input, ApiMappingKey: 'taken' }, caller)
      await assert.rejects(operations.CreateApiMapping({ ...input, ...settings }, caller), error)
    })
  }

  test('of several levels need a regional domain name and TLS 1.2', async () => {
    const regionalOnly = bad(
      'Multi-level API mappings are supported for regional domain names with the TLS_1_2 policy only.',
    )
    const ApiId = await newApi()
    const old = { regionalCertificateArn: certificateArn, securityPolicy: 'TLS_1_0' }
    for (const DomainName of [await newDomain({ certificateArn }), await newDomain(old)]) {
      const input = { DomainName, ApiId, Stage: 'dev' }
      await operations.CreateApiMapping({ ...input, ApiMappingKey: 'a' }, caller)
      await assert.rejects(operations.CreateApiMapping({ ...input, ApiMappingKey: 'a/b' }, caller), regionalOnly)
    }
  })

  test('of several levels are 200 at most', async () => {
    const input = { DomainName: await newDomain(), ApiId: await newApi(), Stage: 'dev' }
    for (let count = 0; count < 200; count++) {
      await operations.CreateApiMapping({ ...input, ApiMappingKey: `v1/${count}` }, caller)
    }
    await assert.rejects(operations.CreateApiMapping({ ...input, ApiMappingKey: 'v1/more' }, caller), {
      code: 'BadRequestException',
    })
    await operations.CreateApiMapping({ ...input, ApiMappingKey: 'single' }, caller)
    const first = await operations.GetApiMappings({ DomainName: input.DomainName, MaxResults: '150' }, caller)
    const second = await operations.GetApiMappings(
      { DomainName: input.DomainName, NextToken: first.NextToken ?? '', MaxResults: '150' },
      caller,
    )
    assert.deepEqual([first.Items?.length, second.Items?.length, second.NextToken], [150, 51, undefined])
  })

  test('go with their domain name, as routing rules do', async () => {
    const DomainName = await newDomain()
    const ApiId = await newApi()
    await operations.CreateApiMapping({ DomainName, ApiId, Stage: 'dev' }, caller)
    const rule = { Actions: [{ InvokeApi: { ApiId, Stage: 'dev' } }], Conditions: [], Priority: 1 }
    await rules.CreateRoutingRule({ DomainName, ...rule }, caller)
    await rest.DeleteDomainName({ domainName: DomainName }, caller)
    await rest.CreateDomainName({ domainName: DomainName, regionalCertificateArn: certificateArn }, caller)
    assert.deepEqual((await operations.GetApiMappings({ DomainName }, caller)).Items, [])
    assert.deepEqual((await rules.ListRoutingRules({ DomainName }, caller)).RoutingRules, [])
    await rest.DeleteRestApi({ restApiId: ApiId }, caller)
  })
})
