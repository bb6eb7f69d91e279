import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { authorizers } from '../authorizer/authorizer.ts'
import { openFixture, type Patch } from '../fixture.ts'
import { requestValidators } from '../request-validator/request-validator.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'
const unknownResource = { code: 'NotFoundException', message: 'Invalid Resource identifier specified' }
const unknownMethod = { code: 'NotFoundException', message: 'Invalid Method identifier specified' }
const invalidAuthorizer =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.'
const unknownValidator = 'Invalid Request Validator identifier specified'
const noModel = 'Invalid model identifier specified: petModel'
const sameName = 'Parameter names must be unique across querystring, header and path'

/** An API that has an authorizer `a1` and a request validator `v1`. */
async function apiWithAuthorizer() {
  const api = await createApi()
  await store.write(async (transaction) => {
    await transaction.put(authorizers, scope, `${api.restApiId}/a1`, { id: 'a1', name: 'a', type: 'TOKEN' })
    const validator = { id: 'v1', name: 'v', validateRequestBody: true, validateRequestParameters: true }
    await transaction.put(requestValidators, scope, `${api.restApiId}/v1`, validator)
  })
  return api
}

describe('PutMethod', () => {
  test('answers what GetMethod answers, and nothing that was not given', async () => {
    const { restApiId, rootId } = await createApi()
    const ids = { restApiId, resourceId: rootId, httpMethod: 'ANY' }
    const method = await operations.PutMethod({ ...ids, authorizationType: 'NONE' }, caller)
    assert.deepEqual(method, { httpMethod: 'ANY', authorizationType: 'NONE', apiKeyRequired: false })
    assert.deepEqual(await operations.GetMethod(ids, caller), method)
  })

  test('keeps all settings', async () => {
    const { restApiId, rootId } = await apiWithAuthorizer()
    const ids = { restApiId, resourceId: rootId, httpMethod: 'POST' }
    const settings = {
      httpMethod: 'POST',
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: 'a1',
      authorizationScopes: ['zoo/read'],
      apiKeyRequired: true,
      operationName: 'feed',
      requestParameters: { 'method.request.header.h': false, 'method.request.querystring.q': true },
      requestModels: { 'application/json': 'Empty' },
      requestValidatorId: 'v1',
    }
    assert.deepEqual(await operations.PutMethod({ ...ids, ...settings }, caller), settings)
  })

  const refusals: [string, object, string][] = [
    [
      'an unknown verb',
      { httpMethod: 'WRONG' },
      'Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
    ],
    ['a missing authorizer', { authorizationType: 'CUSTOM' }, invalidAuthorizer],
    ['an unknown authorizer', { authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'x' }, invalidAuthorizer],
    ['an unknown validator', { requestValidatorId: 'x' }, unknownValidator],
    ['an unknown model', { requestModels: { 'application/json': 'petModel' } }, noModel],
    [
      'parameters that share a name',
      { requestParameters: { 'method.request.header.a': true, 'method.request.querystring.a': true } },
      sameName,
    ],
    [
      'a malformed parameter',
      { requestParameters: { 'method.request.body.a': true } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.body.a]',
    ],
    [
      'scopes without a user pool',
      { authorizationScopes: ['a'] },
      'Authorization Scopes are only valid for COGNITO_USER_POOLS authorization type',
    ],
  ]
  for (const [name, settings, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const { restApiId, rootId } = await createApi()
      const input = { restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'NONE', ...settings }
      await assert.rejects(operations.PutMethod(input, caller), { code: 'BadRequestException', message })
    })
  }

  test('refuses an unknown authorization type', async () => {
    const { restApiId, rootId } = await createApi()
    const input = { restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'OPEN' }
    await assert.rejects(operations.PutMethod(input, caller), { code: 'BadRequestException' })
  })

  test('refuses an unknown API or resource, and a method that exists', async () => {
    const { restApiId, rootId, createMethod } = await createApi()
    const ids = await createMethod()
    const method = { httpMethod: 'GET', authorizationType: 'NONE' }
    await assert.rejects(
      operations.PutMethod({ ...method, restApiId: 'x', resourceId: rootId }, caller),
      unknownResource,
    )
    await assert.rejects(operations.PutMethod({ ...method, restApiId, resourceId: 'x' }, caller), unknownResource)
    await assert.rejects(operations.PutMethod({ ...method, ...ids }, caller), {
      code: 'ConflictException',
      message: 'Method already exists for this resource',
    })
  })
})

