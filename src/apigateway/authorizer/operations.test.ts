import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Input } from '../../wire/operation.ts'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

type Settings = Omit<Input<typeof Sdk, 'CreateAuthorizer'>, 'restApiId'>

const authorizerUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations'
const identitySource = 'method.request.header.Authorization'
const providerARNs = ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abcDEF123']
const token = { name: 'token', type: 'TOKEN', authorizerUri, identitySource } as const
const request = { name: 'request', type: 'REQUEST', authorizerUri, identitySource } as const
const cognito = { name: 'cognito', type: 'COGNITO_USER_POOLS', providerARNs, identitySource } as const

const unknown = { code: 'NotFoundException', message: 'Invalid Authorizer identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const badSource = (source: string) =>
  `Invalid token source expression: ${source}. The source must be a method request header, matching 'method.request.header.[a-zA-Z0-9._-]+'.`
const badUri = (uri: string) =>
  `Invalid Authorizer URI: ${uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`

async function authorized(settings: Settings = token) {
  const api = await createApi()
  const { id = '' } = await operations.CreateAuthorizer({ restApiId: api.restApiId, ...settings }, caller)
  return { ...api, authorizerId: id }
}

describe('CreateAuthorizer', () => {
  const accepted: [string, Settings, object][] = [
    ['a function that gets a token', token, { authType: 'custom' }],
    ['a function that gets the request', request, { authType: 'custom' }],
    ['user pools', { ...cognito, providerARNs: [...providerARNs] }, { authType: 'cognito_user_pools' }],
    ['a word of the client for authType', { ...token, authType: 'oauth2' }, {}],
    [
      'every other setting',
      {
        ...token,
        authorizerCredentials: 'arn:aws:iam::123456789012:role/invoke',
        identityValidationExpression: '(?i)^bearer .+',
        authorizerResultTtlInSeconds: 0,
      },
      { authType: 'custom' },
    ],
    [
      'a list of identity sources',
      {
        ...request,
        identitySource:
          'method.request.header.A, method.request.querystring.b,stageVariables.c,context.identity.sourceIp',
      },
      { authType: 'custom' },
    ],
  ]
  for (const [name, settings, more] of accepted) {
    test(`takes ${name}`, async () => {
      const { restApiId } = await createApi()
      const created = await operations.CreateAuthorizer({ restApiId, ...settings }, caller)
      assert.match(created.id ?? '', /^.{6}$/)
      assert.deepEqual(created, { id: created.id, ...settings, ...more })
      const ids = { restApiId, authorizerId: created.id ?? '' }
      assert.deepEqual(await operations.GetAuthorizer(ids, caller), created)
    })
  }

  test('leaves out empty texts, and needs no identity source where nothing is cached', async () => {
    const { restApiId } = await createApi()
    const settings = { ...request, identitySource: '', authorizerCredentials: '', authorizerResultTtlInSeconds: 0 }
    const { id, ...rest } = await operations.CreateAuthorizer({ restApiId, ...settings }, caller)
    const { identitySource: _, ...left } = request
    assert.deepEqual(rest, { ...left, authorizerResultTtlInSeconds: 0, authType: 'custom' })
  })

  const elsewhere = authorizerUri.replace('2015-03-31', '2021-11-15')
  const refusals: [string, Settings, string][] = [
    ['a blank name', { ...token, name: ' ' }, 'Authorizer name cannot be blank'],
    ['no function', { ...token, authorizerUri: '' }, badUri('null')],
    ['a URI that is no invocation', { ...request, authorizerUri: elsewhere }, badUri(elsewhere)],
    [
      'a region that is none',
      { ...token, authorizerUri: authorizerUri.replace('apigateway:us-east-1', 'apigateway:region') },
      badUri(authorizerUri.replace('apigateway:us-east-1', 'apigateway:region')),
    ],
    ['no token source', { ...token, identitySource: '' }, badSource('null')],
    [
      'a token from the query string',
      { ...token, identitySource: 'method.request.querystring.key' },
      badSource('method.request.querystring.key'),
    ],
    [
      'two tokens',
      { ...token, identitySource: `${identitySource},${identitySource}` },
      badSource(`${identitySource},${identitySource}`),
    ],
    ['nothing to cache results by', { ...request, identitySource: '' }, 'Invalid request input'],
    [
      'an identity source that is none',
      { ...request, identitySource: `${identitySource}, method.request.body.x` },
      'Invalid identity source expression: method.request.body.x',
    ],
    [
      'a TTL of more than an hour',
      { ...token, authorizerResultTtlInSeconds: 3601 },
      'Invalid authorizerResultTtlInSeconds specified. It must be between 0 and 3600',
    ],
    ['credentials that are no role', { ...token, authorizerCredentials: 'me' }, 'Invalid ARN specified in the request'],
    [
      'user pools of a function',
      { ...token, providerARNs: [...providerARNs] },
      'Authorizers of type TOKEN take no providerARNs',
    ],
    [
      'no user pool',
      { ...cognito, providerARNs: [] },
      'Provider ARNs must be specified for authorizers of type COGNITO_USER_POOLS',
    ],
    [
      'a user pool that is none',
      { ...cognito, providerARNs: ['arn:aws:iam::123456789012:role/r'] },
      'Invalid Cognito User Pool ARN specified: arn:aws:iam::123456789012:role/r',
    ],
    [
      'a function beside user pools',
      { ...cognito, providerARNs: [...providerARNs], authorizerUri },
      'Authorizers of type COGNITO_USER_POOLS take no authorizerUri and no authorizerCredentials',
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const { restApiId } = await createApi()
      await assert.rejects(operations.CreateAuthorizer({ restApiId, ...settings }, caller), bad(message))
      assert.deepEqual(await operations.GetAuthorizers({ restApiId }, caller), { items: [] })
    })
  }

  test('refuses the role of another account', async () => {
    const { restApiId } = await createApi()
    const authorizerCredentials = 'arn:aws:iam::210987654321:role/r'
    await assert.rejects(operations.CreateAuthorizer({ restApiId, ...token, authorizerCredentials }, caller), {
      code: 'AccessDeniedException',
      status: 403,
    })
  })

  test('refuses a name that is taken, the eleventh, and an unknown API', async () => {
    const { restApiId } = await authorized()
    await assert.rejects(
      operations.CreateAuthorizer({ restApiId, ...request, name: 'token' }, caller),
      bad('Authorizer name must be unique. Authorizer token already exists in this RestApi.'),
    )
    for (let n = 1; n < 10; n++) await operations.CreateAuthorizer({ restApiId, ...token, name: `a${n}` }, caller)
    await assert.rejects(operations.CreateAuthorizer({ restApiId, ...request }, caller), {
      code: 'LimitExceededException',
    })
    await assert.rejects(operations.CreateAuthorizer({ restApiId: 'x', ...token }, caller), {
      code: 'ConflictException',
      message: 'Unable to complete operation due to concurrent modification. Please try again later.',
    })
  })
})

