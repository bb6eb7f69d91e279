import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ServiceError } from '../../wire/service-error.ts'
import { arn, caller, startService, succeeded } from '../service.fixture.ts'
import { events } from './event.ts'

const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const context = Buffer.from('{"client":{}}').toString('base64')

describe('Invoke', () => {
  test('runs the function and answers its result', async (t) => {
    const { lambda, invocations } = await startService(t, async () => ({
      payload: '{"errorMessage":"no"}',
      functionError: 'Unhandled',
      executedVersion: '7',
      logResult: 'bG9n',
      requestId: 'i',
    }))
    const input = {
      FunctionName: 'hello:live',
      Payload: json({ a: 'é' }),
      LogType: 'Tail',
      ClientContext: context,
    } as const
    const { Payload, ...rest } = await lambda.Invoke(input, caller)
    assert.equal(Buffer.from(Payload ?? []).toString(), '{"errorMessage":"no"}')
    assert.deepEqual(rest, { StatusCode: 200, FunctionError: 'Unhandled', LogResult: 'bG9n', ExecutedVersion: '7' })
    assert.deepEqual(invocations, [
      {
        functionArn: arn('hello:live'),
        payload: '{"a":"é"}',
        invocationType: 'RequestResponse',
        clientContext: context,
        tailLog: true,
      },
    ])
  })

  test('takes no payload for the empty object', async (t) => {
    const { lambda, invocations } = await startService(t)
    await lambda.Invoke({ FunctionName: 'hello' }, caller)
    await lambda.Invoke({ FunctionName: 'hello', Payload: new Uint8Array() }, caller)
    assert.deepEqual(
      invocations.map(({ payload }) => payload),
      ['{}', '{}'],
    )
  })

  test('only checks with DryRun', async (t) => {
    const { lambda, invocations } = await startService(t)
    assert.deepEqual(await lambda.Invoke({ FunctionName: 'hello', InvocationType: 'DryRun' }, caller), {
      StatusCode: 204,
    })
    assert.deepEqual(
      invocations.map(({ invocationType }) => invocationType),
      ['DryRun'],
    )
  })

  test('takes an event over before it answers 202, and runs it', async (t) => {
    const started = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const { lambda, store, eventQueue, invocations } = await startService(t, async ({ invocationType }) => {
      if (invocationType === 'DryRun') return { ...succeeded, payload: '' }
      started.resolve()
      await finish.promise
      return succeeded
    })
    const input = {
      FunctionName: 'hello',
      Payload: json([1]),
      InvocationType: 'Event',
      ClientContext: context,
    } as const
    assert.deepEqual(await lambda.Invoke(input, caller), { StatusCode: 202 })
    const kept = async () => (await store.read((reader) => reader.list(events, '123456789012/us-east-1'))).length
    assert.equal(await kept(), 1)
    await started.promise
    assert.deepEqual(invocations[1], { functionArn: arn('hello'), payload: '[1]', invocationType: 'RequestResponse' })
    finish.resolve()
    await eventQueue.close()
    assert.equal(await kept(), 0)
  })

  test("passes on the invoker's refusals, and takes no event over then", async (t) => {
    const missing = new ServiceError('ResourceNotFoundException', `Function not found: ${arn('nope')}:$LATEST`)
    const { lambda, store } = await startService(t, async () => {
      throw missing
    })
    for (const InvocationType of ['RequestResponse', 'Event', 'DryRun'] as const) {
      await assert.rejects(lambda.Invoke({ FunctionName: 'nope', InvocationType }, caller), missing)
    }
    assert.deepEqual(await store.read((reader) => reader.scopes(events)), [])
  })

  const broken = 'Could not parse request body into json: Could not parse payload into json: '
  const refused: [string, object, string, RegExp][] = [
    [
      'a payload that is not JSON',
      { Payload: Buffer.from('{a}') },
      'InvalidRequestContentException',
      RegExp(`^${broken}`),
    ],
    [
      'a payload that is not UTF-8',
      { Payload: Buffer.from([0x22, 0xff, 0x22]) },
      'InvalidRequestContentException',
      RegExp(`^${broken}`),
    ],
    [
      'more than 6 MB',
      { Payload: Buffer.alloc(6_291_457, '1') },
      'RequestTooLargeException',
      /^Request must be smaller than 6291456 bytes for the InvokeFunction operation$/,
    ],
    [
      'an event of more than 1 MB',
      { Payload: Buffer.alloc(1_048_577, '1'), InvocationType: 'Event' },
      'RequestTooLargeException',
      /^Request must be smaller than 1048576 bytes for the InvokeFunction operation$/,
    ],
    [
      'a client context that is not JSON',
      { ClientContext: Buffer.from('no').toString('base64') },
      'InvalidRequestContentException',
      /^Client context must be a valid Base64-encoded JSON object\.$/,
    ],
    [
      'a client context that is too long',
      { ClientContext: Buffer.from(JSON.stringify({ a: 'x'.repeat(3000) })).toString('base64') },
      'InvalidRequestContentException',
      /^Client context must be at most 3583 bytes/,
    ],
    ['a tenant', { TenantId: 'a' }, 'InvalidParameterValueException', /^TenantId is not supported/],
    [
      'a durable execution',
      { DurableExecutionName: 'a' },
      'InvalidParameterValueException',
      /^DurableExecutionName is not supported/,
    ],
    [
      'two qualifiers',
      { FunctionName: 'hello:1', Qualifier: '2' },
      'InvalidParameterValueException',
      /^The derived qualifier from the function name does not match the specified qualifier\.$/,
    ],
  ]
  for (const [name, changes, code, message] of refused) {
    test(`refuses ${name}`, async (t) => {
      const { lambda, invocations } = await startService(t)
      await assert.rejects(lambda.Invoke({ FunctionName: 'hello', ...changes }, caller), { code, message })
      assert.deepEqual(invocations, [])
    })
  }

  test('accepts exactly 6 MB', async (t) => {
    const { lambda } = await startService(t)
    const Payload = Buffer.from(`"${'x'.repeat(6_291_454)}"`)
    assert.equal((await lambda.Invoke({ FunctionName: 'hello', Payload }, caller)).StatusCode, 200)
  })
})
