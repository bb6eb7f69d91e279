import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FunctionInvocation, FunctionResult } from '../../../../lambda/invoker.ts'
import type { HttpLambdaAuthorizer } from '../../../../snapshot/http-api.ts'
import { ServiceError } from '../../../../wire/service-error.ts'
import { authorizationVariable } from '../../../authorizer/authorization.ts'
import { authorizationCaches } from '../../../authorizer/lambda/authorization-cache.ts'
import {
  fixedIds,
  functionArn,
  functionUri,
  type InvocationValues,
  invocation,
  noCredentials,
} from '../../../fixtures.ts'
import type { Invocation } from '../../../invocation.ts'
import { deployedRoute, integration } from '../../fixtures.ts'
import { authorizeByLambda } from './authorize-by-lambda.ts'

const simple: HttpLambdaAuthorizer = {
  type: 'REQUEST',
  authorizerId: 'auth12',
  uri: functionUri,
  identitySource: ['$request.header.Authorization'],
  payloadFormatVersion: '2.0',
  enableSimpleResponses: true,
  resultTtlInSeconds: 0,
}
const byPolicy: HttpLambdaAuthorizer = { ...simple, enableSimpleResponses: false }
const arn = 'arn:aws:execute-api:us-east-1:123456789012:http1/dev'

const yes = '{"isAuthorized": true}'
const policy = (Effect: string, Resource: string, more: object = {}) => {
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }]
  return JSON.stringify({ policyDocument: { Version: '2012-10-17', Statement }, ...more })
}

interface Guarding {
  readonly answer?: string
  readonly functionError?: 'Unhandled'
  readonly invoke?: () => Promise<FunctionResult>
  readonly format?: '1.0' | '2.0'
}

function guarded(authorizer: HttpLambdaAuthorizer, { answer = yes, functionError, invoke, format }: Guarding = {}) {
  const asked: FunctionInvocation[] = []
  const admitted: Invocation[] = []
  const clock = { ms: 0 }
  const functions = {
    async invoke(input: FunctionInvocation) {
      asked.push(input)
      if (invoke) return invoke()
      return { payload: answer, executedVersion: '$LATEST', requestId: 'r', ...(functionError && { functionError }) }
    },
  }
  const outside = { functions, ids: fixedIds, credentials: noCredentials, now: () => clock.ms }
  const step = authorizeByLambda({ ...outside, authorizerResults: authorizationCaches() })
  const handlerOf = (routeKey: string) => {
    const values = { authorizer, integration: integration({ payloadFormatVersion: format ?? '2.0' }) }
    const place = deployedRoute(routeKey, values, { stageName: 'dev', variables: { color: 'blue', name: 'pets' } })
    return step(place, (call) => {
      admitted.push(call)
      return { status: 200, headers: [], body: '' }
    })
  }
  const pets = handlerOf('GET /pets/{petId}')
  async function call(values: InvocationValues = { headers: ['authorization', 'me'] }, handler = pets) {
    await handler(invocation(values))
    return admitted.at(-1)?.authorization
  }
  return { asked, admitted, clock, call, handlerOf }
}

const forbidden = { type: 'ACCESS_DENIED', status: 403, message: 'Forbidden' }
const unauthorized = { type: 'UNAUTHORIZED', status: 401, message: 'Unauthorized' }
const failed = { type: 'AUTHORIZER_CONFIGURATION_ERROR', status: 500, message: 'Internal Server Error' }

