import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const lambda =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations'
const dynamodb = 'arn:aws:apigateway:us-east-1:dynamodb:action/GetItem'
const role = 'arn:aws:iam::123456789012:role/r'
const mapping = (error: string) =>
  `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`

/** A `GET` that declares the path parameter `id` and the query parameter `q`. */
async function method() {
  const { restApiId, rootId } = await createApi()
  const ids = { restApiId, resourceId: rootId, httpMethod: 'GET' }
  const requestParameters = { 'method.request.path.id': true, 'method.request.querystring.q': false }
  await operations.PutMethod({ ...ids, authorizationType: 'NONE', requestParameters }, caller)
  return ids
}

describe('PutIntegration', () => {
  test('fills in the defaults, and calls the backend verb httpMethod', async () => {
    const ids = await method()
    const uri = 'http://localhost:3000/pets/{id}'
    const put = { ...ids, type: 'HTTP_PROXY', integrationHttpMethod: 'ANY', uri } as const
    const integration = await operations.PutIntegration(put, caller)
    assert.deepEqual(integration, {
      type: 'HTTP_PROXY',
      httpMethod: 'ANY',
      uri,
      connectionType: 'INTERNET',
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29000,
      cacheNamespace: ids.resourceId,
      cacheKeyParameters: [],
      responseTransferMode: 'BUFFERED',
    })
    assert.deepEqual(await operations.GetIntegration(ids, caller), integration)
    assert.deepEqual((await operations.GetMethod(ids, caller)).methodIntegration, integration)
  })

  test('shows no connection type for a mock, and needs no verb there', async () => {
    const put = { ...(await method()), type: 'MOCK', connectionType: 'INTERNET' } as const
    const integration = await operations.PutIntegration(put, caller)
    assert.equal('connectionType' in integration, false)
    assert.equal('httpMethod' in integration, false)
  })

  test('wipes the integration responses of the integration before', async () => {
    const ids = await method()
    await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
    await operations.PutIntegrationResponse({ ...ids, statusCode: '200' }, caller)
    const again = await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
    assert.equal(again.integrationResponses, undefined)
  })

  const accepted: [string, object][] = [
    ['a Lambda function', { type: 'AWS_PROXY', uri: lambda }],
    [
      'a function that a stage variable names',
      { type: 'AWS_PROXY', uri: lambda.replace('function:f', 'function:${stageVariables.f}') },
    ],
    ['a URL with a stage variable for a host', { type: 'HTTP', uri: 'https://${stageVariables.host}/{id}' }],
    ['another service with a role', { type: 'AWS', uri: dynamodb, credentials: role }],
    ["the caller's own credentials", { type: 'AWS', uri: dynamodb, credentials: 'arn:aws:iam::*:user/*' }],
    [
      'every source of a parameter',
      {
        type: 'HTTP',
        uri: 'http://x.test/{a}',
        requestParameters: {
          'integration.request.path.a': 'method.request.path.id',
          'integration.request.querystring.b': 'method.request.multivaluequerystring.q',
          'integration.request.header.c': "'static value'",
          'integration.request.header.d': 'stageVariables.v',
          'integration.request.header.e': 'context.identity.sourceIp',
          'integration.request.header.f': 'method.request.body.pet.name',
        },
      },
    ],
    ['templates', { type: 'MOCK', requestTemplates: { 'application/json': '{}', $default: '' } }],
  ]
  for (const [name, settings] of accepted) {
    test(`takes ${name}`, async () => {
      const put = { ...(await method()), integrationHttpMethod: 'POST', type: 'MOCK' as const, ...settings }
      const integration = await operations.PutIntegration(put, caller)
      for (const [member, value] of Object.entries(settings)) assert.deepEqual(Reflect.get(integration, member), value)
    })
  }

  const proxyOnly =
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."
  const http = { type: 'HTTP_PROXY', uri: 'http://x.test/' }
  const refusals: [string, object, string][] = [
    [
      'a missing verb',
      { ...http, integrationHttpMethod: undefined },
      'Enumeration value for HttpMethod must be non-empty',
    ],
    [
      'an unknown verb',
      { ...http, integrationHttpMethod: 'WRONG' },
      'Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
    ],
    ['a missing URL', { type: 'HTTP' }, 'Invalid HTTP endpoint specified for URI'],
    ['another protocol', { type: 'HTTP', uri: 'ftp://x.test/' }, 'Invalid HTTP endpoint specified for URI'],
    ['a relative URL', { type: 'HTTP', uri: '/pets' }, 'Invalid HTTP endpoint specified for URI'],
    ['a URI that is no ARN', { type: 'AWS_PROXY', uri: 'http://x.test/' }, 'Invalid ARN specified in the request'],
    [
      "the function's own ARN",
      { type: 'AWS_PROXY', uri: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
      'AWS ARN for integration must contain path or action',
    ],
    ['a proxy to another service', { type: 'AWS_PROXY', uri: dynamodb, credentials: role }, proxyOnly],
    ['another service without role', { type: 'AWS', uri: dynamodb }, 'Role ARN must be specified for AWS integrations'],
    ['too short a timeout', { ...http, timeoutInMillis: 49 }, 'Timeout should be between 50 ms and 29000 ms'],
    [
      'too large a template',
      { type: 'MOCK', requestTemplates: { 'application/json': 'é'.repeat(153_601) } },
      'The mapping template for application/json is larger than 307200 bytes',
    ],
    [
      'too long a timeout of a stream',
      { ...http, timeoutInMillis: 900_001, responseTransferMode: 'STREAM' },
      'Timeout should be between 50 ms and 900000 ms',
    ],
    ['too long a timeout', { ...http, timeoutInMillis: 29001 }, 'Timeout should be between 50 ms and 29000 ms'],
    [
      'a VPC link that is not named',
      { ...http, connectionType: 'VPC_LINK' },
      'ConnectionId should be set to the vpcLinkId or stage variable on connection type VPC_LINK',
    ],
    [
      'a malformed target',
      { ...http, requestParameters: { 'integration.request.body.a': "'x'" } },
      mapping('Invalid mapping expression parameter specified: integration.request.body.a'),
    ],
    [
      'a malformed source',
      { ...http, requestParameters: { 'integration.request.header.a': 'true' } },
      mapping('Invalid mapping expression specified: true'),
    ],
    [
      'a parameter that the method does not declare',
      { ...http, requestParameters: { 'integration.request.path.a': 'method.request.path.other' } },
      mapping('Invalid mapping expression parameter specified: method.request.path.other'),
    ],
    [
      'a media type that is none',
      { ...http, requestTemplates: { 123: '' } },
      'Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const put = { ...(await method()), integrationHttpMethod: 'POST', type: 'MOCK' as const, ...settings }
      await assert.rejects(operations.PutIntegration(put, caller), { code: 'BadRequestException', message })
    })
  }

  test('refuses a role of another account', async () => {
    const credentials = 'arn:aws:iam::999999999999:role/r'
    const put = {
      ...(await method()),
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: lambda,
      credentials,
    } as const
    await assert.rejects(operations.PutIntegration(put, caller), {
      code: 'AccessDeniedException',
      message: 'Cross-account pass role is not allowed.',
      status: 403,
    })
  })
})

