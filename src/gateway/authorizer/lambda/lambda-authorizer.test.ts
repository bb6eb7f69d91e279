import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FunctionInvocation } from '../../../lambda/invoker.ts'
import type { LambdaAuthorizer } from '../../../snapshot/authorizer.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import { deployed, functionArn, functionUri, type InvocationValues, invocation, noCredentials } from '../../fixtures.ts'
import { authorizationVariable } from '../authorization.ts'
import type { Circumstances } from './event.ts'
import { lambdaAuthorizer } from './lambda-authorizer.ts'

const token: LambdaAuthorizer = {
  type: 'TOKEN',
  authorizerId: 'auth12',
  uri: functionUri,
  identitySource: 'method.request.header.Authorization',
  resultTtlInSeconds: 300,
}
const request: LambdaAuthorizer = {
  ...token,
  type: 'REQUEST',
  identitySource:
    'method.request.header.X-Key, method.request.querystring.q, stageVariables.color, context.identity.sourceIp',
}
const allow = JSON.stringify({
  principalId: 'somebody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: '*' }],
  },
  context: { role: 'admin', level: 3 },
})

interface Settings {
  readonly answer?: string
  readonly circumstances?: Circumstances
  readonly invoke?: () => Promise<never>
  readonly timeoutMs?: number
}

/** Authorizes one call. */
async function run(authorizer: LambdaAuthorizer, call: InvocationValues, settings: Settings = {}) {
  const { answer = allow, circumstances = { trace: 'Root=1-a-b' }, timeoutMs = 1000 } = settings
  const asked: FunctionInvocation[] = []
  const lines: string[] = []
  let nowMs = 0
  const functions = {
    async invoke(input: FunctionInvocation) {
      asked.push(input)
      nowMs += 7
      if (settings.invoke) return settings.invoke()
      return { payload: answer, executedVersion: '$LATEST', requestId: 'r' }
    },
  }
  const log = { write: (line: string) => void lines.push(line) }
  const place = deployed({}, { variables: { color: 'blue', name: 'pets' } })
  const outside = { functions, credentials: noCredentials, now: () => nowMs, timeoutMs, log }
  const { identify, authorize } = lambdaAuthorizer(authorizer, place, outside)
  const received = invocation(call)
  const identity = identify(received)
  const outcome = authorize(received, identity, circumstances)
  const [settled] = await Promise.allSettled([outcome])
  return { asked, lines, identity, outcome: settled, event: JSON.parse(asked[0]?.payload ?? 'null') }
}

describe('a TOKEN authorizer', () => {
  test('asks the function about the token, for the method that is called', async () => {
    const headers = ['authorization', 'Bearer abc']
    const { asked, identity, event } = await run(token, { path: '/pets/a%20b', headers })
    assert.deepEqual(event, {
      type: 'TOKEN',
      methodArn: 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/GET/pets/a%20b',
      authorizationToken: 'Bearer abc',
    })
    const [{ payload: _, ...invoked } = { payload: '' }] = asked
    assert.deepEqual(invoked, {
      functionArn,
      invocationType: 'RequestResponse',
      service: {
        principal: 'apigateway.amazonaws.com',
        sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:abc123/authorizers/auth12',
        sourceAccount: '123456789012',
      },
    })
    assert.deepEqual([identity.values, identity.shown()], [['Bearer abc'], '****er abc'])
  })

  test('tells what it found out', async () => {
    const { outcome } = await run(token, { headers: ['Authorization', 't'] })
    assert.ok(outcome.status === 'fulfilled')
    const { principalId, authorization } = outcome.value
    assert.equal(principalId, 'somebody')
    assert.equal(authorizationVariable(authorization, 'role'), 'admin')
    assert.equal(authorizationVariable(authorization, 'level'), '3')
    assert.equal(authorizationVariable(authorization, 'principalId'), 'somebody')
    assert.deepEqual(JSON.parse(authorization.eventText), {
      role: 'admin',
      level: '3',
      principalId: 'somebody',
      integrationLatency: 7,
    })
  })

  test('finds its function by stage variables', async () => {
    const uri = functionUri.replace('function:pets', 'function:${stageVariables.name}')
    const { asked } = await run({ ...token, uri }, { headers: ['Authorization', 't'] })
    assert.equal(asked[0]?.functionArn, functionArn)
  })

  const validated = { ...token, identityValidationExpression: 'Bearer \\w+' }
  test('asks about tokens that are valid as a whole', async () => {
    const { outcome } = await run(validated, { headers: ['Authorization', 'Bearer abc'] })
    assert.equal(outcome.status, 'fulfilled')
  })
  for (const [name, authorizer, headers] of [
    ['no token', token, []],
    ['an empty token', token, ['Authorization', '']],
    ['a token in another header', token, ['X-Token', 't']],
    ['a token that is not valid', validated, ['Authorization', 'abc']],
    ['a token that is valid in part', validated, ['Authorization', 'Bearer abc!']],
  ] as const) {
    test(`refuses ${name} without asking`, () =>
      assert.rejects(run(authorizer, { headers }), { type: 'UNAUTHORIZED', message: 'Unauthorized' }))
  }

  test('lets nobody in by an expression that cannot be matched', () => {
    const authorizer = { ...token, identityValidationExpression: '(?=a)' }
    return assert.rejects(run(authorizer, { headers: ['Authorization', 'a'] }), {
      type: 'AUTHORIZER_CONFIGURATION_ERROR',
    })
  })
})

