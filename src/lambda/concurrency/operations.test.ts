import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arn, caller, startService } from '../service.fixture.ts'

test('reserved concurrency is put, read and deleted', async (t) => {
  const { create, lambda } = await startService(t)
  await create('hello')
  const put = (reserved: number, name = 'hello') =>
    lambda.PutFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: reserved }, caller)
  const get = () => lambda.GetFunctionConcurrency({ FunctionName: 'hello' }, caller)
  assert.deepEqual(await get(), {})
  assert.deepEqual(await put(0), { ReservedConcurrentExecutions: 0 })
  assert.deepEqual(await get(), { ReservedConcurrentExecutions: 0 })
  assert.deepEqual(await put(900), { ReservedConcurrentExecutions: 900 })
  const { AccountLimit, AccountUsage } = await lambda.GetAccountSettings({}, caller)
  assert.deepEqual([AccountLimit?.ConcurrentExecutions, AccountLimit?.UnreservedConcurrentExecutions], [1000, 100])
  assert.deepEqual(AccountUsage, { FunctionCount: 1 })
  await lambda.DeleteFunctionConcurrency({ FunctionName: 'hello' }, caller)
  assert.deepEqual(await get(), {})
})

test('a reservation leaves 100 to the functions without one', async (t) => {
  const { create, lambda } = await startService(t)
  await create('one')
  await create('two')
  const put = (name: string, reserved: number) =>
    lambda.PutFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: reserved }, caller)
  await put('one', 500)
  await assert.rejects(put('two', 401), {
    code: 'InvalidParameterValueException',
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
      'below its minimum value of [100].',
  })
  await put('two', 400)
  await put('one', 499)
})

test('concurrency belongs to functions as a whole', async (t) => {
  const { create, lambda } = await startService(t)
  await create('hello', { Publish: true })
  const input = { ReservedConcurrentExecutions: 1 }
  await assert.rejects(lambda.PutFunctionConcurrency({ FunctionName: 'hello:1', ...input }, caller), {
    code: 'InvalidParameterValueException',
    message: /^This operation is permitted on Lambda functions only\./,
  })
  const missing = { code: 'ResourceNotFoundException', message: `Function not found: ${arn('nope')}:$LATEST` }
  await assert.rejects(lambda.PutFunctionConcurrency({ FunctionName: 'nope', ...input }, caller), missing)
  await assert.rejects(lambda.GetFunctionConcurrency({ FunctionName: 'nope' }, caller), missing)
  await assert.rejects(lambda.DeleteFunctionConcurrency({ FunctionName: 'nope' }, caller), missing)
})
