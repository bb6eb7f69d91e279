import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { FunctionInvocation, FunctionResult } from '../../../lambda/invoker.ts'
import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import { functionArn, functionUri } from '../../fixtures.ts'
import { call, endAll, gateway } from '../../test-gateway.ts'
import { httpStage, integration, route } from '../fixtures.ts'

after(endAll)

const host = 'http1.execute-api.us-east-1.amazonaws.com'

interface Setting {
  readonly routeKey?: string
  readonly stageName?: string
  readonly changes?: Partial<HttpIntegration>
  readonly variables?: Readonly<Record<string, string>>
}

/** A gateway in front of a function. */
async function invoking(run: () => Promise<FunctionResult> | FunctionResult, setting: Setting = {}) {
  const { routeKey = 'ANY /pets/{id}', stageName = 'dev', changes = {}, variables = {} } = setting
  const seen: FunctionInvocation[] = []
  const own = integration({ type: 'AWS_PROXY', uri: functionArn, payloadFormatVersion: '2.0', ...changes })
  const functions = {
    async invoke(invocation: FunctionInvocation) {
      seen.push(invocation)
      return run()
    },
  }
  const served = httpStage([route(routeKey, { integration: own })], { stageName, variables })
  const { port } = await gateway(served, undefined, { functions })
  const send = async (target: string, options: Parameters<typeof call>[2] = {}) => {
    const answer = await call(port, target, { ...options, headers: { host, ...options.headers } })
    const invocation = seen.at(-1) ?? assert.fail('no function was invoked')
    return { ...answer, invocation, event: JSON.parse(invocation.payload), port }
  }
  return { seen, send, port }
}

const done = (payload: unknown) => () => ({ payload: JSON.stringify(payload), executedVersion: '1', requestId: 'r' })
const ok = done({ statusCode: 200 })
const trace = 'Root=1-67891233-abcdef012345678912345678'
const headers = {
  'User-Agent': 'tests',
  'X-Own': 'a',
  Cookie: 'a=1; b=2',
  'X-Forwarded-For': '192.0.2.1',
  'X-Amzn-Trace-Id': trace,
}

describe('the event of format 2.0', () => {
  test('has every member', async () => {
    const { send } = await invoking(ok, { variables: { color: 'blue' } })
    const { event, port } = await send('/dev/pets/a%2Bb?x=1&y=%20z&x=2&e', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
      body: '{"a": "ä"}',
    })
    const { requestId, time, timeEpoch } = event.requestContext
    assert.match(requestId, /^[\w+/]{15}=$/)
    assert.match(time, /^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
    assert.deepEqual(event, {
      version: '2.0',
      routeKey: 'ANY /pets/{id}',
      rawPath: '/dev/pets/a+b',
      rawQueryString: 'x=1&y=%20z&x=2&e',
      cookies: ['a=1', 'b=2'],
      headers: {
        host,
        'user-agent': 'tests',
        'x-own': 'a',
        'content-type': 'application/json; charset=utf-8',
        'content-length': '11',
        'x-amzn-trace-id': trace,
        'x-forwarded-for': '192.0.2.1, 127.0.0.1',
        'x-forwarded-port': String(port),
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { x: '1,2', y: ' z', e: '' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'http1',
        domainName: host,
        domainPrefix: 'http1',
        http: {
          method: 'POST',
          path: '/dev/pets/a+b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'tests',
        },
        requestId,
        routeKey: 'ANY /pets/{id}',
        stage: 'dev',
        time,
        timeEpoch,
      },
      pathParameters: { id: 'a+b' },
      stageVariables: { color: 'blue' },
      body: '{"a": "ä"}',
      isBase64Encoded: false,
    })
  })

  test('leaves out what there is not', async () => {
    const { send } = await invoking(ok, { routeKey: '$default', stageName: '$default' })
    const { event } = await send('/')
    assert.deepEqual(Object.keys(event), [
      'version',
      'routeKey',
      'rawPath',
      'rawQueryString',
      'headers',
      'requestContext',
      'isBase64Encoded',
    ])
    assert.deepEqual([event.rawPath, event.rawQueryString, event.isBase64Encoded], ['/', '', false])
    assert.equal(event.headers['content-length'], '0')
    assert.equal(event.requestContext.http.userAgent, '')
  })

  test('joins headers of one name', async () => {
    const { send } = await invoking(ok)
    const repeated = { headers: { 'X-Many': ['1', '2'] } } as unknown as Parameters<typeof send>[1]
    assert.equal((await send('/dev/pets/1', repeated)).event.headers['x-many'], '1,2')
  })

  for (const [type, isText] of [
    ['text/html', true],
    ['TEXT/csv; charset=utf-8', true],
    ['application/json', true],
    ['application/xml', true],
    ['application/javascript', true],
    ['application/x-www-form-urlencoded', false],
    ['image/png', false],
    [undefined, false],
  ] as const) {
    test(`has a body of type ${type} as ${isText ? 'text' : 'base64'}`, async () => {
      const { send } = await invoking(ok)
      const typed = type === undefined ? {} : { headers: { 'Content-Type': type } }
      const { event } = await send('/dev/pets/1', { method: 'POST', body: 'hello', ...typed })
      assert.deepEqual([event.body, event.isBase64Encoded], [isText ? 'hello' : 'aGVsbG8=', !isText])
    })
  }

  test('has a text that is no UTF-8 as base64', async () => {
    const { send } = await invoking(ok)
    const options = { method: 'POST', body: Buffer.from([0xff]), headers: { 'Content-Type': 'text/plain' } }
    assert.deepEqual((await send('/dev/pets/1', options)).event.body, '/w==')
  })
})

describe('the event of format 1.0', () => {
  test('has every member', async () => {
    const { send } = await invoking(ok, { changes: { payloadFormatVersion: '1.0' } })
    const { event, port } = await send('/dev/pets/a%20b?x=1&x=2', { headers })
    const { requestId, requestTime, requestTimeEpoch } = event.requestContext
    const single = {
      Host: host,
      'User-Agent': 'tests',
      'X-Own': 'a',
      Cookie: 'a=1; b=2',
      'Content-Length': '0',
      'X-Amzn-Trace-Id': trace,
      'X-Forwarded-For': '192.0.2.1, 127.0.0.1',
      'X-Forwarded-Port': String(port),
      'X-Forwarded-Proto': 'http',
    }
    assert.deepEqual(event, {
      version: '1.0',
      resource: '/pets/{id}',
      path: '/dev/pets/a%20b',
      httpMethod: 'GET',
      headers: single,
      multiValueHeaders: Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]])),
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      pathParameters: { id: 'a b' },
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        apiId: 'http1',
        resourceId: 'ANY /pets/{id}',
        resourcePath: '/pets/{id}',
        stage: 'dev',
        domainName: host,
        domainPrefix: 'http1',
        extendedRequestId: requestId,
        httpMethod: 'GET',
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAmr: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          user: null,
          userArn: null,
          sourceIp: '127.0.0.1',
          userAgent: 'tests',
        },
        path: '/dev/pets/a b',
        protocol: 'HTTP/1.1',
        requestId,
        requestTime,
        requestTimeEpoch,
      },
      body: null,
      isBase64Encoded: false,
    })
  })
})