describe('UpdateIntegration', () => {
  const mapped: Patch = {
    op: 'add',
    path: '/requestParameters/integration.request.path.id',
    value: 'method.request.path.id',
  }
  const template: Patch = { op: 'add', path: '/requestTemplates/application~1json', value: '{}' }
  const key: Patch = { op: 'add', path: '/cacheKeyParameters/method.request.path.id', value: '' }
  const replace = (path: string, value: string): Patch => ({ op: 'replace', path, value })
  const changes: [string, Patch[], object][] = [
    ['the URI', [replace('/uri', 'http://y.test/')], { uri: 'http://y.test/' }],
    ['the verb', [replace('/httpMethod', 'PUT')], { httpMethod: 'PUT' }],
    ['the timeout', [replace('/timeoutInMillis', '50')], { timeoutInMillis: 50 }],
    ['the passthrough behaviour', [replace('/passthroughBehavior', 'NEVER')], { passthroughBehavior: 'NEVER' }],
    ['the content handling', [replace('/contentHandling', 'CONVERT_TO_TEXT')], { contentHandling: 'CONVERT_TO_TEXT' }],
    [
      'no content handling any more',
      [replace('/contentHandling', 'CONVERT_TO_TEXT'), replace('/contentHandling', '')],
      { contentHandling: undefined },
    ],
    ['credentials', [replace('/credentials', role)], { credentials: role }],
    ['the cache namespace', [replace('/cacheNamespace', 'n')], { cacheNamespace: 'n' }],
    ['cache keys', [key], { cacheKeyParameters: ['method.request.path.id'] }],
    ['no cache key any more', [key, { ...key, op: 'remove' }], { cacheKeyParameters: [] }],
    [
      'a VPC link',
      [replace('/connectionType', 'VPC_LINK'), replace('/connectionId', '${stageVariables.link}')],
      { connectionType: 'VPC_LINK', connectionId: '${stageVariables.link}' },
    ],
    [
      'laxer TLS',
      [replace('/tlsConfig/insecureSkipVerification', 'true')],
      { tlsConfig: { insecureSkipVerification: true } },
    ],
    ['a transfer mode', [replace('/responseTransferMode', 'STREAM')], { responseTransferMode: 'STREAM' }],
    ['a target', [replace('/integrationTarget', 'arn:x')], { integrationTarget: 'arn:x' }],
    ['a mapping', [mapped], { requestParameters: { 'integration.request.path.id': 'method.request.path.id' } }],
    ['no mapping any more', [mapped, { ...mapped, op: 'remove' }], { requestParameters: undefined }],
    ['a template', [template], { requestTemplates: { 'application/json': '{}' } }],
    ['no template any more', [template, { ...template, op: 'remove' }], { requestTemplates: undefined }],
  ]
  for (const [name, patchOperations, expected] of changes) {
    test(`gives an integration ${name}`, async () => {
      const ids = await method()
      const put = { ...ids, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://x.test/' } as const
      const before = await operations.PutIntegration(put, caller)
      const after = await operations.UpdateIntegration({ ...ids, patchOperations }, caller)
      assert.deepEqual({ ...expected, ...after }, { ...before, ...expected })
      assert.deepEqual(await operations.GetIntegration(ids, caller), after)
    })
  }

  const refusals: [string, Patch, string][] = [
    ['an unknown path', replace('/type', 'MOCK'), 'Invalid patch path /type'],
    [
      'adding a URI',
      { op: 'add', path: '/uri', value: 'x' },
      'Invalid patch operation specified. Must be one of: [replace]',
    ],
    ['a timeout in words', replace('/timeoutInMillis', 'long'), 'Timeout should be between 50 ms and 29000 ms'],
    ['a bad URI', replace('/uri', 'x'), 'Invalid HTTP endpoint specified for URI'],
    ['an absent mapping', { ...mapped, op: 'remove' }, 'Invalid parameter name specified'],
    [
      'replacing a cache key',
      { ...key, op: 'replace' },
      'Invalid patch path /cacheKeyParameters/method.request.path.id',
    ],
  ]
  for (const [name, patch, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const ids = await method()
      const put = { ...ids, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://x.test/' } as const
      await operations.PutIntegration(put, caller)
      await assert.rejects(operations.UpdateIntegration({ ...ids, patchOperations: [patch] }, caller), { message })
    })
  }

  for (const [path, value] of [
    ['/passthroughBehavior', 'SOMETIMES'],
    ['/contentHandling', 'x'],
    ['/connectionType', 'x'],
    ['/responseTransferMode', 'x'],
  ] as const) {
    test(`refuses ${value} for ${path}`, async () => {
      const ids = await method()
      await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
      await assert.rejects(operations.UpdateIntegration({ ...ids, patchOperations: [replace(path, value)] }, caller), {
        code: 'BadRequestException',
      })
    })
  }
})

describe('Unknown ids', () => {
  const put = { type: 'MOCK' } as const
  const noIntegration = { code: 'NotFoundException', message: 'Invalid Integration identifier specified' }
  const noMethod = { code: 'NotFoundException', message: 'Invalid Method identifier specified' }
  const noResource = { code: 'NotFoundException', message: 'Invalid Resource identifier specified' }
  const cases: ['PutIntegration' | 'GetIntegration' | 'UpdateIntegration' | 'DeleteIntegration', object][] = [
    ['PutIntegration', noMethod],
    ['GetIntegration', noMethod],
    ['UpdateIntegration', noMethod],
    ['DeleteIntegration', noIntegration],
  ]
  for (const [name, error] of cases) {
    test(`are refused by ${name}`, async () => {
      const ids = await method()
      await assert.rejects(operations[name]({ ...ids, ...put, httpMethod: 'PUT' }, caller), error)
      await assert.rejects(operations[name]({ ...ids, ...put, resourceId: 'x' }, caller), noResource)
      await assert.rejects(operations[name]({ ...ids, ...put, restApiId: 'x' }, caller), noResource)
      if (name !== 'PutIntegration') await assert.rejects(operations[name](ids, caller), noIntegration)
    })
  }

  test('are what DeleteIntegration leaves', async () => {
    const ids = await method()
    await operations.PutIntegration({ ...ids, ...put }, caller)
    await operations.DeleteIntegration(ids, caller)
    await assert.rejects(operations.GetIntegration(ids, caller), noIntegration)
    assert.equal((await operations.GetMethod(ids, caller)).methodIntegration, undefined)
  })
})