describe('a Lambda authorizer', () => {
  test('costs nothing on routes without it', () => {
    const functions = { invoke: () => assert.fail('not called') }
    const outside = {
      functions,
      ids: fixedIds,
      credentials: noCredentials,
      now: () => 0,
      authorizerResults: authorizationCaches<never>(),
    }
    const next = () => assert.fail('not called')
    assert.equal(authorizeByLambda(outside)(deployedRoute('$default'), next), next)
  })

  test('asks its function as the service', async () => {
    const { asked, call } = guarded({ ...simple, uri: functionUri.replace('pets', '${stageVariables.name}') })
    await call()
    assert.deepEqual(
      { ...asked[0], payload: '' },
      {
        functionArn,
        payload: '',
        invocationType: 'RequestResponse',
        service: {
          principal: 'apigateway.amazonaws.com',
          sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:http1/authorizers/auth12',
          sourceAccount: '123456789012',
        },
      },
    )
  })

  const values: InvocationValues = {
    path: '/pets/a%20b',
    query: 'q=1&q=2&r=%20',
    headers: [
      'Authorization',
      'me',
      'X-A',
      '1',
      'x-a',
      '2',
      'Cookie',
      'a=1; b=2',
      'Cookie',
      'c=3',
      'User-Agent',
      'tests',
    ],
    pathValues: ['a b'],
  }
  const identitySource = ['$request.header.Authorization', '$request.querystring.q', '$stageVariables.color']

  test('is asked in format 2.0', async () => {
    const { asked, call } = guarded({ ...simple, identitySource })
    await call(values)
    assert.deepEqual(JSON.parse(asked[0]?.payload ?? ''), {
      version: '2.0',
      type: 'REQUEST',
      routeArn: `${arn}/GET/pets/a b`,
      identitySource: ['me', '1,2', 'blue'],
      routeKey: 'GET /pets/{petId}',
      rawPath: '/dev/pets/a b',
      rawQueryString: 'q=1&q=2&r=%20',
      cookies: ['a=1', 'b=2', 'c=3'],
      headers: {
        authorization: 'me',
        'x-a': '1,2',
        'user-agent': 'tests',
        'content-length': '0',
        'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-port': '4566',
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { q: '1,2', r: ' ' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'http1',
        domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
        domainPrefix: 'abc123',
        http: {
          method: 'GET',
          path: '/dev/pets/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '203.0.113.9',
          userAgent: 'tests',
        },
        requestId: fixedIds.request(),
        routeKey: 'GET /pets/{petId}',
        stage: 'dev',
        time: '20/Nov/2026:23:05:09 +0000',
        timeEpoch: Date.UTC(2026, 10, 20, 23, 5, 9, 123),
      },
      pathParameters: { petId: 'a b' },
      stageVariables: { color: 'blue', name: 'pets' },
    })
  })

  test('is asked in format 1.0', async () => {
    const { asked, call } = guarded(
      { ...byPolicy, identitySource, payloadFormatVersion: '1.0' },
      { answer: policy('Allow', '*') },
    )
    await call(values)
    const { requestContext, ...event } = JSON.parse(asked[0]?.payload ?? '')
    assert.deepEqual(event, {
      version: '1.0',
      type: 'REQUEST',
      methodArn: `${arn}/GET/pets/a b`,
      identitySource: 'me,1,2,blue',
      authorizationToken: 'me,1,2,blue',
      resource: '/pets/{petId}',
      path: '/dev/pets/a%20b',
      httpMethod: 'GET',
      headers: {
        Authorization: 'me',
        'X-A': '2',
        Cookie: 'c=3',
        'User-Agent': 'tests',
        'Content-Length': '0',
        'X-Amzn-Trace-Id': 'Root=1-67891233-abcdef012345678912345678',
        'X-Forwarded-For': '203.0.113.9',
        'X-Forwarded-Port': '4566',
        'X-Forwarded-Proto': 'http',
      },
      queryStringParameters: { q: '2', r: ' ' },
      pathParameters: { petId: 'a b' },
      stageVariables: { color: 'blue', name: 'pets' },
    })
    const { resourceId, resourcePath, stage, path, identity } = requestContext
    assert.deepEqual(
      [resourceId, resourcePath, stage, path, identity.sourceIp],
      ['GET /pets/{petId}', '/pets/{petId}', 'dev', '/dev/pets/a b', '203.0.113.9'],
    )
  })

  test('leaves out of format 2.0 what there is not', async () => {
    const { asked, call } = guarded({ ...simple, identitySource: [] })
    await call({})
    const event = JSON.parse(asked[0]?.payload ?? '')
    for (const name of ['cookies', 'queryStringParameters']) assert.ok(!(name in event), name)
    assert.equal(event.identitySource, null)
  })
})

describe('a caller', () => {
  const answers: [name: string, authorizer: HttpLambdaAuthorizer, answer: string, outcome: object | undefined][] = [
    ['whom the function lets in', simple, yes, undefined],
    ['whom the function does not let in', simple, '{"isAuthorized": false}', forbidden],
    ['about whom the function says nothing', simple, '{}', failed],
    ['about whom the function says a word', simple, '{"isAuthorized": "true"}', failed],
    ['of a policy where a simple answer is wanted', simple, policy('Allow', '*'), failed],
    ['of a simple answer where a policy is wanted', byPolicy, yes, failed],
    ['of a policy', byPolicy, policy('Allow', '*'), undefined],
    ['of a policy for the route', byPolicy, policy('Allow', `${arn}/GET/pets/1`), undefined],
    ['of a policy for every route of the verb', byPolicy, policy('Allow', `${arn}/GET/*`), undefined],
    ['of a policy for another route', byPolicy, policy('Allow', `${arn}/GET/pets`), forbidden],
    ['of a policy for another stage', byPolicy, policy('Allow', arn.replace('/dev', '/prod/*')), forbidden],
    ['of a policy that denies', byPolicy, policy('Deny', '*'), forbidden],
    ['of no policy', byPolicy, '{"principalId": "me", "policyDocument": null}', failed],
    ['of a policy that is none', byPolicy, '{"policyDocument": {"Statement": [{"Effect": "Maybe"}]}}', failed],
    ['with a principal that is none', byPolicy, policy('Allow', '*', { principalId: 7 }), failed],
    ['with a context that is none', simple, '{"isAuthorized": true, "context": []}', failed],
    ['of a list', simple, '[true]', failed],
    ['of null', simple, 'null', failed],
    ['of no JSON', simple, 'yes', failed],
    ['of nothing', simple, '', failed],
  ]
  for (const [name, authorizer, answer, outcome] of answers) {
    test(`${name} is ${outcome ? 'refused' : 'let in'}`, async () => {
      const { call, admitted } = guarded(authorizer, { answer })
      if (outcome) await assert.rejects(call(), outcome)
      else await call()
      assert.equal(admitted.length, outcome ? 0 : 1)
    })
  }

  test('whose function fails is refused', async () => {
    const failing = (errorMessage: string) =>
      guarded(simple, {
        answer: JSON.stringify({ errorMessage, isAuthorized: true }),
        functionError: 'Unhandled',
      }).call()
    await assert.rejects(failing('Unauthorized'), unauthorized)
    await assert.rejects(failing('unauthorized'), failed)
    await assert.rejects(failing('out of memory'), failed)
    await assert.rejects(guarded(simple, { answer: 'x', functionError: 'Unhandled' }).call(), failed)
  })

  test('whose function may not be called is refused', async () => {
    const denied = new ServiceError('AccessDeniedException', 'no permission', { status: 403 })
    await assert.rejects(guarded(simple, { invoke: () => Promise.reject(denied) }).call(), failed)
    await assert.rejects(guarded({ ...simple, uri: 'arn:aws:x' }).call(), failed)
    await assert.rejects(guarded({ ...simple, credentialsArn: 'arn:aws:iam::1:role/a' }).call(), failed)
  })

  test('whose function takes longer than ten seconds is refused', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { call } = guarded(simple, { invoke: () => new Promise(() => {}) })
    const refusal = assert.rejects(call(), failed)
    await new Promise(setImmediate)
    t.mock.timers.tick(10_000)
    await refusal
  })

  test('without an identity source is refused, and the function is not asked', async () => {
    const identitySource = ['$request.header.Authorization', '$request.querystring.q', '$context.identity.sourceIp']
    const { asked, call } = guarded({ ...simple, identitySource })
    const headers = ['Authorization', 'me']
    await assert.rejects(call({ headers }), unauthorized)
    await assert.rejects(call({ headers, query: 'q=' }), unauthorized)
    await assert.rejects(call({ query: 'q=1' }), unauthorized)
    await assert.rejects(call({ headers: ['Authorization', ''], query: 'q=1' }), unauthorized)
    assert.equal(asked.length, 0)
    await call({ headers, query: 'q=1' })
    for (const source of [
      '$request.path.petId',
      '$request.body',
      'Authorization',
      '$context.none',
      '$stageVariables.none',
    ]) {
      await assert.rejects(guarded({ ...simple, identitySource: [source] }).call({ headers }), unauthorized, source)
    }
  })
})

