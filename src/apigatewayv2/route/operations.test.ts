import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { badRequest, type FixtureV2, functionUri, openFixtureV2, refusal, webSocket } from '../fixture.ts'
import type { Request } from '../operations.ts'
import { routes } from './route.ts'

let fixture: FixtureV2
let ApiId: string
beforeEach(async () => {
  fixture = await openFixtureV2()
  ApiId = await fixture.createHttpApi()
})
afterEach(() => fixture.close())

async function createJwtAuthorizer(): Promise<string> {
  const request: Request<'CreateAuthorizer'> = {
    ApiId,
    Name: 'tokens',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['me'] },
  }
  return (await fixture.operations.CreateAuthorizer(request, fixture.caller)).AuthorizerId
}

async function createFunctionAuthorizer(): Promise<string> {
  const request: Request<'CreateAuthorizer'> = {
    ApiId,
    Name: 'function',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: functionUri,
    AuthorizerPayloadFormatVersion: '2.0',
    IdentitySource: [],
  }
  return (await fixture.operations.CreateAuthorizer(request, fixture.caller)).AuthorizerId
}

describe('CreateRoute', () => {
  test('fills in what the request leaves open', async () => {
    const { operations, caller } = fixture
    const route = await operations.CreateRoute({ ApiId, RouteKey: 'GET /pets' }, caller)
    const RouteId = route.RouteId
    assert.deepEqual(route, { RouteId, RouteKey: 'GET /pets', AuthorizationType: 'NONE', ApiKeyRequired: false })
    assert.match(RouteId, /^\w{7}$/)
    assert.deepEqual(await operations.GetRoute({ ApiId, RouteId }, caller), route)
  })

  const keys = [
    '$default',
    'GET /',
    'ANY /{proxy+}',
    'PATCH /pets/{petId}/names/{name}',
    'DELETE /pets/',
    'GET /a.b_c~d-e/@me',
    'OPTIONS /v1/{first.part}/{second-part+}',
  ]
  for (const RouteKey of keys) {
    test(`takes the key ${RouteKey}`, async () => assert.ok(await fixture.createRoute(ApiId, RouteKey)))
  }

  const format = /^The provided route key is not formatted properly for HTTP protocol/
  const parts = 'One or more path parts appear to be invalid'
  for (const [RouteKey, message] of [
    ['', 'Route key is required'],
    ['/pets', format],
    ['GET', format],
    ['GET pets', format],
    ['TRACE /pets', format],
    ['get /pets', format],
    ['$connect', format],
    ['GET /pets/{id}.json', parts],
    ['GET /{proxy+}/pets', parts],
    ['GET /pets//names', parts],
    ['GET /{id}/{id}', parts],
    ['GET /{}', parts],
    ['GET /a b', parts],
    ['GET /pets?all=1', parts],
  ] as const) {
    test(`refuses the key ${RouteKey}`, () => assert.rejects(fixture.createRoute(ApiId, RouteKey), badRequest(message)))
  }

  for (const [one, other] of [
    ['GET /pets', 'GET /pets'],
    ['GET /pets/{id}', 'GET /pets/{name}'],
    ['ANY /{proxy+}', 'ANY /{path+}'],
    ['$default', '$default'],
  ] as const) {
    test(`refuses ${other} beside ${one}`, async () => {
      await fixture.createRoute(ApiId, one)
      const message = `Route with key ${other} already exists for this API`
      await assert.rejects(fixture.createRoute(ApiId, other), refusal('ConflictException', message))
    })
  }

  test('takes one path by several methods, and variables beside greedy ones', async () => {
    for (const key of ['GET /{a}', 'POST /{b}', 'ANY /{c}', 'GET /{d+}']) await fixture.createRoute(ApiId, key)
    assert.equal((await fixture.operations.GetRoutes({ ApiId }, fixture.caller)).Items.length, 4)
  })

  const refusals: [name: string, settings: Partial<Request<'CreateRoute'>>, message: string | RegExp][] = [
    ['a malformed target', { Target: 'functions/x' }, /^Unexpected or malformed target in route/],
    ['a JWT route without authorizer', { AuthorizationType: 'JWT' }, /requires a valid JWT authorizer\.$/],
    ['an unknown authorizer', { AuthorizationType: 'CUSTOM', AuthorizerId: 'nobody' }, /^Invalid authorizer ID/],
    ['an authorizer that nothing asks for', { AuthorizerId: 'someone' }, /takes no authorizer/],
    ['scopes without JWT', { AuthorizationScopes: ['a'] }, /^Authorization Scopes are only valid for/],
    ['API keys', { ApiKeyRequired: true }, 'ApiKeyRequired is not currently supported for HTTP APIs.'],
    ['models', { RequestModels: { $default: 'Pet' } }, /^RequestModels is not currently supported/],
    ['parameters', { RequestParameters: {} }, /^RequestParameters is not currently supported/],
    ['a model selection', { ModelSelectionExpression: 'x' }, /^ModelSelectionExpression is not currently supported/],
    ['a response selection', { RouteResponseSelectionExpression: '$default' }, /^RouteResponseSelection/],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, () => assert.rejects(fixture.createRoute(ApiId, 'GET /', settings), badRequest(message)))
  }

  test('refuses an integration that is not there', () =>
    assert.rejects(
      fixture.createRoute(ApiId, 'GET /', { Target: 'integrations/nothing' }),
      refusal('NotFoundException', 'Invalid Integration identifier specified nothing'),
    ))

  test('refuses an authorizer of another type', async () => {
    const jwt = { AuthorizationType: 'JWT', AuthorizerId: await createFunctionAuthorizer() } as const
    const custom = { AuthorizationType: 'CUSTOM', AuthorizerId: await createJwtAuthorizer() } as const
    for (const settings of [jwt, custom]) {
      await assert.rejects(fixture.createRoute(ApiId, 'GET /', settings), badRequest(/requires a valid/))
    }
  })

  test('refuses more than ten scopes', async () => {
    const AuthorizationScopes = Array.from({ length: 11 }, (_, index) => `scope-${index}`)
    const settings = {
      AuthorizationType: 'JWT',
      AuthorizerId: await createJwtAuthorizer(),
      AuthorizationScopes,
    } as const
    await assert.rejects(fixture.createRoute(ApiId, 'GET /', settings), badRequest(/more than 10 scopes/))
  })

  test('refuses one too many', async () => {
    const open = { AuthorizationType: 'NONE', ApiKeyRequired: false } as const
    await fixture.store.write(async (transaction) => {
      for (let index = 0; index < 300; index++) {
        const route = { ...open, RouteId: `r${index}`, RouteKey: `GET /${index}` }
        await transaction.put(routes, '123456789012/us-east-1', `${ApiId}/${route.RouteId}`, route)
      }
    })
    await assert.rejects(
      fixture.createRoute(ApiId, 'GET /one-more'),
      refusal('TooManyRequestsException', /^Maximum number of Routes for this API has been reached/),
    )
    assert.equal((await fixture.operations.GetRoutes({ ApiId, MaxResults: '500' }, fixture.caller)).Items.length, 300)
  })
})

