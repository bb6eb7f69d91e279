import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deployed, type InvocationValues, invocation } from '../../fixtures.ts'
import { eventBuilder } from './event.ts'
import { eventBody } from './event-body.ts'

const trace = 'Root=1-67891233-abcdef012345678912345678'
const proxy = { type: 'AWS_PROXY' } as const

function event(values: InvocationValues, options: Parameters<typeof deployed>[1] = {}, binary = false) {
  const body = eventBody(Buffer.from(values.body ?? ''), binary)
  return JSON.parse(eventBuilder(deployed(proxy, options))(invocation(values), body, trace))
}

const added = {
  'X-Amzn-Trace-Id': trace,
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Port': '4566',
  'X-Forwarded-Proto': 'http',
}

describe('the proxy event of REST APIs', () => {
  test('tells on stages with a canary whether it is the canary', () => {
    for (const isCanary of [true, false]) {
      const { stage, ...method } = deployed(proxy)
      const build = eventBuilder({ ...method, stage: { ...stage, isCanary } })
      assert.equal(JSON.parse(build(invocation(), undefined, trace)).requestContext.isCanaryRequest, isCanary)
    }
  })

  test('has every member', () => {
    const headers = ['Host', 'abc123.execute-api.us-east-1.amazonaws.com', 'User-Agent', 'curl/8']
    assert.deepEqual(event({ headers, query: 'a=1', body: '{}', method: 'POST' }), {
      resource: '/pets/{petId}',
      path: '/pets/1',
      httpMethod: 'POST',
      headers: { Host: 'abc123.execute-api.us-east-1.amazonaws.com', 'User-Agent': 'curl/8', ...added },
      multiValueHeaders: {
        Host: ['abc123.execute-api.us-east-1.amazonaws.com'],
        'User-Agent': ['curl/8'],
        ...Object.fromEntries(Object.entries(added).map(([name, value]) => [name, [value]])),
      },
      queryStringParameters: { a: '1' },
      multiValueQueryStringParameters: { a: ['1'] },
      pathParameters: { petId: '1' },
      stageVariables: null,
      requestContext: {
        resourceId: 'res456',
        resourcePath: '/pets/{petId}',
        accountId: '123456789012',
        apiId: 'abc123',
        stage: 'dev',
        domainPrefix: 'abc123',
        deploymentId: 'dep123',
        httpMethod: 'POST',
        path: '/dev/pets/1',
        protocol: 'HTTP/1.1',
        domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
        requestId: '11111111-2222-3333-4444-555555555555',
        extendedRequestId: 'AbCdEfGhIjKlMnO=',
        requestTime: '20/Nov/2026:23:05:09 +0000',
        requestTimeEpoch: Date.UTC(2026, 10, 20, 23, 5, 9, 123),
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: '203.0.113.9',
          user: null,
          userAgent: 'curl/8',
          userArn: null,
        },
      },
      body: '{}',
      isBase64Encoded: false,
    })
  })

  test('shows what is missing as null', () => {
    const bare = event({ path: '/', pathValues: [] }, { path: '/' })
    const { queryStringParameters, multiValueQueryStringParameters, pathParameters, stageVariables, body } = bare
    assert.deepEqual(
      { queryStringParameters, multiValueQueryStringParameters, pathParameters, stageVariables, body },
      {
        queryStringParameters: null,
        multiValueQueryStringParameters: null,
        pathParameters: null,
        stageVariables: null,
        body: null,
      },
    )
    assert.equal(bare.requestContext.identity.userAgent, null)
  })

  for (const [path, eventPath, contextPath] of [
    ['', '/', '/dev'],
    ['/', '/', '/dev/'],
    ['/x/', '/x/', '/dev/x/'],
    ['//x', '/x', '/dev//x'],
    ['/a%2Fb+c', '/a%2Fb+c', '/dev/a%2Fb+c'],
    ['/a"\\', '/a"\\', '/dev/a"\\'],
  ] as const) {
    test(`path ${path || 'of the stage alone'}`, () => {
      const { path: inEvent, requestContext } = event({ path })
      assert.deepEqual([inEvent, requestContext.path], [eventPath, contextPath])
    })
  }

  test('keeps the last of repeated values, and all of them in the multi-value maps', () => {
    const repeated = event({ headers: ['X-A', '1', 'x-b', '2', 'X-A', '3', 'x-a', '4'], query: 'q=1&r=&q=a+b' })
    assert.equal(repeated.headers['X-A'], '4')
    assert.deepEqual(repeated.multiValueHeaders['X-A'], ['1', '3', '4'])
    assert.equal(repeated.headers['x-a'], undefined)
    assert.deepEqual(repeated.queryStringParameters, { q: 'a b', r: '' })
    assert.deepEqual(repeated.multiValueQueryStringParameters, { q: ['1', 'a b'], r: [''] })
  })

  test('leaves out what never reaches a function, and signatures', () => {
    const { headers } = event({
      headers: ['Connection', 'x', 'Content-Length', '2', 'TE', 'x', 'Authorization', 'AWS4-HMAC-SHA256 x', 'Via', 'v'],
    })
    assert.deepEqual(headers, { Via: 'v', ...added })
    assert.equal(event({ headers: ['Authorization', 'Bearer x'] }).headers.Authorization, 'Bearer x')
  })

  test('appends to X-Forwarded-For and replaces the other forwarding headers', () => {
    const { headers } = event({ headers: ['x-forwarded-for', '198.51.100.1', 'X-Forwarded-Proto', 'ftp'] })
    assert.deepEqual(headers, { ...added, 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' })
  })

  test('names path variables, stage variables and the operation', () => {
    const { pathParameters, stageVariables } = event(
      { pathValues: ['7', 'a/b'] },
      { path: '/pets/{petId}/{proxy+}', variables: { color: 'red' } },
    )
    assert.deepEqual(pathParameters, { petId: '7', proxy: 'a/b' })
    assert.deepEqual(stageVariables, { color: 'red' })
  })
})

describe('eventBody', () => {
  const png = Buffer.from([0x89, 0x50, 0xff])
  for (const [name, bytes, binary, expected] of [
    ['nothing is null', Buffer.alloc(0), true, undefined],
    ['text stays text', Buffer.from('é'), false, { text: 'é', isBase64Encoded: false }],
    ['text of a binary type', Buffer.from('é'), true, { text: 'w6k=', isBase64Encoded: true }],
    ['bytes that are no UTF-8', png, false, { text: 'iVD/', isBase64Encoded: true }],
  ] as const) {
    test(name, () => assert.deepEqual(eventBody(bytes, binary), expected))
  }
})
