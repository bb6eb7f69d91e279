import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { JsonObject } from '../../openapi/json.ts'
import { openFixtureV2 } from '../fixture.ts'

const fixture = await openFixtureV2()
const { operations, caller } = fixture
after(fixture.close)

const lambda = {
  type: 'aws_proxy',
  uri: 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:f',
  payloadFormatVersion: '2.0',
}
const jwt = {
  type: 'oauth2',
  flows: {},
  'x-amazon-apigateway-authorizer': {
    type: 'jwt',
    jwtConfiguration: { issuer: 'https://issuer.example', audience: ['a'] },
  },
}
const integrated = { 'x-amazon-apigateway-integration': lambda }
const bad = (message: string | RegExp) => ({ code: 'BadRequestException', message })
const json = (value: unknown) => JSON.parse(JSON.stringify(value))

function document(paths: JsonObject, rest: JsonObject = {}): string {
  return JSON.stringify({ openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths, ...rest })
}

async function imported(Body: string): Promise<string> {
  const { ApiId = '' } = await operations.ImportApi({ Body }, caller)
  return ApiId
}

async function routesOf(ApiId: string) {
  const { Items = [] } = await operations.GetRoutes({ ApiId }, caller)
  return Items.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])
}

async function exported(ApiId: string, options: object = {}): Promise<string> {
  const request = { ApiId, Specification: 'OAS30', OutputType: 'JSON', ...options }
  const { body } = await operations.ExportApi(request, caller)
  return Buffer.from(body ?? '').toString()
}

