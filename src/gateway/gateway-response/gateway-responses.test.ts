import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RestGatewayResponse } from '../../snapshot/rest-api.ts'
import { GatewayError, type GatewayErrorOptions, type GatewayResponseType } from '../error.ts'
import { invocation, stage } from '../fixtures.ts'
import { errorAnswers } from './gateway-responses.ts'

const standard = { 'application/json': '{"message":$context.error.messageString}' }

function response(responseType: string, changes: Partial<RestGatewayResponse> = {}): RestGatewayResponse {
  return { responseType, responseParameters: {}, responseTemplates: standard, ...changes }
}

interface Failure extends GatewayErrorOptions {
  readonly type?: GatewayResponseType
  readonly message?: string
}

/** Answers one error at `/pets/{petId}` of an API with these gateway responses. */
function answer(
  responses: readonly RestGatewayResponse[],
  { type = 'INTEGRATION_TIMEOUT', message = 'Endpoint request timed out', ...options }: Failure = {},
  values: Parameters<typeof invocation>[0] = {},
) {
  const served = stage({}, { gatewayResponses: responses }, { edition: 'second' })
  const place = { stage: served, resourceId: 'res1', resourcePath: '/pets/{petId}', pathVariables: ['petId'] }
  return errorAnswers(served)(place)(new GatewayError(type, message, options), invocation(values))
}