describe('a result', () => {
  const remembering = { ...simple, resultTtlInSeconds: 60 }
  const from = (who: string): InvocationValues => ({ headers: ['Authorization', who] })

  test('is remembered for its time, by what identifies the caller', async () => {
    const { asked, call, clock } = guarded(remembering)
    for (const who of ['me', 'you', 'me', 'you']) await call(from(who))
    assert.equal(asked.length, 2)
    clock.ms = 59_999
    await call(from('me'))
    assert.equal(asked.length, 2)
    clock.ms = 60_000
    await call(from('me'))
    assert.equal(asked.length, 3)
  })

  test('is not remembered without time or identity', async () => {
    for (const authorizer of [simple, { ...remembering, identitySource: [] }]) {
      const { asked, call } = guarded(authorizer)
      await call()
      await call()
      assert.equal(asked.length, 2)
    }
  })

  test('is shared by all routes of an authorizer, and its policy decides on each', async () => {
    const authorizer = { ...byPolicy, resultTtlInSeconds: 60 }
    const { asked, call, handlerOf } = guarded(authorizer, { answer: policy('Allow', `${arn}/GET/pets/1`) })
    await call()
    const shops = handlerOf('GET /shops')
    await assert.rejects(call({ headers: ['Authorization', 'me'], path: '/shops' }, shops), forbidden)
    assert.equal(asked.length, 1)
  })

  test('of another spelling of a path is decided on the path that was routed', async () => {
    const { call } = guarded(byPolicy, { answer: policy('Allow', `${arn}/GET/pets/1`) })
    await call({ headers: ['Authorization', 'me'], path: '/p%65ts/1' })
  })

  test('is told by route, where the route identifies', async () => {
    const identitySource = ['$request.header.Authorization', '$context.routeKey']
    const { asked, call, handlerOf } = guarded({ ...remembering, identitySource })
    await call()
    await call(undefined, handlerOf('GET /shops'))
    assert.equal(asked.length, 2)
  })

  test('that refuses is remembered too, and no failure is', async () => {
    const refusing = guarded(remembering, { answer: '{"isAuthorized": false}' })
    for (let i = 0; i < 2; i++) await assert.rejects(refusing.call(), forbidden)
    assert.equal(refusing.asked.length, 1)
    const failing = guarded(remembering, { answer: '{}' })
    for (let i = 0; i < 2; i++) await assert.rejects(failing.call(), failed)
    assert.equal(failing.asked.length, 2)
  })
})