describe('ImportApi', () => {
  test('makes an API with all that the document says', async () => {
    const body = document(
      {
        '/pets': { get: { ...integrated, operationId: 'list', security: [{ users: ['read'] }] } },
        '/$default': { 'x-amazon-apigateway-any-method': { ...integrated, isDefaultRoute: true } },
      },
      {
        components: { securitySchemes: { users: jwt } },
        'x-amazon-apigateway-cors': { allowOrigins: ['*'] },
        tags: [{ name: 'a', 'x-amazon-apigateway-tag-value': 'b' }],
      },
    )
    const api = await operations.ImportApi({ Body: body }, caller)
    const { ApiId = '', ApiEndpoint, CreatedDate, ...shown } = api
    assert.deepEqual(json(shown), {
      Name: 'Pets',
      Version: '1',
      ProtocolType: 'HTTP',
      RouteSelectionExpression: '$request.method $request.path',
      ApiKeySelectionExpression: '$request.header.x-api-key',
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      CorsConfiguration: { AllowOrigins: ['*'] },
      Tags: { a: 'b' },
    })
    assert.ok(ApiEndpoint && CreatedDate)
    assert.deepEqual(await operations.GetApi({ ApiId }, caller), api)
    const { Items: [authorizer] = [] } = await operations.GetAuthorizers({ ApiId }, caller)
    const { Items: integrations = [] } = await operations.GetIntegrations({ ApiId }, caller)
    assert.deepEqual(
      integrations.map(({ IntegrationUri, IntegrationMethod, TimeoutInMillis, ConnectionType }) => [
        IntegrationUri,
        IntegrationMethod,
        TimeoutInMillis,
        ConnectionType,
      ]),
      [1, 2].map(() => ['arn:aws:lambda:us-east-1:123456789012:function:f', 'POST', 30_000, 'INTERNET']),
    )
    const { Items: routes = [] } = await operations.GetRoutes({ ApiId }, caller)
    const list = routes.find(({ RouteKey }) => RouteKey === 'GET /pets')
    assert.deepEqual(
      [list?.AuthorizationType, list?.AuthorizerId, list?.AuthorizationScopes, list?.OperationName],
      ['JWT', authorizer?.AuthorizerId, ['read'], 'list'],
    )
    assert.deepEqual(
      routes.map(({ Target }) => Target).sort(),
      integrations.map(({ IntegrationId }) => `integrations/${IntegrationId}`).sort(),
    )
    assert.deepEqual((await operations.GetStages({ ApiId }, caller)).Items, [])
  })

  test('takes YAML, and a base path', async () => {
    const Body = [
      'openapi: 3.0.1',
      'info: {title: t, version: 1.0}',
      'servers: [{url: "https://x.example/v1/shop"}]',
      'paths: {/a: {get: {}}}',
    ].join('\n')
    const { ApiId = '', Version } = await operations.ImportApi({ Body, Basepath: 'prepend' }, caller)
    assert.deepEqual([Version, await routesOf(ApiId)], ['1.0', [['GET /v1/shop/a', 'NONE']]])
  })

  test('tells what it leaves out, and remembers', async () => {
    const http = { type: 'http', uri: 'https://x.example', httpMethod: 'GET' }
    const body = document({
      '/a': { get: { requestBody: {}, 'x-amazon-apigateway-integration': http } },
      '/b': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri: 'x', httpMethod: 'GET' } } },
    })
    const { ApiId = '', Warnings, ImportInfo } = await operations.ImportApi({ Body: body }, caller)
    assert.deepEqual(ImportInfo, ["Unsupported member 'requestBody' of 'GET /a'. Ignoring."])
    assert.equal(Warnings?.length, 2)
    assert.match(Warnings.join(), /Unable to create Integration for 'GET \/a': HTTP APIs support .+'GET \/b': /)
    const { Items = [] } = await operations.GetRoutes({ ApiId }, caller)
    assert.deepEqual(
      Items.map(({ RouteKey, Target }) => [RouteKey, Target]),
      [
        ['GET /a', undefined],
        ['GET /b', undefined],
      ],
    )
    assert.deepEqual((await operations.GetApi({ ApiId }, caller)).Warnings, Warnings)
  })

  const missing = { responses: { '200': { content: { a: { schema: { $ref: '#/components/schemas/None' } } } } } }
  const noAudience = { ...jwt, 'x-amazon-apigateway-authorizer': { type: 'jwt' } }
  for (const [name, input, message] of [
    [
      'warnings when told to',
      { Body: document({ '/update': { get: missing } }), FailOnWarnings: true },
      "Warnings found during import:\n\tParse issue: attribute paths.'/update'(get).responses.200.content.schema.#/components/schemas/None is missing",
    ],
    [
      'a route whose authorizer cannot be',
      {
        Body: document(
          { '/a': { get: { security: [{ users: [] }] } } },
          { components: { securitySchemes: { users: noAudience } } },
        ),
      },
      /^Errors found during import:\n\tUnable to create Route 'GET \/a': Authorizer 'users' could not be created\nAdditionally, these warnings were found:\n\tUnable to create Authorizer 'users': /,
    ],
    [
      'two routes of one shape',
      { Body: document({ '/a/{x}': { get: {} }, '/a/{y}': { get: {} } }) },
      /Unable to create Route 'GET \/a\/\{y\}': Route with key GET \/a\/\{y\} already exists for this API$/,
    ],
    ['a path that is none', { Body: document({ '/a b': { get: {} } }) }, /Unable to create Route 'GET \/a b'/],
    [
      'CORS that is none',
      { Body: document({}, { 'x-amazon-apigateway-cors': { allowMethods: ['x'] } }) },
      /allow-methods/,
    ],
    ['a document without a title', { Body: '{"openapi": "3.0.1", "paths": {}}' }, /Invalid API name specified$/],
    ['Swagger 2.0', { Body: '{"swagger": "2.0", "info": {"title": "t"}, "paths": {}}' }, /^Invalid OpenAPI input\./],
    ['what is no document', { Body: 'x' }, /^Invalid OpenAPI input\./],
    [
      'a document of more than 6 MB',
      { Body: document({}, { 'x-big': 'x'.repeat(6_300_000) }) },
      'The OpenAPI document exceeds its maximum size of 6291456 bytes',
    ],
    [
      'another base path',
      { Body: document({}), Basepath: 'x' },
      'Invalid basepath specified. Valid options are ignore,prepend,split',
    ],
  ] satisfies [string, Parameters<typeof operations.ImportApi>[0], string | RegExp][]) {
    test(`refuses ${name}, and makes nothing`, async () => {
      const before = await operations.GetApis({ MaxResults: '500' }, caller)
      await assert.rejects(operations.ImportApi(input, caller), bad(message))
      assert.deepEqual(await operations.GetApis({ MaxResults: '500' }, caller), before)
    })
  }
})

describe('A document of very many parts', () => {
  const pathsOf = (count: number, operation: JsonObject) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`/${index}`, { get: operation }]))
  const tooMany = { code: 'TooManyRequestsException' }

  test('makes 300 routes, and not one more', async () => {
    const ApiId = await imported(document(pathsOf(300, {})))
    const { Items = [] } = await operations.GetRoutes({ ApiId, MaxResults: '500' }, caller)
    assert.equal(Items.length, 300)
    await assert.rejects(imported(document(pathsOf(301, {}))), tooMany)
    const schemes = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`s${index}`, jwt]))
    await assert.rejects(imported(document({}, { components: { securitySchemes: schemes } })), tooMany)
  })

  test('is told of by its first 500 findings', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`member${index}`, 1]))
    const { Warnings = [] } = await operations.ImportApi({ Body: document({ '/a': { get: unknown } }) }, caller)
    assert.deepEqual([Warnings.length, Warnings.at(-1)], [501, 'And 100 more.'])
  })
})

