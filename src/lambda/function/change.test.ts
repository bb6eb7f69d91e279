import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Revision } from '../../storage/store.ts'
import { arn, caller, elsewhere, hexDigest, role, startService, zipOf } from '../service.fixture.ts'
import { listFunctionChanges, readFunctionChange } from './change.ts'

const scope = '123456789012/us-east-1'

describe('readFunctionChange', () => {
  test('reads everything that an invocation needs', async (t) => {
    const { create, lambda, store } = await startService(t)
    const layer = { LayerName: 'tools', Content: { ZipFile: zipOf('layer') } }
    const { LayerVersionArn = '' } = await lambda.PublishLayerVersion(layer, caller)
    await create('hello', {
      Publish: true,
      Layers: [LayerVersionArn],
      Environment: { Variables: { A: 'b' } },
      Timeout: 7,
      MemorySize: 256,
    })
    const weights = { 1: 0.5 }
    await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('two'), Publish: true }, caller)
    const alias = { FunctionName: 'hello', Name: 'live', FunctionVersion: '2' }
    await lambda.CreateAlias({ ...alias, RoutingConfig: { AdditionalVersionWeights: weights } }, caller)
    const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' }
    await lambda.AddPermission({ FunctionName: 'hello', ...permission }, caller)
    await lambda.AddPermission({ FunctionName: 'hello:live', ...permission }, caller)
    await lambda.PutFunctionConcurrency({ FunctionName: 'hello', ReservedConcurrentExecutions: 3 }, caller)

    const { functionArn, published } = await store.read((reader) => readFunctionChange(reader, scope, 'hello'))
    assert.ok(published)
    const { versions, ...rest } = published
    const statement = { Sid: 's', Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction' }
    assert.equal(functionArn, arn('hello'))
    assert.deepEqual(rest, {
      functionArn: arn('hello'),
      aliases: { live: { version: '2', additionalVersionWeights: weights } },
      policies: {
        '': [{ ...statement, Resource: arn('hello') }],
        live: [{ ...statement, Resource: arn('hello:live') }],
      },
      reservedConcurrency: 3,
    })
    assert.deepEqual(Object.keys(versions).sort(), ['$LATEST', '1', '2'])
    assert.deepEqual(versions['1'], {
      functionArn: arn('hello'),
      functionName: 'hello',
      version: '1',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      role,
      codeDigest: hexDigest(zipOf('one')),
      layers: [{ arn: LayerVersionArn, codeDigest: hexDigest(zipOf('layer')) }],
      environment: { A: 'b' },
      memoryMegabytes: 256,
      timeoutSeconds: 7,
      revisionId: versions['1']?.revisionId,
    })
    assert.equal(new Set(Object.values(versions).map(({ revisionId }) => revisionId)).size, 3)
  })

  test('has a new revision id only after a change of code or settings', async (t) => {
    const { create, lambda, store } = await startService(t)
    await create('hello')
    const revision = async () =>
      (await store.read((reader) => readFunctionChange(reader, scope, 'hello'))).published?.versions['$LATEST']
        ?.revisionId
    const first = await revision()
    await lambda.AddPermission(
      { FunctionName: 'hello', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' },
      caller,
    )
    await lambda.TagResource({ Resource: arn('hello'), Tags: { a: 'b' } }, caller)
    await lambda.PublishVersion({ FunctionName: 'hello' }, caller)
    await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('one') }, caller)
    assert.equal(await revision(), first)
    await lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9 }, caller)
    const second = await revision()
    assert.notEqual(second, first)
    await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('two') }, caller)
    assert.notEqual(await revision(), second)
  })

  test('says that a function is gone', async (t) => {
    const { create, lambda, store } = await startService(t)
    await create('hello')
    await lambda.DeleteFunction({ FunctionName: 'hello' }, caller)
    const change = await store.read((reader) => readFunctionChange(reader, scope, 'hello'))
    assert.deepEqual(change, { functionArn: arn('hello') })
  })
})

test('listFunctionChanges reads every function of every region', async (t) => {
  const { create, lambda, store } = await startService(t)
  await create('one')
  await create('two')
  const input = { FunctionName: 'one', Runtime: 'python3.13', Handler: 'a.b', Role: role } as const
  await lambda.CreateFunction({ ...input, Code: { ZipFile: zipOf('one') } }, elsewhere)
  const changes = await store.read(listFunctionChanges)
  assert.deepEqual(changes.map(({ functionArn }) => functionArn).sort(), [
    arn('one', 'eu-west-1'),
    arn('one'),
    arn('two'),
  ])
})

test('every change of a function is a revision, and nothing else is', async (t) => {
  const { create, lambda, store } = await startService(t)
  let revisions: Revision[] = []
  store.onRevision((revision) => revisions.push(revision))
  const hello = { FunctionName: 'hello' }
  const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: '*' }
  const steps: [string, () => Promise<unknown>, boolean][] = [
    ['CreateFunction', () => create('hello'), true],
    ['GetFunction', () => lambda.GetFunction(hello, caller), false],
    ['UpdateFunctionCode', () => lambda.UpdateFunctionCode({ ...hello, ZipFile: zipOf('two') }, caller), true],
    ['DryRun', () => lambda.UpdateFunctionCode({ ...hello, ZipFile: zipOf('three'), DryRun: true }, caller), false],
    ['UpdateFunctionConfiguration', () => lambda.UpdateFunctionConfiguration({ ...hello, Timeout: 9 }, caller), true],
    ['PublishVersion', () => lambda.PublishVersion(hello, caller), true],
    ['PublishVersion again', () => lambda.PublishVersion(hello, caller), false],
    ['CreateAlias', () => lambda.CreateAlias({ ...hello, Name: 'live', FunctionVersion: '1' }, caller), true],
    ['UpdateAlias', () => lambda.UpdateAlias({ ...hello, Name: 'live', FunctionVersion: '$LATEST' }, caller), true],
    ['AddPermission', () => lambda.AddPermission({ ...hello, ...permission }, caller), true],
    ['RemovePermission', () => lambda.RemovePermission({ ...hello, StatementId: 's' }, caller), true],
    [
      'PutFunctionConcurrency',
      () => lambda.PutFunctionConcurrency({ ...hello, ReservedConcurrentExecutions: 1 }, caller),
      true,
    ],
    ['DeleteFunctionConcurrency', () => lambda.DeleteFunctionConcurrency(hello, caller), true],
    ['DeleteAlias', () => lambda.DeleteAlias({ ...hello, Name: 'live' }, caller), true],
    ['DeleteFunction 1', () => lambda.DeleteFunction({ ...hello, Qualifier: '1' }, caller), true],
    ['DeleteFunction', () => lambda.DeleteFunction(hello, caller), true],
  ]
  for (const [name, step, isChange] of steps) {
    revisions = []
    await step()
    const changed = revisions.map(({ topic, scope: where, key }) => `${topic} ${where} ${key}`)
    assert.deepEqual([...new Set(changed)], isChange ? [`function ${scope} hello`] : [], name)
  }
})
