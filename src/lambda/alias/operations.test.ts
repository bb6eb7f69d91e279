import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { arn, caller, startService } from '../service.fixture.ts'

/** A function with versions 1 and 2. */
async function startWithVersions(t: TestContext) {
  const service = await startService(t)
  await service.create('hello', { Publish: true })
  await service.lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9 }, caller)
  await service.lambda.PublishVersion({ FunctionName: 'hello' }, caller)
  return service
}

const live = { FunctionName: 'hello', Name: 'live' }

describe('CreateAlias', () => {
  test('stores a name for a version, with its routing', async (t) => {
    const { lambda } = await startWithVersions(t)
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.25 } }
    const created = await lambda.CreateAlias({ ...live, FunctionVersion: '1', Description: 'd', RoutingConfig }, caller)
    assert.deepEqual(created, {
      AliasArn: `${arn('hello')}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: 'd',
      RoutingConfig,
      RevisionId: created.RevisionId,
    })
    assert.deepEqual(await lambda.GetAlias(live, caller), created)
  })

  test('refuses a name that is taken', async (t) => {
    const { lambda } = await startWithVersions(t)
    await lambda.CreateAlias({ ...live, FunctionVersion: '1' }, caller)
    await assert.rejects(lambda.CreateAlias({ ...live, FunctionVersion: '2' }, caller), {
      code: 'ResourceConflictException',
      message: `Alias already exists: ${arn('hello')}:live`,
    })
  })

  const weights = (AdditionalVersionWeights: Record<string, number>) => ({
    RoutingConfig: { AdditionalVersionWeights },
  })
  const refused: [string, string, object, string, string][] = [
    ['a version that is not there', '7', {}, 'ResourceNotFoundException', `Function not found: ${arn('hello')}:7`],
    [
      'a further version that is not there',
      '1',
      weights({ 7: 0.5 }),
      'ResourceNotFoundException',
      `Function not found: ${arn('hello')}:7`,
    ],
    [
      'three versions',
      '1',
      weights({ 2: 0.1, 3: 0.1 }),
      'InvalidParameterValueException',
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    ],
    [
      'the same version twice',
      '1',
      weights({ 1: 0.1 }),
      'InvalidParameterValueException',
      'Invalid function version 1. Function version 1 is already included in routing configuration.',
    ],
    [
      '$LATEST beside another version',
      '$LATEST',
      weights({ 1: 0.1 }),
      'InvalidParameterValueException',
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
  ]
  for (const [name, FunctionVersion, routing, code, message] of refused) {
    test(`refuses ${name}`, async (t) => {
      const { lambda } = await startWithVersions(t)
      await assert.rejects(lambda.CreateAlias({ ...live, FunctionVersion, ...routing }, caller), { code, message })
      await assert.rejects(lambda.GetAlias(live, caller), { code: 'ResourceNotFoundException' })
    })
  }
})

test('ListAliases lists by name, or by version', async (t) => {
  const { lambda } = await startWithVersions(t)
  await lambda.CreateAlias({ FunctionName: 'hello', Name: 'b', FunctionVersion: '1' }, caller)
  await lambda.CreateAlias({ FunctionName: 'hello', Name: 'a', FunctionVersion: '2' }, caller)
  const names = async (input: object) =>
    (await lambda.ListAliases({ FunctionName: 'hello', ...input }, caller)).Aliases?.map(({ Name }) => Name)
  assert.deepEqual(await names({}), ['a', 'b'])
  assert.deepEqual(await names({ FunctionVersion: '1' }), ['b'])
  assert.deepEqual(await names({ MaxItems: 1 }), ['a'])
})

describe('UpdateAlias', () => {
  test('changes what is given and renews the revision', async (t) => {
    const { lambda } = await startWithVersions(t)
    const created = await lambda.CreateAlias({ ...live, FunctionVersion: '1', Description: 'd' }, caller)
    const updated = await lambda.UpdateAlias({ ...live, FunctionVersion: '2' }, caller)
    assert.deepEqual(updated, { ...created, FunctionVersion: '2', RevisionId: updated.RevisionId })
    assert.notEqual(updated.RevisionId, created.RevisionId)
  })

  test('ends routing with an empty one', async (t) => {
    const { lambda } = await startWithVersions(t)
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.25 } }
    await lambda.CreateAlias({ ...live, FunctionVersion: '1', RoutingConfig }, caller)
    const kept = await lambda.UpdateAlias({ ...live, Description: 'other' }, caller)
    assert.deepEqual(kept.RoutingConfig, RoutingConfig)
    assert.equal((await lambda.UpdateAlias({ ...live, RoutingConfig: {} }, caller)).RoutingConfig, undefined)
  })

  test('refuses an alias that is not there, another revision, and a version that it routes to already', async (t) => {
    const { lambda } = await startWithVersions(t)
    await assert.rejects(lambda.UpdateAlias(live, caller), {
      code: 'ResourceNotFoundException',
      message: `Alias not found: ${arn('hello')}:live`,
    })
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.25 } }
    await lambda.CreateAlias({ ...live, FunctionVersion: '1', RoutingConfig }, caller)
    await assert.rejects(lambda.UpdateAlias({ ...live, RevisionId: 'old' }, caller), {
      code: 'PreconditionFailedException',
    })
    await assert.rejects(lambda.UpdateAlias({ ...live, FunctionVersion: '2' }, caller), {
      code: 'InvalidParameterValueException',
    })
  })
})

test('DeleteAlias deletes an alias with its policy, and says nothing of one that is not there', async (t) => {
  const { lambda } = await startWithVersions(t)
  await lambda.DeleteAlias(live, caller)
  await lambda.CreateAlias({ ...live, FunctionVersion: '1' }, caller)
  const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' }
  await lambda.AddPermission({ FunctionName: 'hello', Qualifier: 'live', ...permission }, caller)
  await lambda.DeleteAlias(live, caller)
  await assert.rejects(lambda.GetAlias(live, caller), {
    code: 'ResourceNotFoundException',
    message: `Cannot find alias arn: ${arn('hello')}:live`,
  })
  await lambda.CreateAlias({ ...live, FunctionVersion: '1' }, caller)
  await assert.rejects(lambda.GetPolicy({ FunctionName: 'hello', Qualifier: 'live' }, caller), {
    code: 'ResourceNotFoundException',
  })
})
