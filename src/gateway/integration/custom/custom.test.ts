import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RestIntegration, RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import { deployed, fixedIds, type InvocationValues, invocation } from '../../fixtures.ts'
import type { IntegrationRequest, IntegrationResponse } from '../backend.ts'
import { custom } from './custom.ts'

const ok: RestIntegrationResponse = { statusCode: '200', responseParameters: {}, responseTemplates: {} }
const failed = { type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' }
const trace = 'Root=1-2-3;Parent=4;Sampled=0'

interface Answered extends Partial<Omit<IntegrationResponse, 'body'>> {
  readonly body?: string | Buffer
}

/** A custom integration before a backend that gives one answer and keeps what it was asked. */
function integration(
  settings: Partial<RestIntegration>,
  { body = '', ...answer }: Answered = {},
  options: Parameters<typeof deployed>[1] = {},
) {
  const asked: IntegrationRequest[] = []
  const handler = custom(
    deployed({ type: 'HTTP', httpMethod: 'POST', responses: [ok], ...settings }, options),
    async (request) => {
      asked.push(request)
      const status = answer.status ?? 200
      return { status, selectionText: String(status), headers: [], trace, ...answer, body: Buffer.from(body) }
    },
    fixedIds,
  )
  return {
    async reply(values: InvocationValues = {}) {
      return await handler(invocation(values))
    },
    async request(values: InvocationValues = {}): Promise<IntegrationRequest> {
      await handler(invocation(values))
      const [request] = asked
      assert.ok(request, 'the backend was not called')
      return request
    },
  }
}

describe('the request of a custom integration', () => {
  test('has nothing of the client’s but what is mapped, and its body', async () => {
    const headers = ['X-A', '1', 'Content-Type', 'text/plain; charset=utf-8', 'Accept', 'a/b']
    const request = await integration({}).request({ method: 'PUT', query: 'q=1', headers, body: 'text' })
    assert.deepEqual(request, {
      httpMethod: 'POST',
      path: new Map(),
      querystring: new Map(),
      headers: new Map(),
      contentType: 'text/plain; charset=utf-8',
      body: 'text',
      trace: fixedIds.traceRoot(0),
    })
  })

  test('has what is mapped', async () => {
    const requestParameters = {
      'integration.request.path.id': 'method.request.path.petId',
      'integration.request.querystring.all': 'method.request.multivaluequerystring.q',
      'integration.request.querystring.missing': 'method.request.querystring.missing',
      'integration.request.header.X-Name': 'method.request.body.name',
      'integration.request.header.X-Stage': 'context.stage',
      'integration.request.header.X-Variable': 'stageVariables.v',
      'integration.request.header.X-Static': "'é'",
    }
    const { request } = integration({ requestParameters }, {}, { variables: { v: 'w' } })
    const { path, querystring, headers } = await request({ query: 'q=1&q=2', body: '{"name": "Rex"}' })
    assert.deepEqual(path, new Map([['id', ['1']]]))
    assert.deepEqual(querystring, new Map([['all', ['1', '2']]]))
    assert.deepEqual(
      headers,
      new Map([
        ['X-Name', ['Rex']],
        ['X-Stage', ['dev']],
        ['X-Variable', ['w']],
        ['X-Static', ['Ã©']],
      ]),
    )
  })

  test('has the client’s verb where the integration’s is ANY', async () => {
    assert.equal((await integration({ httpMethod: 'ANY' }).request({ method: 'PATCH' })).httpMethod, 'PATCH')
  })

  test('has the text of its template', async () => {
    const { request } = integration({ requestTemplates: { 'application/json': ' {"a": 1} \n' } })
    assert.equal((await request({ body: 'x' })).body, '{"a": 1}')
  })

  test('keeps its body where the template is empty', async () => {
    const { request } = integration({ requestTemplates: { 'application/json': '' }, passthroughBehavior: 'NEVER' })
    assert.equal((await request({ body: 'x' })).body, 'x')
  })

  test('keeps bytes of a listed type', async () => {
    const { request } = integration({}, {}, { binaryMediaTypes: ['image/png'] })
    const { body } = await request({ headers: ['Content-Type', 'image/png'], body: Buffer.from([0, 255]) })
    assert.deepEqual(body, Buffer.from([0, 255]))
  })

  const refusals: [string, Partial<RestIntegration>, InvocationValues, object][] = [
    [
      'a type that must not pass',
      { passthroughBehavior: 'NEVER' },
      { body: 'x' },
      { type: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message: 'Unsupported Media Type' },
    ],
    [
      'a body that a mapping cannot read',
      { requestParameters: { 'integration.request.header.X': 'method.request.body.a' } },
      { body: '{"a"' },
      { status: 400, message: 'Invalid JSON in request body', layer: 'engine', errorType: 'BadRequestException' },
    ],
    [
      'a value that breaks a header',
      { requestParameters: { 'integration.request.header.X': 'method.request.querystring.q' } },
      { query: 'q=a%0d%0ab' },
      { status: 400, message: 'Bad Request' },
    ],
    [
      'an unknown source',
      { requestParameters: { 'integration.request.header.X': 'method.request.cookie.c' } },
      {},
      failed,
    ],
    ['an impossible header', { requestParameters: { 'integration.request.header.X:Y': "'z'" } }, {}, failed],
    [
      'text that is to become bytes, and is no base64',
      { contentHandling: 'CONVERT_TO_BINARY' },
      { body: '{}' },
      failed,
    ],
    [
      'bytes that a template is to read',
      { contentHandling: 'CONVERT_TO_BINARY', requestTemplates: { 'application/json': '{}' } },
      { body: 'AAAA' },
      failed,
    ],
  ]
  for (const [name, settings, values, error] of refusals) {
    test(`with ${name} is refused`, () => assert.rejects(integration(settings).reply(values), error))
  }
})

describe('the reply of a custom integration', () => {
  const responding = (response: Partial<RestIntegrationResponse>, answer: Answered = {}, options = {}) =>
    integration({ responses: [{ ...ok, ...response }] }, answer, options)

  test('has the backend’s body, and none of its headers', async () => {
    const { reply } = integration({}, { headers: ['Content-Type', 'text/xml', 'X-A', '1'], body: '<a/>' })
    assert.deepEqual(await reply(), {
      status: 200,
      headers: ['Content-Type', 'application/json', 'X-Amzn-Trace-Id', trace],
      body: '<a/>',
    })
  })

  test('has the headers that are mapped, remapped where they are the gateway’s', async () => {
    const responseParameters = {
      'method.response.header.X-One': 'integration.response.header.X-MANY',
      'method.response.header.X-All': 'integration.response.multivalueheader.x-many',
      'method.response.header.X-Name': 'integration.response.body.name',
      'method.response.header.X-Body': 'integration.response.body',
      'method.response.header.X-Missing': 'integration.response.header.X-None',
      'method.response.header.X-Stage': 'context.stage',
      'method.response.header.X-Variable': 'stageVariables.v',
      'method.response.header.X-Static': "'s'",
      'method.response.header.Date': "'d'",
      'method.response.header.Transfer-Encoding': "'chunked'",
      'method.response.header.Content-Type': 'integration.response.header.Content-Type',
    }
    const answer = { headers: ['x-many', '1', 'X-Many', '2', 'content-type', 'text/x'], body: '{"name":"Rex"}' }
    const { reply } = responding({ responseParameters }, answer, { variables: { v: 'w' } })
    assert.deepEqual((await reply()).headers, [
      ...['X-One', '2', 'X-All', '1,2', 'X-Name', 'Rex', 'X-Body', '{"name":"Rex"}', 'X-Stage', 'dev'],
      ...['X-Variable', 'w', 'X-Static', 's', 'x-amzn-Remapped-Date', 'd', 'Content-Type', 'text/x'],
      ...['X-Amzn-Trace-Id', trace],
    ])
  })

  test('has the text and type of the template for what the client accepts', async () => {
    const responseTemplates = { 'application/json': '{}', 'text/plain': 'plain' }
    const { reply } = responding({ responseTemplates }, { body: 'x' })
    const plain = await reply({ headers: ['Accept', 'text/plain'] })
    assert.deepEqual([plain.body, plain.headers[1]], ['plain', 'text/plain'])
    assert.equal((await reply()).body, '{}')
  })

  test('is converted for what the client accepts', async () => {
    const answer = { headers: ['content-type', 'image/png'], body: Buffer.from([0, 255]) }
    const { reply } = responding({}, answer, { binaryMediaTypes: ['image/png'] })
    assert.equal((await reply()).body, 'AP8=')
    assert.deepEqual((await reply({ headers: ['Accept', 'image/png'] })).body, Buffer.from([0, 255]))
  })

  test('is that of the pattern which matches the backend’s status', async () => {
    const responses = [ok, { ...ok, statusCode: '404', selectionPattern: '4\\d{2}' }]
    assert.equal((await integration({ responses }, { status: 403 }).reply()).status, 404)
    assert.equal((await integration({ responses }, { status: 503 }).reply()).status, 200)
  })

  const refusals: [string, Partial<RestIntegration>, Answered][] = [
    ['no response at all', { responses: [] }, {}],
    ['no response for the status', { responses: [{ ...ok, selectionPattern: '200' }] }, { status: 500 }],
    ['a response that the method does not declare', { responses: [{ ...ok, undeclared: true }] }, {}],
    ['a status that ends no call', { responses: [{ ...ok, statusCode: '101' }] }, {}],
    [
      'an unknown source',
      { responses: [{ ...ok, responseParameters: { 'method.response.header.X': 'method.request.header.X' } }] },
      {},
    ],
    [
      'a body that a mapping cannot read',
      { responses: [{ ...ok, responseParameters: { 'method.response.header.X': 'integration.response.body.a' } }] },
      { body: '{"a"' },
    ],
    [
      'a value that breaks a header',
      { responses: [{ ...ok, responseParameters: { 'method.response.header.X': 'integration.response.body.a' } }] },
      { body: '{"a": "b\\r\\nc"}' },
    ],
    ['text that is to become bytes', { responses: [{ ...ok, contentHandling: 'CONVERT_TO_BINARY' }] }, { body: '{}' }],
    [
      'bytes that a template is to read',
      {
        responses: [{ ...ok, contentHandling: 'CONVERT_TO_BINARY', responseTemplates: { 'application/json': '{}' } }],
      },
      { body: 'AAAA' },
    ],
  ]
  for (const [name, settings, answer] of refusals) {
    test(`with ${name} is a 500`, () => assert.rejects(integration(settings, answer).reply(), failed))
  }
})