describe('a REQUEST authorizer', () => {
  const call = {
    path: '/pets/7',
    pathValues: ['7'],
    query: 'q=1&q=2&r=',
    headers: ['X-Key', 'secret-key', 'User-Agent', 'curl', 'Accept', 'a', 'Accept', 'b'],
  }

  test('asks the function about the call', async () => {
    const { event } = await run(request, call)
    const { requestContext, ...rest } = event
    assert.deepEqual(Object.keys(event), [
      'type',
      'methodArn',
      'resource',
      'path',
      'httpMethod',
      'headers',
      'multiValueHeaders',
      'queryStringParameters',
      'multiValueQueryStringParameters',
      'pathParameters',
      'stageVariables',
      'requestContext',
    ])
    assert.deepEqual(rest, {
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/GET/pets/7',
      resource: '/pets/{petId}',
      path: '/pets/7',
      httpMethod: 'GET',
      headers: {
        'X-Key': 'secret-key',
        'User-Agent': 'curl',
        Accept: 'b',
        'X-Amzn-Trace-Id': 'Root=1-a-b',
        'X-Forwarded-For': '203.0.113.9',
        'X-Forwarded-Port': '4566',
        'X-Forwarded-Proto': 'http',
      },
      multiValueHeaders: {
        'X-Key': ['secret-key'],
        'User-Agent': ['curl'],
        Accept: ['a', 'b'],
        'X-Amzn-Trace-Id': ['Root=1-a-b'],
        'X-Forwarded-For': ['203.0.113.9'],
        'X-Forwarded-Port': ['4566'],
        'X-Forwarded-Proto': ['http'],
      },
      queryStringParameters: { q: '2', r: '' },
      multiValueQueryStringParameters: { q: ['1', '2'], r: [''] },
      pathParameters: { petId: '7' },
      stageVariables: { color: 'blue', name: 'pets' },
    })
    const { identity, requestTime: _, requestTimeEpoch: _epoch, ...context } = requestContext
    assert.deepEqual([identity.sourceIp, identity.userAgent, identity.user], ['203.0.113.9', 'curl', null])
    assert.deepEqual(context, {
      resourceId: 'res456',
      resourcePath: '/pets/{petId}',
      httpMethod: 'GET',
      extendedRequestId: context.extendedRequestId,
      path: '/dev/pets/7',
      accountId: '123456789012',
      protocol: 'HTTP/1.1',
      stage: 'dev',
      domainPrefix: 'abc123',
      requestId: context.requestId,
      domainName: context.domainName,
      deploymentId: 'dep123',
      apiId: 'abc123',
    })
  })

  test('has empty maps for what a call does not have', async () => {
    const { event } = await run(
      { ...request, identitySource: 'context.stage' },
      { headers: [] },
      { circumstances: 'test' },
    )
    const { headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters } = event
    assert.deepEqual(
      [headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters],
      [{}, {}, {}, {}],
    )
  })

  test('knows callers by all of their sources', async () => {
    const { identity } = await run(request, call)
    assert.deepEqual(identity.values, ['secret-key', '2', 'blue', '203.0.113.9'])
    assert.equal(
      identity.shown(),
      '{method.request.header.X-Key=****et-key, method.request.querystring.q=*, stageVariables.color=****, context.identity.sourceIp=*****.113.9}',
    )
  })

  for (const [name, changes] of [
    ['a header', { headers: ['X-Key', ''] }],
    ['a query parameter', { query: 'q=' }],
  ] as const) {
    for (const resultTtlInSeconds of [0, 300]) {
      test(`refuses a call without ${name}, results kept for ${resultTtlInSeconds} seconds`, () =>
        assert.rejects(run({ ...request, resultTtlInSeconds }, { ...call, ...changes }), { type: 'UNAUTHORIZED' }))
    }
  }

  test('asks about everybody when it has no sources', async () => {
    const { identitySource: _, ...open } = { ...request, resultTtlInSeconds: 0 }
    const { identity, outcome } = await run(open, {})
    assert.deepEqual([identity.values, identity.shown(), outcome.status], [[], '{}', 'fulfilled'])
  })
})

