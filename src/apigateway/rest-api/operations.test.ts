import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, startMs } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const noSuchApi = (restApiId: string) => ({
  code: 'NotFoundException',
  message: `Invalid API identifier specified 123456789012:${restApiId}`,
})

describe('CreateRestApi', () => {
  test('fills in the defaults and leaves a root resource and two models behind', async () => {
    const { id = '', rootResourceId, ...rest } = stripped(await operations.CreateRestApi({ name: 'a' }, caller))
    assert.match(id, /^.{10}$/)
    assert.match(rootResourceId ?? '', /^.{10}$/)
    assert.deepEqual(rest, {
      name: 'a',
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      createdDate: new Date(startMs),
    })
    const { items } = await operations.GetResources({ restApiId: id }, caller)
    assert.deepEqual(items, [{ id: rootResourceId, path: '/' }])
    const models = await operations.GetModels({ restApiId: id }, caller)
    assert.deepEqual(
      models.items.map(({ name, contentType, schema }) => [name, contentType, JSON.parse(schema).title]),
      [
        ['Empty', 'application/json', 'Empty Schema'],
        ['Error', 'application/json', 'Error Schema'],
      ],
    )
  })

  test('keeps what it is given', async () => {
    const given = {
      name: 'b',
      description: 'd',
      version: '1',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 0,
      apiKeySource: 'AUTHORIZER' as const,
      endpointConfiguration: { types: ['PRIVATE' as const], vpcEndpointIds: ['vpce-1'] },
      tags: { team: 'zoo' },
      disableExecuteApiEndpoint: true,
    }
    const created = await operations.CreateRestApi({ ...given, policy: '{"Version":"2012-10-17"}' }, caller)
    const { id, rootResourceId, createdDate, ...rest } = await operations.GetRestApi(
      { restApiId: created.id ?? '' },
      caller,
    )
    assert.deepEqual(rest, {
      ...given,
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-1'] },
      policy: '{\\"Version\\":\\"2012-10-17\\"}',
    })
  })

  const refusals: [string, object, string][] = [
    ['an empty name', { name: '' }, 'Name cannot be an empty string'],
    ['an empty description', { description: '' }, 'Description cannot be an empty string'],
    [
      'an empty description before a bad endpoint',
      { description: '', endpointConfiguration: { types: [] } },
      'Description cannot be an empty string',
    ],
    [
      'a compression size out of range',
      { minimumCompressionSize: 10_485_761 },
      'Invalid minimum compression size, must be between 0 and 10485760',
    ],
    [
      'two endpoint types',
      { endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } },
      'Cannot create an api with multiple Endpoint Types.',
    ],
    [
      'no endpoint type',
      { endpointConfiguration: { types: [] } },
      'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.',
    ],
    [
      'a private API over IPv4',
      { endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } },
      'Only dualstack ipAddressType is supported for Private APIs.',
    ],
    [
      'VPC endpoints of a public API',
      { endpointConfiguration: { types: ['REGIONAL'], vpcEndpointIds: ['vpce-1'] } },
      'VPCEndpoints can only be specified with PRIVATE apis.',
    ],
    [
      'a policy that is no JSON object',
      { policy: '[]' },
      'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
    ],
    ['a reserved tag', { tags: { 'aws:x': 'y' } }, 'Tag keys that start with aws: are reserved: aws:x'],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, () =>
      assert.rejects(operations.CreateRestApi({ name: 'x', ...settings }, caller), {
        code: 'BadRequestException',
        message,
      }))
  }
})

describe('GetRestApi', () => {
  test('shows tags even when there are none', async () => {
    const { restApiId } = await createApi()
    assert.deepEqual((await operations.GetRestApi({ restApiId }, caller)).tags, {})
  })

  test('refuses an unknown id, and one of another region', async () => {
    const { restApiId } = await createApi()
    await assert.rejects(operations.GetRestApi({ restApiId: restApiId.toUpperCase() }, caller), {
      code: 'NotFoundException',
    })
    await assert.rejects(operations.GetRestApi({ restApiId }, { ...caller, region: 'eu-west-1' }), noSuchApi(restApiId))
  })
})