describe('what a route is told', () => {
  const context =
    '{"who": "me", "level": 3, "admin": true, "tags": ["a"], "shop": {"name": "Paws", "size": 1.50}, "no": null}'

  test('in format 2.0 is the context as it is', async () => {
    const answer = `{"isAuthorized": true, "context": ${context}}`
    const authorization = await guarded(simple, { answer }).call()
    assert.equal(authorization?.eventText, `{"lambda":${JSON.stringify(JSON.parse(context))}}`)
    assert.equal((await guarded(simple).call())?.eventText, '{"lambda":null}')
  })

  test('in format 1.0 is the context with the principal', async () => {
    const answer = policy('Allow', '*', { principalId: 'ann', context: JSON.parse(context) })
    const authorization = await guarded(byPolicy, { answer, format: '1.0' }).call()
    assert.deepEqual(JSON.parse(authorization?.eventText ?? ''), { ...JSON.parse(context), principalId: 'ann' })
  })

  test('are variables of $context.authorizer', async () => {
    const answer = policy('Allow', '*', { principalId: 'ann', context: JSON.parse(context) })
    const authorization = (await guarded(byPolicy, { answer }).call()) ?? assert.fail()
    for (const [name, value] of [
      ['who', 'me'],
      ['level', '3'],
      ['admin', 'true'],
      ['tags', '["a"]'],
      ['shop.name', 'Paws'],
      ['principalId', 'ann'],
      ['none', undefined],
    ] as const) {
      assert.equal(authorizationVariable(authorization, name), value, name)
    }
  })
})
