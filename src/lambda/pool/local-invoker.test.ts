import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FunctionVersion, PolicyStatement, PublishedFunction } from '../../snapshot/function.ts'
import type { FunctionInvocation } from '../invoker.ts'
import type { PoolInvocation, PoolOutcome } from './invocation.ts'
import { LocalInvoker } from './local-invoker.ts'
import { countMemory, SharedCounts } from './neighbours/shared-counts.ts'
import { FunctionRegistry } from './registry.ts'

const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f'

function version(name: string): FunctionVersion {
  return {
    functionArn,
    functionName: 'f',
    version: name,
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    role: '',
    codeDigest: '',
    layers: [],
    environment: {},
    memoryMegabytes: 128,
    timeoutSeconds: 3,
    revisionId: name,
  }
}

function countsOf(threads: number): SharedCounts[] {
  const memory = countMemory(threads, 16)
  return Array.from({ length: threads }, (_, thread) => new SharedCounts(memory, { threads, thread }))
}

/** An invoker over a pool that answers when told to. @param counts Those of the only thread, unless told otherwise. */
function setUp(published: Partial<PublishedFunction> = {}, counts = countsOf(1)[0]) {
  assert.ok(counts)
  const registry = new FunctionRegistry()
  const versions = { $LATEST: version('$LATEST'), 1: version('1') }
  registry.publish([{ functionArn, published: { functionArn, versions, aliases: {}, policies: {}, ...published } }])
  const runs: { version: string; invocation: PoolInvocation; settle(outcome: PoolOutcome): void }[] = []
  const pool = ({ version }: FunctionVersion, invocation: PoolInvocation) =>
    new Promise<PoolOutcome>((settle) => runs.push({ version, invocation, settle }))
  const invoker = new LocalInvoker(registry, { run: pool, runLent: () => undefined }, counts)
  const invoke = (more: Partial<FunctionInvocation> = {}) =>
    invoker.invoke({ functionArn, payload: '{}', invocationType: 'RequestResponse', ...more })
  return { invoker, invoke, runs, finish: () => runs.shift()?.settle({ payload: '1', failed: false, tail: undefined }) }
}

const service = {
  principal: 'apigateway.amazonaws.com',
  sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/pets',
  sourceAccount: '123456789012',
}
const statement = (resource: string, sourceArn: string): PolicyStatement => ({
  Sid: 's',
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: resource,
  Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } },
})

describe('LocalInvoker', () => {
  for (const [arn, text] of [
    [`${functionArn}g`, `${functionArn}g:$LATEST`],
    [`${functionArn}:2`, `${functionArn}:2`],
    [`${functionArn}:live`, `${functionArn}:live`],
  ] as const) {
    test(`does not find ${arn}`, () =>
      assert.rejects(setUp().invoke({ functionArn: arn }), {
        code: 'ResourceNotFoundException',
        message: `Function not found: ${text}`,
        members: { Type: 'User' },
      }))
  }

  const policies = {
    '': [statement(functionArn, 'arn:aws:execute-api:us-east-1:123456789012:api1/*/GET/*')],
    1: [statement(`${functionArn}:1`, 'arn:aws:execute-api:us-east-1:123456789012:api2/*')],
  }
  for (const [title, more, allowed] of [
    ['the function, by its policy', { service }, true],
    ['$LATEST, by the function’s policy', { service, functionArn: `${functionArn}:$LATEST` }, true],
    ['another method', { service: { ...service, sourceArn: service.sourceArn.replace('GET', 'POST') } }, false],
    ['another service', { service: { ...service, principal: 's3.amazonaws.com' } }, false],
    ['a version, which has a policy of its own', { service, functionArn: `${functionArn}:1` }, false],
    ['anything, when no service calls', { functionArn: `${functionArn}:1` }, true],
  ] as const) {
    test(`${allowed ? 'lets' : 'refuses'} a caller ${title}`, async () => {
      const { invoke, finish } = setUp({ policies })
      for (let twice = 0; twice < 2; twice++) {
        const answer = invoke(more)
        if (allowed) {
          finish()
          assert.equal((await answer).payload, '1')
        } else {
          await assert.rejects(answer, { code: 'AccessDeniedException', status: 403 })
        }
      }
    })
  }

  test('takes a permission away at once', async () => {
    const { invoke, finish } = setUp({ policies })
    const allowed = invoke({ service })
    finish()
    await allowed
    const { invoke: later } = setUp()
    await assert.rejects(later({ service }), { code: 'AccessDeniedException' })
  })

  test('keeps the reserved concurrency exactly, over all versions', async () => {
    const { invoke, finish } = setUp({ reservedConcurrency: 2 })
    const running = [invoke(), invoke({ functionArn: `${functionArn}:1` })]
    await assert.rejects(invoke(), {
      code: 'TooManyRequestsException',
      members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    })
    finish()
    await running[0]
    const next = invoke()
    finish()
    finish()
    await Promise.all([running[1], next])
  })

  test('keeps the reserved concurrency exactly over several threads', async () => {
    const [one, two] = countsOf(2)
    assert.ok(one && two)
    const first = setUp({ reservedConcurrency: 1 }, one)
    const second = setUp({ reservedConcurrency: 1 }, two)
    const running = first.invoke()
    await assert.rejects(second.invoke(), { code: 'TooManyRequestsException' })
    first.finish()
    await running
    const next = second.invoke()
    await assert.rejects(first.invoke(), { code: 'TooManyRequestsException' })
    second.finish()
    await next
  })

  test('runs nothing at a reserved concurrency of 0', () =>
    assert.rejects(setUp({ reservedConcurrency: 0 }).invoke(), { code: 'TooManyRequestsException' }))

  test('refuses more than 6 MB', async () => {
    await assert.rejects(setUp().invoke({ payload: `"${'ü'.repeat(3_145_728)}"` }), {
      code: 'RequestTooLargeException',
    })
    const { invoke, finish } = setUp()
    const largest = invoke({ payload: `"${'x'.repeat(6_291_454)}"` })
    finish()
    await largest
  })

  test('runs nothing for a dry run', async () => {
    const { invoke, runs } = setUp()
    const { payload, executedVersion } = await invoke({ invocationType: 'DryRun' })
    assert.deepEqual([payload, executedVersion, runs.length], ['', '$LATEST', 0])
  })

  test('hands on what the function sees', async () => {
    const { invoke, runs } = setUp()
    void invoke({
      payload: '',
      functionArn: `${functionArn}:1`,
      traceId: 'Root=1-2-3',
      clientContext: 'e30=',
      tailLog: true,
    })
    const { requestId, ...rest } = runs[0]?.invocation ?? assert.fail()
    assert.match(requestId, /^[0-9a-f-]{36}$/)
    assert.deepEqual(rest, {
      invokedFunctionArn: `${functionArn}:1`,
      payload: '{}',
      clientContext: 'e30=',
      traceId: 'Root=1-2-3',
      tailLog: true,
    })
  })
})