describe('the execution log of an authorizer', () => {
  const headers = ['Authorization', 'Bearer abc']
  const uri = `https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`
  const sent = (requestId: string) => [
    'Incoming identity: ****er abc',
    `Endpoint request URI: ${uri}`,
    `Endpoint request headers: {x-amzn-lambda-integration-tag=${requestId}, x-amzn-apigateway-api-id=abc123, X-Amz-Source-Arn=arn:aws:execute-api:us-east-1:123456789012:abc123/authorizers/auth12, Accept=application/json, User-Agent=AmazonAPIGateway_abc123}`,
    'Endpoint request body after transformations: {"type":"TOKEN","methodArn":"arn:aws:execute-api:us-east-1:123456789012:abc123/ESTestInvoke-stage/GET/","authorizationToken":"Bearer abc"}',
    `Sending request to ${uri}`,
  ]

  test('tells what was asked and answered', async () => {
    const { lines } = await run(token, { path: '/', headers }, { circumstances: 'test' })
    assert.deepEqual(lines, [
      ...sent(invocation().requestId),
      `Authorizer result body before parsing: ${allow}`,
      'Using valid authorizer policy for principal: **mebody',
      'Successfully completed authorizer execution',
    ])
  })

  test('tells what was answered wrongly', async () => {
    const { lines } = await run(token, { path: '/', headers }, { circumstances: 'test', answer: 'null' })
    assert.deepEqual(lines.slice(5), ['Authorizer result body before parsing: null'])
  })
})

describe('a function that cannot be asked', () => {
  const headers = ['Authorization', 't']
  const refusals: readonly (readonly [string, () => Promise<never>, string])[] = [
    [
      'may not be called',
      async () => {
        throw new ServiceError('AccessDeniedException', 'no')
      },
      'Invalid permissions on Lambda function',
    ],
    [
      'is not there',
      async () => {
        throw new ServiceError('ResourceNotFoundException', 'Function not found', { status: 404 })
      },
      'Function not found',
    ],
    ['does not answer', () => new Promise(() => {}), 'Authorizer error'],
  ]
  for (const [name, invoke, reason] of refusals) {
    test(`lets nobody in: it ${name}`, async () => {
      const { outcome } = await run(token, { headers }, { invoke, timeoutMs: 5 })
      assert.ok(outcome.status === 'rejected')
      assert.deepEqual(
        [outcome.reason.type, outcome.reason.message, outcome.reason.detail],
        ['AUTHORIZER_CONFIGURATION_ERROR', '', `Execution failed due to configuration error: ${reason}`],
      )
    })
  }

  test('lets nobody in: it has no ARN', async () => {
    const uri = functionUri.replace('function:pets', 'function:${stageVariables.missing}/x')
    const { outcome, asked } = await run({ ...token, uri }, { headers })
    assert.ok(outcome.status === 'rejected')
    assert.deepEqual([outcome.reason.type, asked], ['AUTHORIZER_CONFIGURATION_ERROR', []])
  })
})
