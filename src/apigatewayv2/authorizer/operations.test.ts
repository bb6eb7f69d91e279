import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  badRequest,
  type FixtureV2,
  functionUri,
  openFixtureV2,
  refusal,
  roleArn,
  webSocket as webSocketApi,
} from '../fixture.ts'
import type { Request } from '../operations.ts'

type Settings = Omit<Request<'CreateAuthorizer'>, 'ApiId'>

let fixture: FixtureV2
let ApiId: string
beforeEach(async () => {
  fixture = await openFixtureV2()
  ApiId = await fixture.createHttpApi()
})
afterEach(() => fixture.close())

const create = (settings: Settings) => fixture.operations.CreateAuthorizer({ ApiId, ...settings }, fixture.caller)

const jwt: Settings = {
  Name: 'tokens',
  AuthorizerType: 'JWT',
  IdentitySource: ['$request.header.Authorization'],
  JwtConfiguration: { Issuer: 'https://issuer.example.com/pool', Audience: ['me'] },
}
const lambda: Settings = {
  Name: 'function',
  AuthorizerType: 'REQUEST',
  AuthorizerUri: functionUri,
  AuthorizerPayloadFormatVersion: '2.0',
  IdentitySource: ['$request.header.x-key', '$request.querystring.key', '$context.routeKey', '$stageVariables.v'],
}

describe('CreateAuthorizer', () => {
  test('stores those of tokens as they are', async () => {
    const authorizer = await create(jwt)
    const { AuthorizerId } = authorizer
    assert.deepEqual(authorizer, { AuthorizerId, ...jwt })
    assert.deepEqual(await fixture.operations.GetAuthorizer({ ApiId, AuthorizerId }, fixture.caller), authorizer)
  })

  test('fills in what the request leaves open, of a function', async () => {
    const { AuthorizerId, ...authorizer } = await create(lambda)
    assert.deepEqual(authorizer, { ...lambda, EnableSimpleResponses: false })
    assert.match(AuthorizerId, /^\w{6}$/)
  })

  const taken: [name: string, settings: Settings][] = [
    ['a token of the query', { ...jwt, IdentitySource: ['$request.querystring.token'] }],
    [
      'an issuer on the own machine',
      { ...jwt, JwtConfiguration: { Issuer: 'http://localhost:3000', Audience: ['a'] } },
    ],
    ['simple responses', { ...lambda, EnableSimpleResponses: true }],
    ['a time to remember for', { ...lambda, AuthorizerResultTtlInSeconds: 3600 }],
    ['payload format 1.0', { ...lambda, AuthorizerPayloadFormatVersion: '1.0' }],
    ['a role', { ...lambda, AuthorizerCredentialsArn: roleArn }],
    ['no identity source of a function', { ...lambda, IdentitySource: [] }],
  ]
  for (const [name, settings] of taken) test(`takes ${name}`, async () => assert.ok(await create(settings)))

  const { JwtConfiguration: _, ...bare } = jwt
  const { AuthorizerPayloadFormatVersion: __, ...unversioned } = lambda
  const { AuthorizerUri: ___, ...aimless } = lambda
  const issuedBy = (Issuer: string): Settings => ({ ...jwt, JwtConfiguration: { Issuer, Audience: ['me'] } })
  const refusals: [name: string, settings: Settings, message: string | RegExp][] = [
    ['a name that is empty', { ...jwt, Name: '' }, 'Name is required'],
    ['tokens of nobody', bare, 'JwtConfiguration must not be null for JWT Authorizer'],
    ['an issuer without a scheme', issuedBy('issuer.example.com'), /^Invalid issuer: issuer\.example\.com/],
    ['an issuer with a query', issuedBy('https://issuer.example.com?a=b'), /^Invalid issuer/],
    ['no audience', { ...jwt, JwtConfiguration: { Issuer: 'https://a.example.com' } }, /^Audience must be specified/],
    [
      'too many audiences',
      { ...jwt, JwtConfiguration: { Issuer: 'https://a.example.com', Audience: Array(51).fill('a') } },
      /more than 50 audiences/,
    ],
    ['tokens from nowhere', { ...jwt, IdentitySource: [] }, /^IdentitySource must be specified/],
    [
      'tokens of the context',
      { ...jwt, IdentitySource: ['$context.token'] },
      'Invalid identity source expression: $context.token',
    ],
    ['a function that checks tokens', { ...jwt, AuthorizerUri: functionUri }, /^AuthorizerUri is not supported/],
    ['remembered tokens', { ...jwt, AuthorizerResultTtlInSeconds: 5 }, /^AuthorizerResultTtlInSeconds is not/],
    [
      'a function without a payload format',
      unversioned,
      'AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer',
    ],
    ['an unknown payload format', { ...lambda, AuthorizerPayloadFormatVersion: '3.0' }, /^Unsupported/],
    [
      'simple responses in payload format 1.0',
      { ...lambda, AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true },
      'EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion "2.0".',
    ],
    [
      'remembering without identity sources',
      { ...lambda, IdentitySource: [], AuthorizerResultTtlInSeconds: 1 },
      'Identity source must be set if authorizer caching is enabled (TTL is greater than 0)',
    ],
    [
      'an identity source of REST APIs',
      { ...lambda, IdentitySource: ['method.request.header.x'] },
      /^Invalid identity source/,
    ],
    ['no function', aimless, 'AuthorizerUri is a required field in an Authorizer'],
    [
      'the ARN of a function alone',
      { ...lambda, AuthorizerUri: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
      /^Invalid Authorizer URI/,
    ],
    ['tokens of a function', { ...lambda, JwtConfiguration: {} }, /^JwtConfiguration is not supported/],
    ['an expression of WebSocket APIs', { ...lambda, IdentityValidationExpression: '.*' }, /^IdentityValidation/],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, () => assert.rejects(create(settings), badRequest(message)))
  }

  test('refuses the role of another account', () =>
    assert.rejects(
      create({ ...lambda, AuthorizerCredentialsArn: 'arn:aws:iam::210987654321:role/other' }),
      refusal('AccessDeniedException', 'Cross-account pass role is not allowed.'),
    ))

  test('refuses one too many', async () => {
    for (let index = 0; index < 10; index++) await create({ ...jwt, Name: `n${index}` })
    await assert.rejects(create(jwt), refusal('TooManyRequestsException', /^Maximum number of Authorizers/))
    assert.equal((await fixture.operations.GetAuthorizers({ ApiId }, fixture.caller)).Items.length, 10)
  })
})