describe('the invocation', () => {
  for (const [routeKey, target, sourceArn] of [
    ['ANY /pets/{id}', '/dev/pets/1', 'http1/dev/GET/pets/{id}'],
    ['GET /{proxy+}', '/dev/a/b', 'http1/dev/GET/{proxy+}'],
    ['$default', '/dev/x', 'http1/dev/$default'],
  ] as const) {
    test(`of ${routeKey} comes from ${sourceArn}`, async () => {
      const { invocation } = await (await invoking(ok, { routeKey })).send(target)
      assert.deepEqual(invocation.service, {
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:us-east-1:123456789012:${sourceArn}`,
        sourceAccount: '123456789012',
      })
      assert.equal(invocation.functionArn, functionArn)
    })
  }

  for (const uri of [functionArn, functionUri, `${functionArn.slice(0, -4)}\${stageVariables.name}`]) {
    test(`is of the function at ${uri}`, async () => {
      const { send } = await invoking(ok, { changes: { uri }, variables: { name: 'pets' } })
      assert.equal((await send('/dev/pets/1')).invocation.functionArn, functionArn)
    })
  }
})

const failures: [what: string, run: () => Promise<FunctionResult> | FunctionResult, status: number, body: string][] = [
  [
    'a function that may not be called',
    () => Promise.reject(new ServiceError('AccessDeniedException', 'no', { status: 403 })),
    500,
    'Internal Server Error',
  ],
  [
    'a function that is throttled',
    () => Promise.reject(new ServiceError('TooManyRequestsException', 'no', { status: 429 })),
    503,
    'Service Unavailable',
  ],
  [
    'an event that is too large',
    () => Promise.reject(new ServiceError('RequestTooLargeException', 'no', { status: 413 })),
    413,
    'Request Entity Too Large',
  ],
  ['a bug', () => Promise.reject(new TypeError('bug')), 500, 'Internal Server Error'],
  [
    'a function that fails',
    () => ({ ...done({ errorMessage: 'x' })(), functionError: 'Unhandled' as const }),
    500,
    'Internal Server Error',
  ],
  ['a function that takes too long', () => new Promise(() => {}), 503, 'Service Unavailable'],
]

describe('a failed invocation', () => {
  for (const [what, run, status, message] of failures) {
    test(`by ${what} answers ${status}`, async () => {
      const { send } = await invoking(run, { changes: { timeoutInMillis: 100 } })
      const answer = await send('/dev/pets/1')
      assert.deepEqual([answer.status, answer.body], [status, `{"message":"${message}"}`])
    })
  }

  test('by a URI of no function answers 500', async () => {
    const { port } = await invoking(ok, { changes: { uri: 'arn:aws:sqs:us-east-1:123456789012:q' } })
    assert.equal((await call(port, '/dev/pets/1', { headers: { host } })).status, 500)
  })
})

test('the reply has the names of headers in Title-Case, and cookies', async () => {
  const result = {
    statusCode: 201,
    headers: { 'x-own': 1, 'content-type': 'text/html' },
    cookies: ['a=1', 'b=2'],
    body: 'x',
  }
  const { status, rawHeaders, body } = await (await invoking(done(result))).send('/dev/pets/1')
  assert.deepEqual([status, body], [201, 'x'])
  assert.deepEqual(rawHeaders.slice(0, 8), [
    'X-Own',
    '1',
    'Content-Type',
    'text/html',
    'Set-Cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
  ])
})