describe('UpdateRoute', () => {
  test('changes what it is given', async () => {
    const { operations, caller } = fixture
    const RouteId = await fixture.createRoute(ApiId, 'GET /pets', { OperationName: 'listPets' })
    const Target = `integrations/${await fixture.createIntegration(ApiId)}`
    const route = await operations.UpdateRoute({ ApiId, RouteId, RouteKey: 'POST /pets', Target }, caller)
    assert.deepEqual([route.RouteKey, route.Target, route.OperationName], ['POST /pets', Target, 'listPets'])
    assert.deepEqual(await operations.GetRoute({ ApiId, RouteId }, caller), route)
    const cleared = await operations.UpdateRoute({ ApiId, RouteId, Target: '', OperationName: '' }, caller)
    assert.deepEqual([cleared.Target, cleared.OperationName], [undefined, undefined])
  })

  test('that opens a route forgets its authorizer and its scopes', async () => {
    const { operations, caller } = fixture
    const settings = {
      AuthorizationType: 'JWT',
      AuthorizerId: await createJwtAuthorizer(),
      AuthorizationScopes: ['a'],
    } as const
    const RouteId = await fixture.createRoute(ApiId, 'GET /', { ...settings, AuthorizationScopes: ['a'] })
    const custom = { AuthorizationType: 'CUSTOM', AuthorizerId: await createFunctionAuthorizer() } as const
    const closed = await operations.UpdateRoute({ ApiId, RouteId, ...custom }, caller)
    assert.deepEqual([closed.AuthorizerId, closed.AuthorizationScopes], [custom.AuthorizerId, undefined])
    const open = await operations.UpdateRoute({ ApiId, RouteId, AuthorizationType: 'NONE' }, caller)
    assert.deepEqual(open, { RouteId, RouteKey: 'GET /', AuthorizationType: 'NONE', ApiKeyRequired: false })
  })

  test('refuses the key of another route, and takes its own', async () => {
    const { operations, caller } = fixture
    await fixture.createRoute(ApiId, 'GET /one')
    const RouteId = await fixture.createRoute(ApiId, 'GET /two')
    await operations.UpdateRoute({ ApiId, RouteId, RouteKey: 'GET /two' }, caller)
    await assert.rejects(
      operations.UpdateRoute({ ApiId, RouteId, RouteKey: 'GET /one' }, caller),
      refusal('ConflictException', /already exists/),
    )
  })
})

test('DeleteRoute deletes a route', async () => {
  const { operations, caller } = fixture
  const RouteId = await fixture.createRoute(ApiId, 'GET /')
  await operations.DeleteRoute({ ApiId, RouteId }, caller)
  const unknown = refusal('NotFoundException', `Invalid Route identifier specified ${RouteId}`)
  await assert.rejects(operations.GetRoute({ ApiId, RouteId }, caller), unknown)
  await assert.rejects(operations.UpdateRoute({ ApiId, RouteId }, caller), unknown)
  await assert.rejects(operations.DeleteRoute({ ApiId, RouteId }, caller), unknown)
})

describe('of WebSocket APIs, routes', () => {
  beforeEach(async () => {
    ApiId = await fixture.createHttpApi(webSocket)
  })

  test('are recorded with all that they have', async () => {
    const { operations, caller } = fixture
    const settings = {
      ApiKeyRequired: true,
      RequestParameters: { 'route.request.querystring.room': { Required: true } },
      RequestModels: { $default: 'Message' },
      ModelSelectionExpression: '$default',
      RouteResponseSelectionExpression: '$default',
    }
    const RouteId = await fixture.createRoute(ApiId, '$connect', settings)
    const route = await operations.GetRoute({ ApiId, RouteId }, caller)
    assert.deepEqual(route, { RouteId, RouteKey: '$connect', AuthorizationType: 'NONE', ...settings })
    const RequestParameterKey = 'route.request.querystring.room'
    await operations.DeleteRouteRequestParameter({ ApiId, RouteId, RequestParameterKey }, caller)
    assert.deepEqual((await operations.GetRoute({ ApiId, RouteId }, caller)).RequestParameters, {})
  })

  test('are closed at $connect only', () =>
    assert.rejects(
      fixture.createRoute(ApiId, 'say', { AuthorizationType: 'AWS_IAM' }),
      badRequest('Currently, authorization is restricted to the $connect route only'),
    ))
})
