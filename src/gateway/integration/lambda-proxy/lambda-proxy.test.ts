import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import type { FunctionInvocation, FunctionInvoker } from '../../../lambda/invoker.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import { deployed, fixedIds, functionArn, functionUri, invocation, noCredentials } from '../../fixtures.ts'
import { lambdaProxy } from './lambda-proxy.ts'

const integration = { type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' } as const
const done = { payload: '{"body":"hi"}', executedVersion: '1', requestId: 'r' }

function outside(invoke: FunctionInvoker['invoke']) {
  return { functions: { invoke }, credentials: noCredentials, ids: fixedIds, timeoutMs: 29_000 }
}

describe('lambdaProxy', () => {
  test('invokes the function as the API and sends its result with the trace', async () => {
    const sent: FunctionInvocation[] = []
    const handler = lambdaProxy(
      deployed(integration, { path: '/pets/{petId}/{proxy+}', httpMethod: 'ANY' }),
      outside(async (input) => {
        sent.push(input)
        return done
      }),
    )
    const reply = await handler(invocation({ method: 'PUT', body: 'x', pathValues: ['1', 'a'] }))
    const trace = `${fixedIds.traceRoot(0)};Parent=53995c3f42cd8ad8;Sampled=0`
    assert.deepEqual(reply, {
      status: 200,
      headers: ['Content-Type', 'application/json', 'X-Amzn-Trace-Id', trace],
      body: 'hi',
    })
    const [input] = sent
    assert.ok(input)
    const { payload, ...rest } = input
    assert.equal(JSON.parse(payload).body, 'x')
    assert.deepEqual(rest, {
      functionArn,
      invocationType: 'RequestResponse',
      traceId: trace,
      service: {
        principal: 'apigateway.amazonaws.com',
        sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/PUT/pets/*/*',
        sourceAccount: '123456789012',
      },
    })
  })

  test('fills stage variables into the function', async () => {
    let called = ''
    const uri = functionUri.replace('pets', '${stageVariables.fn}:${stageVariables.alias}')
    const handler = lambdaProxy(
      deployed({ ...integration, uri }, { variables: { fn: 'cats', alias: 'live' } }),
      outside(async (input) => {
        called = input.functionArn
        return done
      }),
    )
    await handler(invocation())
    assert.equal(called, 'arn:aws:lambda:us-east-1:123456789012:function:cats:live')
  })

  test("follows the client's trace", async () => {
    const handler = lambdaProxy(
      deployed(integration),
      outside(async () => done),
    )
    const reply = await handler(invocation({ headers: ['x-amzn-trace-id', 'Root=1-a-b;Parent=c;Sampled=1'] }))
    assert.equal(reply.headers.at(-1), 'Root=1-a-b;Parent=c;Sampled=1')
  })

  test('decodes base64 only for a client that accepts a binary type', async () => {
    const result = { ...done, payload: '{"isBase64Encoded":true,"body":"aGk="}' }
    const handler = lambdaProxy(
      deployed(integration, { binaryMediaTypes: ['image/png'] }),
      outside(async () => result),
    )
    const accepted = await handler(invocation({ headers: ['Accept', 'image/png'] }))
    assert.deepEqual(accepted.body, Buffer.from('hi'))
    assert.equal((await handler(invocation({ headers: ['Accept', 'text/html, image/png'] }))).body, 'aGk=')
    assert.equal((await handler(invocation())).body, 'aGk=')
  })

  for (const [code, status, message] of [
    ['AccessDeniedException', 500, 'Internal server error'],
    ['ResourceNotFoundException', 500, 'Internal server error'],
    ['TooManyRequestsException', 500, 'Internal server error'],
    ['ServiceException', 500, 'Internal server error'],
    ['RequestTooLargeException', 413, 'Request Too Long'],
  ] as const) {
    test(`${code} is a ${status}`, async () => {
      const handler = lambdaProxy(
        deployed(integration),
        outside(() => Promise.reject(new ServiceError(code, 'x'))),
      )
      await assert.rejects(async () => handler(invocation()), { name: 'GatewayError', status, message })
    })
  }

  test('a failed function is a 502', async () => {
    const handler = lambdaProxy(
      deployed(integration),
      outside(async () => ({ ...done, functionError: 'Unhandled' as const })),
    )
    await assert.rejects(async () => handler(invocation()), { status: 502, message: 'Internal server error' })
  })

  for (const [name, changes] of [
    ['a verb other than POST', { httpMethod: 'GET' }],
    ['a URI that names no function', { uri: 'arn:aws:apigateway:us-east-1:lambda:path/x' }],
    ['a URI of another service', { uri: functionUri.replace(':lambda:path', ':s3:path') }],
  ] as const) {
    test(`${name} is a 500`, () => {
      const handler = lambdaProxy(
        deployed({ ...integration, ...changes }),
        outside(() => assert.fail('called')),
      )
      assert.throws(() => handler(invocation()), { type: 'API_CONFIGURATION_ERROR', status: 500 })
    })
  }
})

const never: FunctionInvoker['invoke'] = () => new Promise(() => {})

describe('a function that takes too long', () => {
  test('is a 504', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const handler = lambdaProxy(deployed(integration), { ...outside(never), timeoutMs: 5_000 })
      const reply = handler(invocation())
      mock.timers.tick(5_000)
      await assert.rejects(async () => reply, { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' })
    } finally {
      mock.timers.reset()
    }
  })

  test('is left when the client goes away', async () => {
    const goneListeners: (() => void)[] = []
    const reply = lambdaProxy(deployed(integration), outside(never))(invocation({ goneListeners }))
    for (const gone of goneListeners) gone()
    await assert.rejects(async () => reply, { status: 499 })
  })
})
