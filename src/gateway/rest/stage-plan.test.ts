import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fixedIds, functionUri, invocation, method, silentLog, stage } from '../fixtures.ts'
import { untouched } from '../test-outside.ts'
import { restApis } from './rest-apis.ts'
import { compileStage } from './stage-plan.ts'

function mocked(text: string) {
  return method({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: [{ statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': text } }],
  })
}

const served = stage({
  '/pets': { GET: mocked('list'), ANY: mocked('any') },
  '/pets/{petId}': { GET: mocked('one') },
  '/{proxy+}': { ANY: mocked('rest') },
})

describe('compileStage', () => {
  const plan = compileStage(served, restApis(silentLog), untouched())
  const call = async (verb: string, path: string, values = {}) => {
    const { handler, pathValues } = plan.route(verb, path)
    return handler(invocation({ method: verb, path, pathValues, ...values }))
  }

  for (const [verb, path, body] of [
    ['GET', '/pets', 'list'],
    ['POST', '/pets', 'any'],
    ['HEAD', '/pets', 'any'],
    ['OPTIONS', '/pets', 'any'],
    ['GET', '/pets/1', 'one'],
    ['GET', '/x/y', 'rest'],
  ] as const) {
    test(`${verb} ${path} is served`, async () => assert.equal((await call(verb, path)).body, body))
  }

  for (const [verb, path] of [
    ['POST', '/pets/1'],
    ['HEAD', '/pets/1'],
    ['TRACE', '/pets'],
    ['GET', '/'],
  ] as const) {
    test(`${verb} ${path} has no method`, async () => {
      assert.deepEqual(await call(verb, path), {
        status: 403,
        headers: [
          'Content-Type',
          'application/json',
          'x-amzn-ErrorType',
          'MissingAuthenticationTokenException',
          'x-amzn-RequestId',
          fixedIds.request(),
          'x-amz-apigw-id',
          fixedIds.extendedRequest(),
        ],
        body: '{"message":"Missing Authentication Token"}',
      })
    })
  }

  for (const [name, values, status, body] of [
    ['a long URL', { target: `/${'x'.repeat(10_240)}` }, 414, '{"message":"Request URI too long"}'],
    ['large headers', { headers: ['X', 'y'.repeat(10_240)] }, 431, '{"message":"Request Header Fields Too Large"}'],
    ['a large body', { body: Buffer.alloc(10_485_761) }, 413, '{"message":"Request Too Long"}'],
  ] as const) {
    test(`refuses ${name}`, async () => {
      const reply = await call('GET', '/pets', values)
      assert.deepEqual([reply.status, reply.body], [status, body])
    })
  }
})

describe('a customised gateway response', () => {
  const custom = (responseType: string, statusCode: string) => ({
    responseType,
    statusCode,
    responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
    responseTemplates: { 'text/plain': '$context.error.message at $context.resourcePath|$method.request.path.id|' },
  })
  const gatewayResponses = [custom('MISSING_AUTHENTICATION_TOKEN', '404'), custom('API_CONFIGURATION_ERROR', '501')]
  const broken = stage({ '/pets/{id}': { GET: method({ requestTemplates: {} }) } }, { gatewayResponses })
  const plan = compileStage(broken, restApis(silentLog), untouched())

  for (const [path, status, body] of [
    ['/none', 404, 'Missing Authentication Token at ||'],
    ['/pets/1', 501, 'Internal server error at /pets/{id}|1|'],
  ] as const) {
    test(`answers GET ${path}`, async () => {
      const { handler, pathValues } = plan.route('GET', path)
      const reply = await handler(invocation({ pathValues }))
      assert.deepEqual([reply.status, reply.body], [status, body])
      assert.deepEqual(reply.headers.slice(0, 4), ['Content-Type', 'text/plain', 'Access-Control-Allow-Origin', '*'])
    })
  }
})

describe('an API that compresses', () => {
  const plan = compileStage(
    stage({ '/pets': { ANY: mocked('list') } }, { minimumCompressionSize: 0 }),
    restApis(silentLog),
    untouched(),
  )
  const call = (path: string, headers: string[], body = '') =>
    plan.route('POST', path).handler(invocation({ method: 'POST', headers, body }))

  test('compresses replies and errors', async () => {
    for (const [path, status] of [
      ['/pets', 200],
      ['/none', 403],
    ] as const) {
      const reply = await call(path, ['Accept-Encoding', 'gzip'])
      assert.equal(reply.status, status)
      assert.equal(reply.headers[reply.headers.indexOf('Content-Encoding') + 1], 'gzip')
    }
  })

  test('refuses what it cannot decompress', async () => {
    const reply = await call('/pets', ['Content-Encoding', 'br'], 'x')
    assert.deepEqual([reply.status, reply.body], [415, '{"message": "Unsupported Media Type"}'])
  })
})

describe('a mapping to a header that the gateway makes', () => {
  const http = { type: 'HTTP_PROXY', uri: 'http://backend.test/', httpMethod: 'GET' } as const
  const lambda = { type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' } as const
  for (const [integration, header] of [
    [http, 'Content-Length'],
    [http, 'transfer-encoding'],
    [http, 'X-Amzn-Trace-Id'],
    [http, 'X-Amzn-Apigateway-Api-Id'],
    [http, 'Connection'],
    [lambda, 'Content-Length'],
    [lambda, 'Authorization'],
    [lambda, 'TE'],
  ] as const) {
    test(`fails for ${integration.type} ${header}`, async () => {
      const requestParameters = { [`integration.request.header.${header}`]: "'x'" }
      const plan = compileStage(
        stage({ '/': { GET: method({ ...integration, requestParameters }) } }),
        restApis(silentLog),
        untouched(),
      )
      const reply = await plan.route('GET', '/').handler(invocation())
      assert.equal(reply.status, 500)
      assert.equal(reply.body, '{"message": "Internal server error"}')
    })
  }
})

describe('answerErrors', () => {
  test('answers a bug with a bare 500 and logs it', async () => {
    const logged: unknown[] = []
    const plan = compileStage(
      stage({ '/': { GET: method({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' }) } }),
      restApis(silentLog),
      {
        ...untouched(),
        functions: { invoke: () => Promise.reject(new TypeError('a bug')) },
        log: { error: (message) => logged.push(message), debug() {} },
      },
    )
    const reply = await plan.route('GET', '/').handler(invocation())
    assert.deepEqual([reply.status, reply.body], [500, '{"message": "Internal server error"}'])
    assert.equal(logged.length, 1)
  })
})