describe('the gateway response of an error', () => {
  const timeout = response('INTEGRATION_TIMEOUT', { statusCode: '503' })
  const all4xx = response('DEFAULT_4XX', { statusCode: '418' })
  const all5xx = response('DEFAULT_5XX')
  const cases: [string, RestGatewayResponse[], Failure, number][] = [
    ['is the one of its type', [timeout, all5xx], {}, 503],
    ['is that of its class when its own is untouched', [all4xx, all5xx], { type: 'INVALID_API_KEY' }, 418],
    ['keeps the status of the type under a class without one', [all4xx, all5xx], {}, 504],
    ['keeps an own status under a class without one', [all5xx], { type: 'DEFAULT_5XX', status: 502 }, 502],
    ['is that of the class for an error without a type', [all4xx], { type: 'DEFAULT_4XX', status: 403 }, 418],
    ['of another class does not matter', [all4xx], {}, 504],
  ]
  for (const [name, responses, failure, status] of cases) {
    test(name, () => assert.equal(answer(responses, failure).status, status))
  }

  test('of a payload that is too large cannot be customised', () => {
    const responses = [response('REQUEST_TOO_LARGE', { statusCode: '400' }), all4xx]
    const reply = answer(responses, { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' })
    assert.deepEqual([reply.status, reply.body], [413, '{"message":"Request Too Long"}'])
  })

  test('has a blank after the colon by default when the execution engine answers', () => {
    const body = (type: GatewayResponseType) => answer([], { type, message: 'x' }).body
    assert.equal(body('INTEGRATION_TIMEOUT'), '{"message": "x"}')
    assert.equal(body('BAD_REQUEST_BODY'), '{"message": "x"}')
    assert.equal(body('INVALID_API_KEY'), '{"message":"x"}')
    assert.equal(body('ACCESS_DENIED'), '{"Message":"x"}')
    assert.equal(answer([], { type: 'AUTHORIZER_FAILURE', message: '' }).body, '{"message":null}')
  })
})

describe('the template of a gateway response', () => {
  const render = (text: string, failure?: Failure, values?: Parameters<typeof invocation>[0]) =>
    answer([response('DEFAULT_5XX', { responseTemplates: { 'application/json': text } })], failure, values).body

  const cases: [string, string][] = [
    ['{"message":$context.error.messageString}', '{"message":"Say \\"please\\""}'],
    ['$context.error.message', 'Say "please"'],
    ['${context.error.responseType}!', 'INTEGRATION_TIMEOUT!'],
    ['$context.stage/$context.resourcePath.', 'dev//pets/{petId}.'],
    ['$context.identity.sourceIp $context.nothing|', '203.0.113.9 |'],
    ['$stageVariables.edition-$stageVariables.none', 'second-'],
    ['$context.isCanaryRequest|', '|'],
    ['$method.request.path.petId', '7'],
    ['$method.request.querystring.q $method.request.multivaluequerystring.q', 'b b'],
    ['$method.request.header.X-Tenant.', 'acme.'],
    [
      '$method.request.body $input.params("q") #set($a = 1) $context',
      '$method.request.body $input.params("q") #set($a = 1) $context',
    ],
    ["'quotes' and 100 % stay", "'quotes' and 100 % stay"],
    ['', ''],
  ]
  for (const [text, expected] of cases) {
    test(`${text || 'that is empty'} renders ${expected || 'nothing'}`, () => {
      const values = { pathValues: ['7'], query: 'q=a&q=b', headers: ['X-Tenant', 'acme'] }
      assert.equal(render(text, { message: 'Say "please"' }, values), expected)
    })
  }

  test('holds what a validator found, which fits into a string of JSON', () => {
    const validationError = '[object has missing required properties (["name"])]'
    const failure = { type: 'BAD_REQUEST_BODY', message: 'Invalid request body', validationError } as const
    const body = (mediaType: string) => {
      const responseTemplates = { [mediaType]: '{"found": "$context.error.validationErrorString"}' }
      return String(answer([response('BAD_REQUEST_BODY', { responseTemplates })], failure).body)
    }
    assert.deepEqual(JSON.parse(body('application/json')), { found: validationError })
    assert.equal(body('text/plain'), `{"found": "${validationError}"}`)
  })

  const templates = { 'text/html': '<p>', 'application/json; charset=utf-8': '{}' }
  const accepted: [string, object, string, string][] = [
    ['is that of the accepted type', templates, 'TEXT/html;q=1, application/json', 'text/html'],
    ['is the one for JSON otherwise', templates, 'image/png', 'application/json; charset=utf-8'],
    ['is the one for JSON without Accept', templates, '', 'application/json; charset=utf-8'],
    ['is the first when none is for JSON', { 'text/xml': '<a/>', 'text/html': '<p>' }, 'image/png', 'text/xml'],
    ['of $default is JSON', { $default: '{}' }, 'text/html', 'application/json'],
  ]
  for (const [name, responseTemplates, accept, type] of accepted) {
    test(name, () => {
      const custom = response('DEFAULT_5XX', { responseTemplates: { ...responseTemplates } })
      const { headers } = answer([custom], {}, { headers: accept ? ['Accept', accept] : [] })
      assert.deepEqual(headers.slice(0, 2), ['Content-Type', type])
    })
  }
})

describe('the parameters of a gateway response', () => {
  function headers(responseParameters: Record<string, string>, values?: Parameters<typeof invocation>[0]) {
    return answer([response('DEFAULT_5XX', { responseParameters })], {}, values).headers.slice(0, -2)
  }
  const json = ['Content-Type', 'application/json']

  test('set headers from literals, the request, variables and the error', () => {
    const parameters = {
      'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
      'gatewayresponse.header.x-tenant': 'method.request.header.X-Tenant',
      'gatewayresponse.header.x-none': 'method.request.header.X-None',
      'gatewayresponse.header.x-id': 'context.requestId',
      'gatewayresponse.header.x-why': 'context.error.responseType',
      'gatewayresponse.header.x-edition': 'stageVariables.edition',
    }
    assert.deepEqual(headers(parameters, { headers: ['X-Tenant', 'acme'] }), [
      ...json,
      'Access-Control-Allow-Origin',
      '*',
      'x-tenant',
      'acme',
      'x-id',
      '11111111-2222-3333-4444-555555555555',
      'x-why',
      'INTEGRATION_TIMEOUT',
      'x-edition',
      'second',
    ])
  })

  test('leave the connection alone, and can set the content type', () => {
    const parameters = {
      'gatewayresponse.header.content-type': "'application/problem+json'",
      'gatewayresponse.header.Transfer-Encoding': "'chunked'",
      'gatewayresponse.header.Content-Length': "'3'",
    }
    assert.deepEqual(headers(parameters), [
      'content-type',
      'application/problem+json',
      'x-amzn-Remapped-Content-Length',
      '3',
    ])
  })

  test('never end a header line early', () => {
    const parameters = { 'gatewayresponse.header.x': 'method.request.querystring.q' }
    assert.deepEqual(headers(parameters, { query: 'q=a%0d%0aSet-Cookie:%20b' }), [...json, 'x', 'a  Set-Cookie: b'])
    assert.deepEqual(headers(parameters, { query: 'q=%C3%A9' }), [...json, 'x', 'Ã©'])
  })
})
