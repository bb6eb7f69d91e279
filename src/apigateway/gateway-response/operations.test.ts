import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { GatewayResponseType } from '@aws-sdk/client-api-gateway'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const standard = { responseTemplates: { 'application/json': '{"message":$context.error.messageString}' } }
const bad = (message: string) => ({ code: 'BadRequestException', message })
const badMapping = (expression: string) =>
  bad(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${expression}]`,
  )

async function ofApi(responseType: GatewayResponseType = 'MISSING_AUTHENTICATION_TOKEN') {
  const { restApiId } = await createApi()
  return { restApiId, responseType }
}

describe('PutGatewayResponse', () => {
  const responseParameters = {
    'gatewayresponse.header.Access-Control-Allow-Origin': "'a.b.c'",
    'gatewayresponse.header.x-request-query': 'method.request.querystring.q',
    'gatewayresponse.header.x-stage': 'context.stage',
    'gatewayresponse.header.x-color': 'stageVariables.color',
  }
  const responseTemplates = { 'application/xml': '<message>$context.error.messageString</message>' }
  const puts: [string, GatewayResponseType, object, object][] = [
    ['everything', 'THROTTLED', { statusCode: '420', responseParameters, responseTemplates }, {}],
    ['a status', 'THROTTLED', { statusCode: '420' }, { responseParameters: {}, ...standard }],
    ['parameters', 'THROTTLED', { responseParameters }, { statusCode: '429', ...standard }],
    ['templates', 'THROTTLED', { responseTemplates }, { statusCode: '429', responseParameters: {} }],
    ['nothing', 'DEFAULT_5XX', {}, { responseParameters: {}, ...standard }],
  ]
  for (const [name, responseType, settings, filled] of puts) {
    test(`takes ${name}, and fills in the rest`, async () => {
      const ids = await ofApi(responseType)
      const put = await operations.PutGatewayResponse({ ...ids, ...settings }, caller)
      assert.deepEqual(put, { responseType, defaultResponse: false, ...settings, ...filled })
      assert.deepEqual(await operations.GetGatewayResponse(ids, caller), put)
    })
  }

  const header = 'gatewayresponse.header.x'
  const refusals: [string, object, { message: string }][] = [
    [
      'an empty template',
      { responseTemplates: { 'a/b': '' } },
      bad('Invalid null or empty value in responseTemplates'),
    ],
    [
      'an empty value',
      { responseParameters: { [header]: '' } },
      bad('Invalid null or empty value in responseParameters'),
    ],
    [
      'a template for no media type',
      { responseTemplates: { '123': 'x' } },
      bad('Validation Result: warnings : [], errors : [Invalid content type specified: 123]'),
    ],
    [
      'a method response header',
      { responseParameters: { 'method.response.header.x': "'x'" } },
      badMapping('method.response.header.x'),
    ],
    ['a value without quotes', { responseParameters: { [header]: 'test-value' } }, badMapping('test-value')],
    [
      'a part of the body',
      { responseParameters: { [header]: 'method.request.body.a' } },
      badMapping('method.request.body.a'),
    ],
  ]
  for (const [name, settings, error] of refusals) {
    test(`refuses ${name}`, async () => {
      await assert.rejects(operations.PutGatewayResponse({ ...(await ofApi()), ...settings }, caller), error)
    })
  }
})

describe('GetGatewayResponses', () => {
  test('lists all types, those at their defaults too', async () => {
    const ids = await ofApi()
    const { items = [], position } = await operations.GetGatewayResponses(ids, caller)
    assert.deepEqual(
      items.map(({ responseType, statusCode }) => [responseType, statusCode]),
      [
        ['ACCESS_DENIED', '403'],
        ['API_CONFIGURATION_ERROR', '500'],
        ['AUTHORIZER_CONFIGURATION_ERROR', '500'],
        ['AUTHORIZER_FAILURE', '500'],
        ['BAD_REQUEST_BODY', '400'],
        ['BAD_REQUEST_PARAMETERS', '400'],
        ['DEFAULT_4XX', undefined],
        ['DEFAULT_5XX', undefined],
        ['EXPIRED_TOKEN', '403'],
        ['INTEGRATION_FAILURE', '504'],
        ['INTEGRATION_TIMEOUT', '504'],
        ['INVALID_API_KEY', '403'],
        ['INVALID_SIGNATURE', '403'],
        ['MISSING_AUTHENTICATION_TOKEN', '403'],
        ['QUOTA_EXCEEDED', '429'],
        ['REQUEST_TOO_LARGE', '413'],
        ['RESOURCE_NOT_FOUND', '404'],
        ['THROTTLED', '429'],
        ['UNAUTHORIZED', '401'],
        ['UNSUPPORTED_MEDIA_TYPE', '415'],
        ['WAF_FILTERED', '403'],
      ],
    )
    assert.deepEqual(items[0], {
      responseType: 'ACCESS_DENIED',
      statusCode: '403',
      responseParameters: {},
      ...standard,
      defaultResponse: true,
    })
    assert.equal(position, undefined)
    const first = await operations.GetGatewayResponses({ ...ids, limit: 20 }, caller)
    const rest = await operations.GetGatewayResponses({ ...ids, position: first.position ?? '' }, caller)
    assert.deepEqual([...(first.items ?? []), ...(rest.items ?? [])], items)
  })

  test('shows what the defaults of a class lend to its types', async () => {
    const ids = await ofApi('DEFAULT_5XX')
    const responseParameters = { 'gatewayresponse.header.x': "'x'" }
    await operations.PutGatewayResponse({ ...ids, statusCode: '599', responseParameters }, caller)
    const own = await operations.PutGatewayResponse({ ...ids, responseType: 'AUTHORIZER_FAILURE' }, caller)
    assert.deepEqual([own.statusCode, own.responseParameters], ['500', {}])
    const get = (responseType: GatewayResponseType) => operations.GetGatewayResponse({ ...ids, responseType }, caller)
    assert.deepEqual(await get('INTEGRATION_TIMEOUT'), {
      responseType: 'INTEGRATION_TIMEOUT',
      statusCode: '599',
      responseParameters,
      ...standard,
      defaultResponse: true,
    })
    assert.equal((await get('AUTHORIZER_FAILURE')).statusCode, '500')
    assert.deepEqual((await get('THROTTLED')).responseParameters, {})
    assert.deepEqual((await get('DEFAULT_4XX')).responseParameters, {})
  })
})

describe('UpdateGatewayResponse', () => {
  test('changes a type that was at its defaults', async () => {
    const ids = await ofApi('DEFAULT_4XX')
    const patchOperations: Patch[] = [{ op: 'replace', path: '/statusCode', value: '444' }]
    const updated = await operations.UpdateGatewayResponse({ ...ids, patchOperations }, caller)
    const expected = { responseType: ids.responseType, statusCode: '444', responseParameters: {}, ...standard }
    assert.deepEqual(updated, { ...expected, defaultResponse: false })
    assert.deepEqual(await operations.GetGatewayResponse(ids, caller), updated)
  })

  test('adds, replaces and removes parameters and templates', async () => {
    const ids = await ofApi()
    const responseParameters = { 'gatewayresponse.header.a': "'1'", 'gatewayresponse.header.b': "'2'" }
    await operations.PutGatewayResponse({ ...ids, statusCode: '404', responseParameters }, caller)
    const patchOperations: Patch[] = [
      { op: 'replace', path: '/responseParameters/gatewayresponse.header.a', value: "'3'" },
      { op: 'remove', path: '/responseParameters/gatewayresponse.header.b' },
      { op: 'add', path: '/responseParameters/gatewayresponse.header.c', value: 'method.request.path.id' },
      { op: 'add', path: '/responseTemplates/application~1xml', value: '<m/>' },
      { op: 'remove', path: '/responseTemplates/application~1json' },
      { op: 'replace', path: '/statusCode', value: '' },
    ]
    const { defaultResponse: _, ...updated } = await operations.UpdateGatewayResponse(
      { ...ids, patchOperations },
      caller,
    )
    assert.deepEqual(updated, {
      responseType: ids.responseType,
      statusCode: '403',
      responseParameters: { 'gatewayresponse.header.a': "'3'", 'gatewayresponse.header.c': 'method.request.path.id' },
      responseTemplates: { 'application/xml': '<m/>' },
    })
  })

  const refusals: [Patch, { code: string; message: string }][] = [
    [{ op: 'add', path: '/statusCode', value: '1' }, bad('Invalid patch path /statusCode')],
    [{ op: 'remove', path: '/statusCode' }, bad('Invalid patch path /statusCode')],
    [{ op: 'replace', path: '/statusCode', value: '600' }, bad('Invalid statusCode specified: 600')],
    [{ op: 'replace', path: '/wrongPath', value: '1' }, bad('Invalid patch path /wrongPath')],
    [{ op: 'replace' }, bad('Invalid patch path null')],
    [
      { op: 'replace', path: '/responseParameters/gatewayresponse.header.x', value: "'1'" },
      { code: 'NotFoundException', message: 'Invalid parameter name specified' },
    ],
    [
      { op: 'replace', path: '/responseTemplates/a~1b', value: 'x' },
      { code: 'NotFoundException', message: 'Content-Type specified was not found' },
    ],
    [
      { op: 'replace', path: '/responseTemplates/application~1json' },
      bad('Invalid null or empty value in responseTemplates'),
    ],
    [
      { op: 'add', path: '/responseParameters/gatewayresponse.header.x' },
      bad('Invalid null or empty value in responseParameters'),
    ],
    [{ op: 'add', path: '/responseParameters/gatewayresponse.header.x', value: 'x' }, badMapping('x')],
  ]
  for (const [operation, error] of refusals) {
    test(`refuses ${operation.op} of ${operation.path} by ${operation.value}`, async () => {
      const ids = await ofApi()
      const update = operations.UpdateGatewayResponse({ ...ids, patchOperations: [operation] }, caller)
      await assert.rejects(update, error)
      assert.equal((await operations.GetGatewayResponse(ids, caller)).defaultResponse, true)
    })
  }
})

describe('DeleteGatewayResponse', () => {
  test('goes back to the defaults, once', async () => {
    const ids = await ofApi()
    const before = await operations.GetGatewayResponse(ids, caller)
    await operations.PutGatewayResponse({ ...ids, statusCode: '404' }, caller)
    await operations.DeleteGatewayResponse(ids, caller)
    assert.deepEqual(await operations.GetGatewayResponse(ids, caller), before)
    await assert.rejects(operations.DeleteGatewayResponse(ids, caller), {
      code: 'NotFoundException',
      message: 'Gateway response type not defined on api',
    })
  })
})

test('an unknown API is refused', async () => {
  const ids = { restApiId: 'x', responseType: 'THROTTLED' } as const
  const unknown = { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' }
  await assert.rejects(operations.PutGatewayResponse(ids, caller), unknown)
  await assert.rejects(operations.GetGatewayResponse(ids, caller), unknown)
  await assert.rejects(operations.GetGatewayResponses(ids, caller), unknown)
  await assert.rejects(operations.UpdateGatewayResponse(ids, caller), unknown)
  await assert.rejects(operations.DeleteGatewayResponse(ids, caller), unknown)
})
