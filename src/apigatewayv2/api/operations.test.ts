import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { startMs } from '../../apigateway/fixture.ts'
import { badRequest, type FixtureV2, functionArn, openFixtureV2, refusal, webSocket } from '../fixture.ts'
import type { Request } from '../operations.ts'

let fixture: FixtureV2
beforeEach(async () => {
  fixture = await openFixtureV2()
})
afterEach(() => fixture.close())

describe('CreateApi', () => {
  test('fills in what the request leaves open', async () => {
    const { operations, caller } = fixture
    const api = await operations.CreateApi({ Name: 'pets', ProtocolType: 'HTTP' }, caller)
    assert.deepEqual(api, {
      ApiEndpoint: `https://${api.ApiId}.execute-api.us-east-1.amazonaws.com`,
      ApiId: 'v000000000',
      ApiKeySelectionExpression: '$request.header.x-api-key',
      CreatedDate: new Date(startMs),
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      Name: 'pets',
      ProtocolType: 'HTTP',
      RouteSelectionExpression: '$request.method $request.path',
      Tags: {},
    })
    assert.deepEqual(await operations.GetApi({ ApiId: api.ApiId ?? '' }, caller), api)
  })

  test('records WebSocket APIs', async () => {
    const { operations, caller } = fixture
    const RouteSelectionExpression = '$request.body.action'
    const api = await operations.CreateApi(
      { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression },
      caller,
    )
    assert.equal(api.ApiEndpoint, `wss://${api.ApiId}.execute-api.us-east-1.amazonaws.com`)
    assert.equal(api.RouteSelectionExpression, RouteSelectionExpression)
  })

  const cors = (CorsConfiguration: Request<'CreateApi'>['CorsConfiguration']) =>
    CorsConfiguration ? { CorsConfiguration } : {}
  const refusals: [name: string, settings: Partial<Request<'CreateApi'>>, message: string | RegExp][] = [
    ['a blank name', { Name: ' ' }, 'Invalid API name specified'],
    [
      'another way to routes',
      { RouteSelectionExpression: '$request.path' },
      /^Route selection expression is currently/,
    ],
    ['a WebSocket API without a way to routes', { ProtocolType: 'WEBSOCKET' }, 'Invalid routeSelectionExpression'],
    ['an unknown place of API keys', { ApiKeySelectionExpression: '$request.path' }, /apiKeySelectionExpression/],
    ['DisableSchemaValidation', { DisableSchemaValidation: true }, /^DisableSchemaValidation is not supported/],
    [
      'CORS of WebSocket APIs',
      { ...webSocket, ...cors({}), CorsConfiguration: {} },
      /^Cors is not supported for WEBSOCKET/,
    ],
    [
      'credentials from anywhere',
      cors({ AllowCredentials: true, AllowOrigins: ['*'] }),
      "allow-credentials is not supported if 'allow-origin' is *",
    ],
    ['an origin without a scheme', cors({ AllowOrigins: ['example.com'] }), /'allow-origin': example.com/],
    ['an origin with a path', cors({ AllowOrigins: ['https://example.com/a'] }), /'allow-origin'/],
    ['a wildcard within an origin', cors({ AllowOrigins: ['https://*.example.com'] }), /'allow-origin'/],
    ['an unknown method', cors({ AllowMethods: ['FETCH'] }), /'allow-methods': FETCH/],
    ['a header that is none', cors({ AllowHeaders: ['a b'] }), /'allow-headers': a b/],
    ['an exposed header that is none', cors({ ExposeHeaders: [''] }), /'expose-headers'/],
    [
      'quick create of WebSocket APIs',
      { ...webSocket, Target: 'https://example.com' },
      /^Quick create is not supported/,
    ],
    ['a route key without a target', { RouteKey: 'GET /' }, /needs a Target/],
    ['a target that is neither URL nor function', { Target: 'example' }, /Invalid HTTP endpoint/],
    ['a reserved tag', { Tags: { 'aws:x': '' } }, /reserved/],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, async () => {
      await assert.rejects(fixture.createHttpApi(settings), badRequest(message))
      assert.deepEqual((await fixture.operations.GetApis({}, fixture.caller)).Items, [])
    })
  }

  test('refuses an unknown protocol', async () => {
    const { operations, caller } = fixture
    const input = { Name: 'pets', ProtocolType: 'GRPC' } as unknown as Request<'CreateApi'>
    await assert.rejects(
      operations.CreateApi(input, caller),
      badRequest('Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]'),
    )
  })
})