describe('GetAuthorizers', () => {
  test('pages by id', async () => {
    const { restApiId, authorizerId } = await authorized()
    const { id } = await operations.CreateAuthorizer({ restApiId, ...request }, caller)
    const { items = [], position = '' } = await operations.GetAuthorizers({ restApiId, limit: 1 }, caller)
    const rest = await operations.GetAuthorizers({ restApiId, position }, caller)
    assert.deepEqual(
      [...items, ...rest.items].map((authorizer) => [authorizer.id, authorizer.authType]),
      [
        [authorizerId, 'custom'],
        [id, 'custom'],
      ],
    )
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.GetAuthorizers({ restApiId: 'x' }, caller), {
      code: 'NotFoundException',
      message: 'Invalid API identifier specified 123456789012:x',
    }))
})

describe('UpdateAuthorizer', () => {
  const replace = (path: string, value: string): Patch => ({ op: 'replace', path, value })
  const [pool = ''] = providerARNs
  const changes: [string, Settings, Patch[], object][] = [
    ['its name', token, [replace('/name', 'n')], { ...token, name: 'n', authType: 'custom' }],
    [
      'its TTL',
      token,
      [replace('/authorizerResultTtlInSeconds', '60')],
      { ...token, authorizerResultTtlInSeconds: 60, authType: 'custom' },
    ],
    [
      'what it clears',
      {
        ...token,
        authorizerCredentials: 'arn:aws:iam::*:user/*',
        identityValidationExpression: '.',
        authorizerResultTtlInSeconds: 1,
      },
      [
        replace('/authorizerCredentials', ''),
        replace('/identityValidationExpression', ''),
        replace('/authorizerResultTtlInSeconds', ''),
      ],
      { ...token, authType: 'custom' },
    ],
    [
      'its type',
      token,
      [
        replace('/type', 'COGNITO_USER_POOLS'),
        replace('/authorizerUri', ''),
        { op: 'add', path: '/providerARNs', value: pool },
      ],
      { ...cognito, providerARNs, name: 'token', authType: 'cognito_user_pools' },
    ],
    [
      'its user pools',
      { ...cognito, providerARNs: [...providerARNs] },
      [
        { op: 'add', path: '/providerARNs', value: `${pool}x` },
        { op: 'remove', path: '/providerARNs', value: pool },
      ],
      { ...cognito, providerARNs: [`${pool}x`], authType: 'cognito_user_pools' },
    ],
  ]
  for (const [name, settings, patchOperations, expected] of changes) {
    test(`changes ${name}`, async () => {
      const ids = await authorized(settings)
      const updated = await operations.UpdateAuthorizer({ ...ids, patchOperations }, caller)
      assert.deepEqual(updated, { id: ids.authorizerId, ...expected })
      assert.deepEqual(await operations.GetAuthorizer(ids, caller), updated)
    })
  }

  const refusals: [Patch, string][] = [
    [replace('/type', 'NONE'), 'Invalid authorizer type specified. Valid options are TOKEN,REQUEST,COGNITO_USER_POOLS'],
    [replace('/authorizerUri', ''), badUri('null')],
    [
      replace('/authorizerResultTtlInSeconds', 'x'),
      'Invalid authorizerResultTtlInSeconds specified. It must be between 0 and 3600',
    ],
    [
      { op: 'add', path: '/name', value: 'n' },
      "Invalid patch path  '/name' specified for op 'add'. Must be one of: [/providerARNs]",
    ],
    [
      replace('/id', 'x'),
      "Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/name, /type, /authType, /authorizerUri, /authorizerCredentials, /identitySource, /identityValidationExpression, /authorizerResultTtlInSeconds]",
    ],
  ]
  for (const [operation, message] of refusals) {
    test(`refuses ${operation.op} of ${operation.path} by ${operation.value}`, async () => {
      const ids = await authorized()
      await assert.rejects(operations.UpdateAuthorizer({ ...ids, patchOperations: [operation] }, caller), bad(message))
    })
  }
})