describe('UpdateMethod', () => {
  const parameters: Patch = { op: 'add', path: '/requestParameters/method.request.querystring.q', value: 'true' }
  const model: Patch = { op: 'add', path: '/requestModels/application~1json', value: 'Empty' }
  const custom: Patch[] = [
    { op: 'replace', path: '/authorizationType', value: 'CUSTOM' },
    { op: 'replace', path: '/authorizerId', value: 'a1' },
  ]
  const changes: [string, Patch[], object][] = [
    [
      'the authorization type',
      [{ op: 'replace', path: '/authorizationType', value: 'AWS_IAM' }],
      { authorizationType: 'AWS_IAM' },
    ],
    ['an authorizer', custom, { authorizationType: 'CUSTOM', authorizerId: 'a1' }],
    ['an authorizer, named first', custom.toReversed(), { authorizationType: 'CUSTOM', authorizerId: 'a1' }],
    ['no authorizer without a type that uses it', custom.slice(1), {}],
    ['an API key', [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }], { apiKeyRequired: true }],
    ['no API key by a strange value', [{ op: 'replace', path: '/apiKeyRequired', value: 'what' }], {}],
    ['an operation name', [{ op: 'replace', path: '/operationName', value: 'x' }], { operationName: 'x' }],
    ['a validator', [{ op: 'replace', path: '/requestValidatorId', value: 'v1' }], { requestValidatorId: 'v1' }],
    [
      'no validator any more',
      [
        { op: 'replace', path: '/requestValidatorId', value: 'v1' },
        { op: 'replace', path: '/requestValidatorId', value: '' },
      ],
      {},
    ],
    ['a parameter', [parameters], { requestParameters: { 'method.request.querystring.q': true } }],
    [
      'an optional parameter',
      [parameters, { ...parameters, op: 'replace', value: 'false' }],
      { requestParameters: { 'method.request.querystring.q': false } },
    ],
    ['no parameter any more', [parameters, { ...parameters, op: 'remove' }], {}],
    ['a model', [model], { requestModels: { 'application/json': 'Empty' } }],
    ['no model any more', [model, { ...model, op: 'remove' }], {}],
    [
      'scopes',
      [
        { op: 'replace', path: '/authorizationType', value: 'COGNITO_USER_POOLS' },
        { op: 'replace', path: '/authorizerId', value: 'a1' },
        { op: 'add', path: '/authorizationScopes', value: 's1' },
        { op: 'add', path: '/authorizationScopes', value: 's2' },
        { op: 'remove', path: '/authorizationScopes', value: 's1' },
      ],
      { authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'a1', authorizationScopes: ['s2'] },
    ],
  ]
  for (const [name, patchOperations, expected] of changes) {
    test(`gives a method ${name}`, async () => {
      const { createMethod } = await apiWithAuthorizer()
      const ids = await createMethod()
      const updated = await operations.UpdateMethod({ ...ids, patchOperations }, caller)
      assert.deepEqual(updated, { httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: false, ...expected })
      assert.deepEqual(await operations.GetMethod(ids, caller), updated)
    })
  }

  const onlyReplace = 'Invalid patch operation specified. Must be one of: [replace]'
  const absent = { code: 'NotFoundException', message: 'Invalid parameter name specified' }
  const bad = (message: string) => ({ code: 'BadRequestException', message })
  const refusals: [string, Patch, object][] = [
    ['adding an authorization type', { op: 'add', path: '/authorizationType', value: 'NONE' }, bad(onlyReplace)],
    ['removing the key switch', { op: 'remove', path: '/apiKeyRequired' }, bad(onlyReplace)],
    ['the verb', { op: 'replace', path: '/httpMethod', value: 'PUT' }, bad('Invalid patch path /httpMethod')],
    ['a missing path', { op: 'replace', value: 'x' }, bad('Invalid patch path null')],
    ['all parameters', { op: 'replace', path: '/requestParameters' }, bad('Invalid patch path /requestParameters')],
    [
      'an unescaped media type',
      { op: 'add', path: '/requestModels/application/json', value: 'Empty' },
      bad('Invalid patch path /requestModels/application/json'),
    ],
    ['an absent parameter', { ...parameters, op: 'replace' }, absent],
    ['an absent model', { ...model, op: 'remove' }, { message: 'Content-Type specified was not found' }],
    ['an unknown model', { ...model, value: 'petModel' }, bad(noModel)],
    [
      'a type without authorizer',
      { op: 'replace', path: '/authorizationType', value: 'CUSTOM' },
      bad(invalidAuthorizer),
    ],
    ['an unknown validator', { op: 'replace', path: '/requestValidatorId', value: 'x' }, bad(unknownValidator)],
  ]
  for (const [name, patch, error] of refusals) {
    test(`refuses ${name}`, async () => {
      const { createMethod } = await createApi()
      const ids = await createMethod()
      await assert.rejects(operations.UpdateMethod({ ...ids, patchOperations: [patch] }, caller), error)
    })
  }
})

describe('Every method operation', () => {
  for (const name of ['GetMethod', 'UpdateMethod', 'DeleteMethod'] as const) {
    test(`${name} tells an unknown resource from an unknown method`, async () => {
      const { restApiId, rootId } = await createApi()
      const ids = { restApiId, resourceId: rootId, httpMethod: 'GET' }
      await assert.rejects(operations[name](ids, caller), unknownMethod)
      await assert.rejects(operations[name]({ ...ids, resourceId: 'x' }, caller), unknownResource)
      await assert.rejects(operations[name]({ ...ids, restApiId: 'x' }, caller), unknownResource)
    })
  }

  test('DeleteMethod takes the integration with it', async () => {
    const { createMethod, integrate } = await createApi()
    const ids = await createMethod()
    await integrate(ids)
    await operations.DeleteMethod(ids, caller)
    await assert.rejects(operations.GetMethod(ids, caller), unknownMethod)
    await createMethod()
    await assert.rejects(operations.GetIntegration(ids, caller), {
      message: 'Invalid Integration identifier specified',
    })
  })
})
