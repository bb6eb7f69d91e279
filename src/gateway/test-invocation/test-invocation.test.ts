import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { FunctionInvoker } from '../../lambda/invoker.ts'
import type { RestIntegration } from '../../snapshot/rest-api.ts'
import type { TestInvocation } from '../../snapshot/test-invocation.ts'
import { fixedIds, functionArn, functionUri, method, networkOf, stage } from '../fixtures.ts'
import type { Outside } from '../integration/integrate.ts'
import { upstreams } from '../integration/upstream/upstreams.ts'
import { backend, endAll } from '../test-gateway.ts'
import { untouched } from '../test-outside.ts'
import { testInvoker } from './test-invocation.ts'

after(endAll)

const nowMs = Date.UTC(2026, 10, 21, 9, 5)
const clients = upstreams()
after(() => clients.close())

/** Functions and backends are called. */
function outside(invoke: FunctionInvoker['invoke'] = async () => assert.fail('no function')): Outside {
  return untouched({ functions: { invoke }, network: networkOf(clients.over({})), now: () => nowMs })
}

function testOf(integration: Partial<RestIntegration>, changes: Partial<TestInvocation> = {}): TestInvocation {
  const served = stage({ '/pets/{petId}': { GET: method(integration) } })
  return { stage: served, httpMethod: 'GET', headers: [], body: '', ...changes }
}

/** The log without the times of its lines. */
function linesOf(log: string): string[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^Sat Nov 21 09:05:00 UTC 2026 : /, ''))
}

const id = fixedIds.request()
const begunAt = (path: string) => [
  `Execution log for request ${id}`,
  `Starting execution for request: ${id}`,
  `HTTP Method: GET, Resource Path: ${path}`,
]

describe('a test invocation', () => {
  test('of MOCK tells the method alone', async () => {
    const responses = [
      {
        statusCode: '200',
        responseParameters: {},
        responseTemplates: { 'application/json': '{"id": 7}' },
      },
    ]
    const mock = { requestTemplates: { 'application/json': '{"statusCode": 200}' }, responses }
    const run = testInvoker(outside())
    const headers = ['X-A', '1', 'X-A', '2']
    const { log, ...result } = await run(
      testOf(mock, { pathWithQueryString: '/pets/7?a=b&c=d%20e', headers, body: 'x' }),
    )
    assert.deepEqual(result, {
      status: 200,
      headers: ['Content-Type', 'application/json'],
      body: '{"id": 7}',
      latencyMs: 0,
    })
    assert.deepEqual(linesOf(log), [
      ...begunAt('/pets/7'),
      'Method request path: {petId=7}',
      'Method request query string: {a=b, c=d e}',
      'Method request headers: {X-A=1,2}',
      'Method request body before transformations: x',
      'Method response body after transformations: {"id": 7}',
      'Method response headers: {Content-Type=application/json}',
      'Successfully completed execution',
      'Method completed with status: 200',
    ])
    assert.match(log.split('\n')[1] ?? '', /^Sat Nov 21 09:05:00 UTC 2026 : Starting/)
  })

  for (const [name, pathWithQueryString, petId] of [
    ['its own placeholder without a path', undefined, 'petId={petId}'],
    ['nothing with a path of another resource', '/elsewhere', ''],
    ['its value, raw', 'pets/a%20b', 'petId=a%20b'],
  ] as const) {
    test(`gives a path variable ${name}`, async () => {
      const { log } = await testInvoker(outside())(
        testOf({}, pathWithQueryString === undefined ? {} : { pathWithQueryString }),
      )
      assert.ok(linesOf(log).includes(`Method request path: {${petId}}`), log)
    })
  }

  test('of HTTP_PROXY tells what went to the endpoint and what came back', async () => {
    const { uri } = await backend((_, response) => response.writeHead(201, { 'X-B': 'b' }).end('answer'))
    const run = testInvoker(outside())
    const proxied: Partial<RestIntegration> = {
      type: 'HTTP_PROXY',
      uri: `${uri}/{petId}`,
      httpMethod: 'POST',
      requestParameters: { 'integration.request.path.petId': 'method.request.path.petId' },
    }
    const headers = ['Authorization', 'Bearer abc']
    const { status, body, log } = await run(
      testOf(proxied, { pathWithQueryString: '/pets/7?a=b', headers, body: 'hello' }),
    )
    assert.deepEqual([status, body], [201, 'answer'])
    const lines = linesOf(log)
    const [requestHeaders, responseHeaders] = lines.filter((line) => /^Endpoint \w+ headers/.test(line))
    assert.match(requestHeaders ?? '', /Authorization=\*{20}[,}]/)
    assert.match(responseHeaders ?? '', /X-B=b/)
    assert.deepEqual(lines.filter((line) => !/headers/.test(line)).slice(begunAt('').length + 2), [
      'Method request body before transformations: hello',
      `Endpoint request URI: ${uri}/7?a=b`,
      'Endpoint request body after transformations: hello',
      `Sending request to ${uri}/7?a=b`,
      'Received response. Status: 201, Integration latency: 0 ms',
      'Endpoint response body before transformations: answer',
      'Method response body after transformations: answer',
      'Successfully completed execution',
      'Method completed with status: 201',
    ])
  })

  test('of a function tells its invocation', async () => {
    const run = testInvoker(
      outside(async ({ payload }) => {
        const { requestContext } = JSON.parse(payload)
        assert.equal(requestContext.identity.sourceIp, 'test-invoke-source-ip')
        return { payload: '{"statusCode": 200, "body": "hi"}', executedVersion: '$LATEST', requestId: 'r' }
      }),
    )
    const { status, body, log } = await run(testOf({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' }))
    assert.deepEqual([status, body], [200, 'hi'])
    const lines = linesOf(log)
    const uri = `https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`
    assert.ok(lines.includes(`Sending request to ${uri}`), log)
    assert.ok(
      lines.some((line) => /^Endpoint request body after transformations: .{900,} \[TRUNCATED\]$/.test(line)),
      log,
    )
    assert.ok(lines.includes('Endpoint response body before transformations: {"statusCode": 200, "body": "hi"}'), log)
  })

  for (const [name, integration, status, line] of [
    [
      'an endpoint that is none',
      { type: 'HTTP_PROXY', uri: 'http://{host}/', httpMethod: 'GET' },
      500,
      'Execution failed due to configuration error: Invalid endpoint address',
    ],
    [
      'no status',
      { requestTemplates: { 'application/json': '{}' } },
      500,
      'Execution failed due to configuration error: ',
    ],
    [
      'an endpoint that does not answer',
      { type: 'HTTP_PROXY', uri: 'http://127.0.0.1:9', httpMethod: 'GET' },
      504,
      'Execution failed',
    ],
  ] as const satisfies readonly (readonly [string, Partial<RestIntegration>, number, string])[]) {
    test(`of ${name} tells the failure`, async () => {
      const { log, ...result } = await testInvoker(outside())(testOf(integration))
      assert.deepEqual([result.status, result.headers], [status, ['x-amzn-ErrorType', 'InternalServerErrorException']])
      const lines = linesOf(log)
      assert.ok(lines.at(-2)?.startsWith(line), log)
      assert.equal(lines.at(-1), `Method completed with status: ${status}`)
    })
  }
})