describe('DeleteAuthorizer', () => {
  test('deletes it once no method uses it', async () => {
    const { rootId, ...ids } = await authorized()
    const method = { restApiId: ids.restApiId, resourceId: await ids.createResource('test'), httpMethod: 'GET' }
    const { authorizerId } = ids
    await operations.PutMethod({ ...method, authorizationType: 'CUSTOM', authorizerId }, caller)
    await assert.rejects(operations.DeleteAuthorizer(ids, caller), {
      code: 'ConflictException',
      message: "Cannot delete authorizer 'token', is referenced in method: GET//test",
    })
    const open: Patch[] = [{ op: 'replace', path: '/authorizationType', value: 'NONE' }]
    await operations.UpdateMethod({ ...method, patchOperations: open }, caller)
    await operations.DeleteAuthorizer(ids, caller)
    await assert.rejects(operations.GetAuthorizer(ids, caller), unknown)
  })
})

test('unknown ids and APIs are refused in the same words', async () => {
  const { restApiId, authorizerId } = await authorized()
  for (const ids of [
    { restApiId, authorizerId: 'x' },
    { restApiId: 'x', authorizerId },
  ]) {
    await assert.rejects(operations.GetAuthorizer(ids, caller), unknown)
    await assert.rejects(operations.UpdateAuthorizer(ids, caller), unknown)
    await assert.rejects(operations.DeleteAuthorizer(ids, caller), unknown)
  }
})
