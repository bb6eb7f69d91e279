import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixtureV2 } from '../fixture.ts'

const fixture = await openFixtureV2()
const { caller, rest, operations } = fixture
after(fixture.close)

let drawn = 0
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

async function newHttpApi(): Promise<string> {
  const input = { Name: 'h', ProtocolType: 'HTTP', Target: 'https://x.example' } as const
  const { ApiId = '' } = await operations.CreateApi(input, caller)
  return ApiId
}

async function newWebSocketApi(): Promise<string> {
  const input = { Name: 'w', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const
  const { ApiId = '' } = await operations.CreateApi(input, caller)
  await operations.CreateStage({ ApiId, StageName: 's' }, caller)
  return ApiId
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

  test('lead to APIs of other protocols, which stay while they do', async () => {
    const DomainName = await newDomain()
    const ApiId = await newHttpApi()
    const input = { DomainName, ApiId, Stage: '$default' }
    const { ApiMappingId = '' } = await operations.CreateApiMapping({ ...input, ApiMappingKey: 'http' }, caller)
    await operations.CreateApiMapping(
      { DomainName, ApiId: await newApi(), Stage: 'dev', ApiMappingKey: 'rest' },
      caller,
    )
    const socket = await newWebSocketApi()
    await assert.rejects(
      operations.CreateApiMapping({ DomainName, ApiId: socket, Stage: 's', ApiMappingKey: 'ws' }, caller),
      bad('WebSocket APIs cannot be mapped to the same domain name as REST and HTTP APIs.'),
    )
    await operations.CreateApiMapping({ DomainName: await newDomain(), ApiId: socket, Stage: 's' }, caller)
    await assert.rejects(
      operations.DeleteApi({ ApiId }, caller),
      bad(
        `Deleting API ${ApiId} failed. Please remove all API mappings related to the API in your domains: ${DomainName}.`,
      ),
    )
    await operations.DeleteApiMapping({ DomainName, ApiMappingId }, caller)
    await operations.DeleteApi({ ApiId }, caller)
  })

  test('of HTTP APIs and routing rules exclude each other', async () => {
    const ApiId = await newApi()
    const http = { ApiId: await newHttpApi(), Stage: '$default' }
    const rule = { Actions: [{ InvokeApi: { ApiId, Stage: 'dev' } }], Conditions: [], Priority: 1 }
    const ruled = await newDomain()
    await operations.CreateRoutingRule({ DomainName: ruled, ...rule }, caller)
    await operations.CreateApiMapping({ DomainName: ruled, ApiId, Stage: 'dev' }, caller)
    await assert.rejects(
      operations.CreateApiMapping({ DomainName: ruled, ...http, ApiMappingKey: 'a' }, caller),
      bad('Domain names with routing rules can only be mapped to REST APIs.'),
    )
    await assert.rejects(
      operations.CreateRoutingRule({ DomainName: ruled, ...rule, Actions: [{ InvokeApi: http }], Priority: 2 }, caller),
      bad('Routing rules can only invoke REST APIs.'),
    )
    const mapped = await newDomain()
    await operations.CreateApiMapping({ DomainName: mapped, ...http }, caller)
    await assert.rejects(
      operations.CreateRoutingRule({ DomainName: mapped, ...rule }, caller),
      bad('Routing rules are not supported for domain names with mappings of HTTP or WebSocket APIs.'),
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
    await operations.CreateRoutingRule({ DomainName, ...rule }, caller)
    await rest.DeleteDomainName({ domainName: DomainName }, caller)
    await rest.CreateDomainName({ domainName: DomainName, regionalCertificateArn: certificateArn }, caller)
    assert.deepEqual((await operations.GetApiMappings({ DomainName }, caller)).Items, [])
    assert.deepEqual((await operations.ListRoutingRules({ DomainName }, caller)).RoutingRules, [])
    await rest.DeleteRestApi({ restApiId: ApiId }, caller)
  })
})