describe('GetRestApis', () => {
  test('pages through one region in the order of ids', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    for (const name of ['c', 'a', 'b']) {
      await operations.CreateRestApi({ name }, paris)
      fixture.wait(1)
    }
    const first = await operations.GetRestApis({ limit: 2 }, paris)
    assert.deepEqual(
      first.items?.map(({ name, tags }) => [name, tags]),
      [
        ['c', undefined],
        ['a', undefined],
      ],
    )
    const second = await operations.GetRestApis({ limit: 2, position: first.position ?? '' }, paris)
    assert.deepEqual([second.items?.map(({ name }) => name), second.position], [['b'], undefined])
  })
})

describe('UpdateRestApi', () => {
  const replace = (path: string, value?: string): Patch[] => [
    { op: 'replace', path, ...(value !== undefined && { value }) },
  ]
  const changes: [string, Patch[], object][] = [
    ['the name', replace('/name', 'z'), { name: 'z' }],
    ['the description', replace('/description', 'z'), { description: 'z' }],
    ['no description any more', [{ op: 'remove', path: '/description' }], { description: undefined }],
    ['a compression size', replace('/minimumCompressionSize', '10'), { minimumCompressionSize: 10 }],
    [
      'no compression any more',
      [...replace('/minimumCompressionSize', '10'), ...replace('/minimumCompressionSize')],
      { minimumCompressionSize: undefined },
    ],
    ['the API key source', replace('/apiKeySource', 'AUTHORIZER'), { apiKeySource: 'AUTHORIZER' }],
    ['the endpoint switch', replace('/disableExecuteApiEndpoint', 'true'), { disableExecuteApiEndpoint: true }],
    ['the security policy', replace('/securityPolicy', 'TLS_1_2'), { securityPolicy: 'TLS_1_2' }],
    ['the access mode', replace('/endpointAccessMode', 'STRICT'), { endpointAccessMode: 'STRICT' }],
    ['the policy', replace('/policy', '{}'), { policy: '{}' }],
    [
      'media types, added and replaced',
      [
        { op: 'add', path: '/binaryMediaTypes/image~1png' },
        { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
        { op: 'replace', path: '/binaryMediaTypes/image~1png', value: 'image/gif' },
      ],
      { binaryMediaTypes: ['image/jpeg', 'image/gif'] },
    ],
    [
      'no media type any more',
      [
        { op: 'add', path: '/binaryMediaTypes/a~1b' },
        { op: 'remove', path: '/binaryMediaTypes/a~1b' },
      ],
      { binaryMediaTypes: undefined },
    ],
    [
      'the endpoint type, private reaching over both IP versions',
      replace('/endpointConfiguration/types/EDGE', 'PRIVATE'),
      { endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack' } },
    ],
    [
      'the endpoint type by its index',
      [
        { op: 'remove', path: '/endpointConfiguration/types/0' },
        { op: 'add', path: '/endpointConfiguration/types/0', value: 'REGIONAL' },
      ],
      { endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' } },
    ],
    [
      'the IP address type',
      replace('/endpointConfiguration/ipAddressType', 'dualstack'),
      { endpointConfiguration: { types: ['EDGE'], ipAddressType: 'dualstack' } },
    ],
    [
      'VPC endpoints',
      [
        ...replace('/endpointConfiguration/types/EDGE', 'PRIVATE'),
        { op: 'add', path: '/endpointConfiguration/vpcEndpointIds', value: 'vpce-1,vpce-2' },
        { op: 'remove', path: '/endpointConfiguration/vpcEndpointIds', value: 'vpce-1' },
      ],
      { endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-2'] } },
    ],
  ]
  for (const [name, patchOperations, expected] of changes) {
    test(`gives an API ${name}`, async () => {
      const { restApiId } = await createApi()
      const updated = await operations.UpdateRestApi({ restApiId, patchOperations }, caller)
      assert.deepEqual(
        Object.fromEntries(Object.keys(expected).map((key) => [key, Reflect.get(updated, key)])),
        expected,
      )
      assert.deepEqual(await operations.GetRestApi({ restApiId }, caller), updated)
    })
  }

  const onlyReplace = 'Invalid patch operation specified. Must be one of: [replace]'
  const badSize = 'Invalid minimum compression size, must be between 0 and 10485760'
  const refusals: [string, Patch, string][] = [
    ['a missing element', { op: 'add', path: '/binaryMediaTypes' }, 'Invalid patch path /binaryMediaTypes'],
    ['an unknown path', { op: 'replace', path: '/id', value: 'x' }, 'Invalid patch path /id'],
    ['another operation than replace', { op: 'add', path: '/minimumCompressionSize', value: '1' }, onlyReplace],
    ['a negative size', { op: 'replace', path: '/minimumCompressionSize', value: '-1' }, badSize],
    ['a size in words', { op: 'replace', path: '/minimumCompressionSize', value: 'two' }, badSize],
    [
      'an unknown IP address type',
      { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'ipv6' },
      'ipAddressType must be either ipv4 or dualstack.',
    ],
    [
      'another operation on the IP address type',
      { op: 'add', path: '/endpointConfiguration/ipAddressType', value: 'ipv4' },
      onlyReplace,
    ],
    [
      'an unknown endpoint type',
      { op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'wrong' },
      'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    ],
    [
      'another operation on the endpoint type',
      { op: 'test', path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' },
      "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
    ],
  ]
  for (const [name, operation, message] of refusals) {
    test(`refuses ${name} and changes nothing`, async () => {
      const { restApiId } = await createApi()
      const before = await operations.GetRestApi({ restApiId }, caller)
      const patchOperations = [{ op: 'replace' as const, path: '/name', value: 'changed' }, operation]
      await assert.rejects(operations.UpdateRestApi({ restApiId, patchOperations }, caller), {
        code: 'BadRequestException',
        message,
      })
      assert.deepEqual(await operations.GetRestApi({ restApiId }, caller), before)
    })
  }

  test('refuses an unknown API', () =>
    assert.rejects(operations.UpdateRestApi({ restApiId: 'gone' }, caller), noSuchApi('gone')))
})

describe('DeleteRestApi', () => {
  test('deletes everything below the API, and tells that its stages are gone', async () => {
    const api = await createApi()
    await api.integrate(await api.createMethod())
    const deploymentId = await api.deploy('dev')
    const { restApiId, rootId } = api
    const part = { restApiId, location: { type: 'API' as const }, properties: '{}' }
    const { id: documentationPartId = '' } = await operations.CreateDocumentationPart(part, caller)
    await operations.CreateDocumentationVersion({ restApiId, documentationVersion: '1' }, caller)
    const { id: requestValidatorId = '' } = await operations.CreateRequestValidator({ restApiId, name: 'v' }, caller)
    const told = fixture.revisions.length
    await operations.DeleteRestApi({ restApiId }, caller)
    assert.deepEqual(
      fixture.revisions.slice(told).map(({ topic, key }) => [topic, key]),
      [['rest-stage', `${restApiId}/dev`]],
    )
    await assert.rejects(operations.GetRestApi({ restApiId }, caller), noSuchApi(restApiId))
    await assert.rejects(operations.GetResource({ restApiId, resourceId: rootId }, caller), {
      code: 'NotFoundException',
    })
    await assert.rejects(operations.GetModel({ restApiId, modelName: 'Empty' }, caller), {
      code: 'NotFoundException',
      message: 'Invalid model name specified: Empty',
    })
    await assert.rejects(operations.GetDeployment({ restApiId, deploymentId }, caller), { code: 'NotFoundException' })
    await assert.rejects(operations.GetStage({ restApiId, stageName: 'dev' }, caller), { code: 'NotFoundException' })
    for (const get of [
      operations.GetDocumentationPart({ restApiId, documentationPartId }, caller),
      operations.GetDocumentationVersion({ restApiId, documentationVersion: '1' }, caller),
      operations.GetRequestValidator({ restApiId, requestValidatorId }, caller),
    ]) {
      await assert.rejects(get, { code: 'NotFoundException' })
    }
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.DeleteRestApi({ restApiId: 'gone' }, caller), noSuchApi('gone')))
})

/** What the wire shows: members that are not undefined. */
function stripped<T extends object>(answer: T): Partial<T> {
  const shown = { ...answer }
  for (const key of Object.keys(shown)) if (Reflect.get(shown, key) === undefined) Reflect.deleteProperty(shown, key)
  return shown
}