describe('ReimportApi', () => {
  test('replaces all that documents can say, and keeps stages and their settings', async () => {
    const first = document(
      { '/a': { get: { ...integrated, security: [{ users: [] }] } } },
      { components: { securitySchemes: { users: jwt } }, 'x-amazon-apigateway-cors': { allowOrigins: ['*'] } },
    )
    const ApiId = await imported(first)
    await operations.CreateStage({ ApiId, StageName: 'auto', AutoDeploy: true, StageVariables: { a: 'b' } }, caller)
    await operations.TagResource(
      { ResourceArn: `arn:aws:apigateway:us-east-1::/apis/${ApiId}`, Tags: { x: 'y' } },
      caller,
    )
    const before = await operations.GetStage({ ApiId, StageName: 'auto' }, caller)
    const Body = document({ '/b': { post: integrated } }, { info: { title: 'Other', version: '2' } })
    const api = await operations.ReimportApi({ ApiId, Body }, caller)
    assert.deepEqual(
      [api.ApiId, api.Name, api.Version, api.CorsConfiguration, api.Tags],
      [ApiId, 'Other', '2', undefined, { x: 'y' }],
    )
    assert.deepEqual(await routesOf(ApiId), [['POST /b', 'NONE']])
    assert.deepEqual((await operations.GetAuthorizers({ ApiId }, caller)).Items, [])
    assert.equal((await operations.GetIntegrations({ ApiId }, caller)).Items?.length, 1)
    const after = await operations.GetStage({ ApiId, StageName: 'auto' }, caller)
    assert.deepEqual(after.StageVariables, { a: 'b' })
    assert.notEqual(after.DeploymentId, before.DeploymentId)
  })

  test('changes nothing when it fails', async () => {
    const ApiId = await imported(document({ '/a': { get: integrated } }))
    const Body = document({ '/b': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } } })
    await assert.rejects(operations.ReimportApi({ ApiId, Body, FailOnWarnings: true }, caller), bad(/^Warnings found/))
    assert.deepEqual(await routesOf(ApiId), [['GET /a', 'NONE']])
    const { Warnings } = await operations.ReimportApi({ ApiId, Body }, caller)
    assert.equal(Warnings?.length, 1)
    const clean = await operations.ReimportApi({ ApiId, Body: document({}) }, caller)
    assert.equal(clean.Warnings, undefined)
  })

  test('refuses unknown APIs and WebSocket APIs', async () => {
    const Body = document({})
    const unknown = { code: 'NotFoundException', message: 'Invalid API identifier specified x' }
    await assert.rejects(operations.ReimportApi({ ApiId: 'x', Body }, caller), unknown)
    const { ApiId = '' } = await operations.CreateApi(
      { Name: 'w', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
      caller,
    )
    await assert.rejects(operations.ReimportApi({ ApiId, Body }, caller), bad('Import is supported for HTTP APIs only'))
    await assert.rejects(exported(ApiId), bad('Export is supported for HTTP APIs only'))
  })
})

describe('ExportApi', () => {
  test('shows an API as it stands, or as a stage serves it', async () => {
    const ApiId = await imported(document({ '/a': { get: integrated } }))
    await operations.CreateStage({ ApiId, StageName: 'dev' }, caller)
    await operations.CreateDeployment({ ApiId, StageName: 'dev' }, caller)
    await operations.CreateRoute({ ApiId, RouteKey: 'GET /b' }, caller)
    const now = JSON.parse(await exported(ApiId))
    const dev = JSON.parse(await exported(ApiId, { StageName: 'dev' }))
    assert.deepEqual([Object.keys(now.paths), Object.keys(dev.paths)], [['/a', '/b'], ['/a']])
    assert.deepEqual(
      [now.servers[0].variables.basePath.default, dev.servers[0].variables.basePath.default],
      ['', 'dev'],
    )
    assert.equal(now.servers[0].url, `https://${ApiId}.execute-api.us-east-1.amazonaws.com/{basePath}`)
  })

  test('writes YAML, and leaves extensions out', async () => {
    const { ApiId = '' } = await operations.CreateApi(
      { Name: 'quick', ProtocolType: 'HTTP', Target: 'https://x.example' },
      caller,
    )
    assert.match(
      await exported(ApiId, { OutputType: 'YAML' }),
      /^openapi: 3\.0\.1\ninfo:\n {2}title: quick\n {2}version: 2026-01-01 00:00:00UTC\n/,
    )
    assert.doesNotMatch(await exported(ApiId, { IncludeExtensions: false }), /apigateway-integration/)
    const again = await imported(await exported(ApiId))
    assert.deepEqual(await routesOf(again), [['$default', 'NONE']])
  })

  test('refuses unknown APIs and stages, stages without a deployment, and other versions', async () => {
    const ApiId = await imported(document({ '/a': { get: integrated } }))
    await operations.CreateStage({ ApiId, StageName: 'new' }, caller)
    await assert.rejects(exported('x'), { code: 'NotFoundException' })
    await assert.rejects(exported(ApiId, { StageName: 'x' }), { code: 'NotFoundException' })
    await assert.rejects(exported(ApiId, { StageName: 'new' }), bad('Stage new has no deployment to export'))
    await assert.rejects(
      exported(ApiId, { ExportVersion: '2.0' }),
      bad('Invalid exportVersion specified. Valid options are 1.0'),
    )
  })
})
