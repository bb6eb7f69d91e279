import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import type { FunctionInvocation, FunctionResult } from '../../../lambda/invoker.ts'
import type { RestIntegration } from '../../../snapshot/rest-api.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import { deployed, fixedIds, functionArn, functionUri, invocation, noCredentials } from '../../fixtures.ts'
import type { IntegrationRequest } from '../backend.ts'
import { lambdaBackend } from './lambda.ts'
import type { QueuedInvocation } from './queue-event.ts'

const segment = `${fixedIds.traceRoot(0)};Parent=${fixedIds.segment()};Sampled=0`

/** @param result What the function gives; an error refuses its invocation. */
function backend(
  integration: Partial<RestIntegration> = {},
  result: Partial<FunctionResult> | Error | Promise<never> = {},
  variables: Record<string, string> = {},
) {
  const invoked: FunctionInvocation[] = []
  const queued: QueuedInvocation[] = []
  const call = lambdaBackend(
    deployed({ type: 'AWS', uri: functionUri, httpMethod: 'POST', ...integration }, { variables }),
    {
      functions: {
        async invoke(input) {
          invoked.push(input)
          if (result instanceof Error) throw result
          return { payload: '{}', executedVersion: '7', requestId: 'r1', ...(await result) }
        },
      },
      queueEvent: async (event) => void queued.push(event),
      credentials: noCredentials,
      ids: fixedIds,
      timeoutMs: 1_000,
    },
  )
  return {
    invoked,
    queued,
    async answer(changes: Partial<IntegrationRequest> = {}) {
      const request: IntegrationRequest = {
        httpMethod: 'POST',
        path: new Map(),
        querystring: new Map(),
        headers: new Map(),
        contentType: 'application/json',
        body: '{"a":1}',
        trace: fixedIds.traceRoot(0),
        ...changes,
      }
      const response = await call(request, invocation())
      return { ...response, body: String(response.body) }
    },
  }
}

const header = (name: string, value: string) => ({ headers: new Map([[name, [value]]]) })

describe('a function behind mappings', () => {
  test('gets the mapped body as its event', async () => {
    const { invoked, answer } = backend()
    await answer()
    assert.deepEqual(invoked, [
      {
        functionArn,
        payload: '{"a":1}',
        invocationType: 'RequestResponse',
        traceId: segment,
        tailLog: false,
        service: {
          principal: 'apigateway.amazonaws.com',
          sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev/GET/pets/*',
          sourceAccount: '123456789012',
        },
      },
    ])
  })

  test('gets no event for an empty body, and the text of bytes', async () => {
    const { invoked, answer } = backend()
    await answer({ body: ' ' })
    await answer({ body: Buffer.from('"é"') })
    assert.deepEqual(
      invoked.map(({ payload }) => payload),
      ['', '"é"'],
    )
  })

  test('can be named by a stage variable', async () => {
    const { invoked, answer } = backend(
      { uri: functionUri.replace(':pets', ':${stageVariables.f}') },
      {},
      { f: 'pets' },
    )
    await answer()
    assert.equal(invoked[0]?.functionArn, functionArn)
  })

  test('answers with its result, and names no response', async () => {
    const result = { payload: '{"errorMessage":"no error"}' }
    assert.deepEqual(await backend({}, result).answer(), {
      status: 200,
      selectionText: '',
      headers: ['Content-Type', 'application/json', 'x-amzn-RequestId', 'r1', 'X-Amz-Executed-Version', '7'],
      body: result.payload,
      trace: segment,
    })
  })

  for (const [payload, text] of [
    ['{"errorMessage":"Not found: 7","errorType":"Error"}', 'Not found: 7'],
    ['{"errorType":"Error"}', ''],
    ['{"errorMessage":null}', ''],
    ['null', ''],
    ['x', ''],
  ] as const) {
    test(`that fails with ${payload} names ${JSON.stringify(text)}`, async () => {
      const { selectionText, headers, body } = await backend({}, { payload, functionError: 'Unhandled' }).answer()
      assert.deepEqual([selectionText, body, headers.slice(-2)], [text, payload, ['X-Amz-Function-Error', 'Unhandled']])
    })
  }

  test('gets a client context, and leaves the tail of its log', async () => {
    const { invoked, answer } = backend({}, { logResult: 'bG9n' })
    const headers = new Map([
      ['X-Amz-Client-Context', ['e30=']],
      ['x-amz-log-type', ['Tail']],
    ])
    assert.deepEqual((await answer({ headers })).headers.slice(-2), ['X-Amz-Log-Result', 'bG9n'])
    assert.deepEqual([invoked[0]?.clientContext, invoked[0]?.tailLog], ['e30=', true])
  })

  test('is queued for an event, once it may be called', async () => {
    const { invoked, queued, answer } = backend()
    const { status, body, selectionText } = await answer(header('x-amz-invocation-type', 'Event'))
    assert.deepEqual([status, body, selectionText], [202, '', ''])
    assert.equal(invoked[0]?.invocationType, 'DryRun')
    assert.deepEqual(queued, [{ functionArn, payload: '{"a":1}', traceId: segment }])

    const forbidden = backend({}, new ServiceError('AccessDeniedException', 'no', { status: 403 }))
    await assert.rejects(forbidden.answer(header('X-Amz-Invocation-Type', 'Event')), { status: 500 })
    assert.deepEqual(forbidden.queued, [])
  })

  test('is not run for a dry run', async () => {
    const { invoked, queued, answer } = backend()
    assert.equal((await answer(header('X-Amz-Invocation-Type', 'DryRun'))).status, 204)
    assert.deepEqual([invoked[0]?.invocationType, queued], ['DryRun', []])
  })

  test('is not invoked in an unknown way, nor by another verb', async () => {
    const { invoked, answer } = backend()
    assert.equal((await answer(header('X-Amz-Invocation-Type', "'Event'"))).status, 400)
    const { status, body } = await answer({ httpMethod: 'GET' })
    assert.deepEqual([status, /Unable to determine service\/operation name/.test(body)], [403, true])
    assert.deepEqual(invoked, [])
  })

  test('gets nothing but JSON', async () => {
    const { invoked, answer } = backend()
    for (const body of ['text', '{"a"', "{'a': 1}", '{} {}']) {
      await assert.rejects(answer({ body }), { status: 400, message: /^Could not parse request body into json: / })
    }
    assert.deepEqual(invoked, [])
  })

  for (const [name, error, expected] of [
    ['no permission', new ServiceError('AccessDeniedException', 'no', { status: 403 }), { status: 500 }],
    ['no function', new ServiceError('ResourceNotFoundException', 'no', { status: 404 }), { status: 500 }],
    ['too many calls', new ServiceError('TooManyRequestsException', 'no', { status: 429 }), { status: 500 }],
    ['too large an event', new ServiceError('RequestTooLargeException', 'no', { status: 413 }), { status: 413 }],
  ] as const) {
    test(`with ${name} is a ${expected.status}`, () => assert.rejects(backend({}, error).answer(), expected))
  }

  test('is waited for until the timeout', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const waiting = backend({}, new Promise<never>(() => {})).answer()
    mock.timers.tick(1_000)
    await assert.rejects(waiting, { type: 'INTEGRATION_TIMEOUT', status: 504 })
    mock.timers.reset()
  })

  test('must be named by the URI', async () => {
    await assert.rejects(async () => backend({ uri: 'arn:aws:apigateway:us-east-1:lambda:path/x' }).answer(), {
      type: 'API_CONFIGURATION_ERROR',
    })
  })
})