describe('UpdateAuthorizer', () => {
  test('changes what it is given', async () => {
    const { operations, caller } = fixture
    const { AuthorizerId } = await create(jwt)
    const request = { ApiId, AuthorizerId, Name: 'other', JwtConfiguration: { Audience: ['you'] } }
    const authorizer = await operations.UpdateAuthorizer(request, caller)
    const JwtConfiguration = { Issuer: 'https://issuer.example.com/pool', Audience: ['you'] }
    assert.deepEqual(authorizer, { ...jwt, AuthorizerId, Name: 'other', JwtConfiguration })
    assert.deepEqual(await operations.GetAuthorizer({ ApiId, AuthorizerId }, caller), authorizer)
  })

  test('takes a role away by an empty text', async () => {
    const { operations, caller } = fixture
    const { AuthorizerId } = await create({ ...lambda, AuthorizerCredentialsArn: roleArn })
    const request = { ApiId, AuthorizerId, AuthorizerCredentialsArn: '' }
    assert.equal((await operations.UpdateAuthorizer(request, caller)).AuthorizerCredentialsArn, undefined)
  })

  test('refuses what CreateAuthorizer refuses', async () => {
    const { AuthorizerId } = await create(jwt)
    await assert.rejects(
      fixture.operations.UpdateAuthorizer({ ApiId, AuthorizerId, Name: '' }, fixture.caller),
      badRequest('Name is required'),
    )
  })
})

describe('an authorizer that routes name', () => {
  test('is not deleted, and keeps its type', async () => {
    const { operations, caller } = fixture
    const { AuthorizerId } = await create(jwt)
    const RouteId = await fixture.createRoute(ApiId, 'GET /', { AuthorizationType: 'JWT', AuthorizerId })
    const inUse = refusal('ConflictException', RegExp(`referenced by the following Routes with Ids: \\[${RouteId}\\]$`))
    await assert.rejects(operations.DeleteAuthorizer({ ApiId, AuthorizerId }, caller), inUse)
    await assert.rejects(operations.UpdateAuthorizer({ ApiId, AuthorizerId, AuthorizerType: 'REQUEST' }, caller), inUse)
    await operations.DeleteRoute({ ApiId, RouteId }, caller)
    await operations.DeleteAuthorizer({ ApiId, AuthorizerId }, caller)
    const unknown = refusal('NotFoundException', `Invalid Authorizer identifier specified ${AuthorizerId}`)
    await assert.rejects(operations.GetAuthorizer({ ApiId, AuthorizerId }, caller), unknown)
  })
})

describe('of WebSocket APIs, authorizers', () => {
  beforeEach(async () => {
    ApiId = await fixture.createHttpApi(webSocketApi)
  })
  const webSocket: Settings = {
    Name: 'function',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: functionUri,
    IdentitySource: ['route.request.header.Auth'],
  }

  test('are recorded', async () => {
    const { AuthorizerId, ...authorizer } = await create(webSocket)
    assert.deepEqual(authorizer, webSocket)
  })

  const refusals: [name: string, settings: Settings, message: string | RegExp][] = [
    ['tokens', jwt, 'Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.'],
    [
      'identity sources of HTTP APIs',
      { ...webSocket, IdentitySource: ['$request.header.a'] },
      /^Invalid request identity/,
    ],
    ['a payload format', { ...webSocket, AuthorizerPayloadFormatVersion: '1.0' }, /^AuthorizerPayloadFormatVersion/],
  ]
  for (const [name, settings, message] of refusals) {
    test(`have no ${name}`, () => assert.rejects(create(settings), badRequest(message)))
  }
})