describe('quick create', () => {
  test('makes a backend, a route and a stage of a function', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ Target: functionArn })
    const [integration] = (await operations.GetIntegrations({ ApiId }, caller)).Items
    assert.deepEqual(integration, {
      ApiGatewayManaged: true,
      ConnectionType: 'INTERNET',
      IntegrationId: integration?.IntegrationId,
      IntegrationMethod: 'POST',
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 30_000,
    })
    const [route] = (await operations.GetRoutes({ ApiId }, caller)).Items
    assert.deepEqual(
      [route?.RouteKey, route?.Target, route?.ApiGatewayManaged],
      ['$default', `integrations/${integration?.IntegrationId}`, true],
    )
    const [stage] = (await operations.GetStages({ ApiId }, caller)).Items
    assert.deepEqual([stage?.StageName, stage?.AutoDeploy, stage?.ApiGatewayManaged], ['$default', true, true])
    const [deployment] = (await operations.GetDeployments({ ApiId }, caller)).Items
    assert.equal(stage?.DeploymentId, deployment?.DeploymentId)
  })

  test('takes a URL and a route key', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ Target: 'https://example.com/pets', RouteKey: 'GET /pets' })
    const [integration] = (await operations.GetIntegrations({ ApiId }, caller)).Items
    assert.deepEqual(
      [integration?.IntegrationType, integration?.IntegrationMethod, integration?.PayloadFormatVersion],
      ['HTTP_PROXY', 'ANY', '1.0'],
    )
    assert.equal((await operations.GetRoutes({ ApiId }, caller)).Items[0]?.RouteKey, 'GET /pets')
  })

  test('is changed by UpdateApi', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ Target: 'https://example.com/pets' })
    await operations.UpdateApi({ ApiId, Target: functionArn, RouteKey: 'GET /pets' }, caller)
    const [integration] = (await operations.GetIntegrations({ ApiId }, caller)).Items
    assert.deepEqual(
      [integration?.IntegrationType, integration?.IntegrationUri, integration?.PayloadFormatVersion],
      ['AWS_PROXY', functionArn, '2.0'],
    )
    assert.equal((await operations.GetRoutes({ ApiId }, caller)).Items[0]?.RouteKey, 'GET /pets')
  })

  test('is not made by UpdateApi', async () => {
    const ApiId = await fixture.createHttpApi()
    const { operations, caller } = fixture
    await assert.rejects(
      operations.UpdateApi({ ApiId, Target: functionArn }, caller),
      refusal('NotFoundException', /no integration that was made by quick create/),
    )
  })

  test('leaves the stage without what is not enforced, and says so there', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ Target: functionArn, CredentialsArn: 'arn:aws:iam::*:user/*' })
    const [stage] = (await operations.GetStages({ ApiId }, caller)).Items
    assert.equal(stage?.DeploymentId, undefined)
    assert.match(stage?.LastDeploymentStatusMessage ?? '', /Cannot deploy: route \$default has .*credentials/)
  })
})

describe('UpdateApi', () => {
  test('changes what it is given, and clears what is empty', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ Description: 'All of them', Version: '1' })
    const api = await operations.UpdateApi({ ApiId, Name: 'animals', Description: '' }, caller)
    assert.deepEqual([api.Name, api.Description, api.Version], ['animals', undefined, '1'])
    assert.deepEqual(await operations.GetApi({ ApiId }, caller), api)
  })

  test('replaces CORS as a whole, and DeleteCorsConfiguration takes it away', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ CorsConfiguration: { AllowOrigins: ['*'], MaxAge: 5 } })
    const CorsConfiguration = { AllowOrigins: ['https://example.com', 'http://*'], AllowCredentials: true }
    const api = await operations.UpdateApi({ ApiId, CorsConfiguration }, caller)
    assert.deepEqual(api.CorsConfiguration, CorsConfiguration)
    await operations.DeleteCorsConfiguration({ ApiId }, caller)
    assert.equal((await operations.GetApi({ ApiId }, caller)).CorsConfiguration, undefined)
  })

  test('refuses an empty name', async () => {
    const ApiId = await fixture.createHttpApi()
    const { operations, caller } = fixture
    await assert.rejects(operations.UpdateApi({ ApiId, Name: '' }, caller), badRequest('Invalid API name specified'))
  })
})

test('DeleteApi deletes everything that belongs to the API, and stops serving it', async () => {
  const { operations, caller, store, revisions } = fixture
  const ApiId = await fixture.createHttpApi({ Target: functionArn })
  await operations.DeleteApi({ ApiId }, caller)
  const unknown = refusal('NotFoundException', `Invalid API identifier specified ${ApiId}`)
  await assert.rejects(operations.GetApi({ ApiId }, caller), unknown)
  await assert.rejects(operations.GetRoutes({ ApiId }, caller), unknown)
  await assert.rejects(operations.DeleteApi({ ApiId }, caller), unknown)
  const left = ['v2-route', 'v2-integration', 'v2-stage', 'v2-deployment', 'v2-snapshot', 'api-id']
  for (const name of left) assert.deepEqual(await store.read((reader) => reader.scopes({ name })), [], name)
  assert.deepEqual(revisions.at(-1), {
    id: revisions.length,
    topic: 'http-stage',
    scope: '123456789012/us-east-1',
    key: `${ApiId}/$default`,
  })
})

test('accounts and regions do not see the APIs of others', async () => {
  const ApiId = await fixture.createHttpApi()
  const { operations, caller } = fixture
  for (const other of [
    { ...caller, region: 'eu-west-1' },
    { ...caller, account: '210987654321' },
  ]) {
    assert.deepEqual((await operations.GetApis({}, other)).Items, [])
    await assert.rejects(operations.GetApi({ ApiId }, other), refusal('NotFoundException', /Invalid API identifier/))
  }
})

describe('GetApis', () => {
  test('pages', async () => {
    const { operations, caller } = fixture
    for (const Name of ['a', 'b', 'c']) await fixture.createHttpApi({ Name })
    const first = await operations.GetApis({ MaxResults: '2' }, caller)
    const second = await operations.GetApis({ MaxResults: '2', NextToken: first.NextToken ?? '' }, caller)
    assert.deepEqual(
      [...first.Items, ...second.Items].map(({ Name }) => Name),
      ['a', 'b', 'c'],
    )
    assert.equal(second.NextToken, undefined)
  })

  for (const [name, request] of [
    ['a number that is none', { MaxResults: 'two' }],
    ['zero', { MaxResults: '0' }],
    ['a token that no page ended with', { NextToken: '!' }],
  ] as const) {
    test(`refuses ${name}`, () =>
      assert.rejects(fixture.operations.GetApis(request, fixture.caller), badRequest(/^Invalid /)))
  }
})
