import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { arn, caller, hexDigest, startService, zipOf } from '../service.fixture.ts'

const stale = {
  code: 'PreconditionFailedException',
  message:
    'The Revision Id provided does not match the latest Revision Id. ' +
    'Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
}

describe('UpdateFunctionCode', () => {
  test('replaces the code, the digest and the revision', async (t) => {
    const { create, lambda, store } = await startService(t)
    const before = await create('hello')
    const after = await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('two') }, caller)
    assert.equal(after.CodeSha256, Buffer.from(hexDigest(zipOf('two')), 'hex').toString('base64'))
    assert.notEqual(after.RevisionId, before.RevisionId)
    assert.equal(after.FunctionArn, arn('hello'))
    assert.deepEqual(await lambda.GetFunctionConfiguration({ FunctionName: 'hello' }, caller), after)
    const blobs = await store.read((reader) =>
      Promise.all(['one', 'two'].map((source) => reader.getBlob(`code/${hexDigest(zipOf(source))}`))),
    )
    assert.deepEqual(
      blobs.map((blob) => blob !== undefined),
      [false, true],
    )
  })

  test('only checks with DryRun', async (t) => {
    const { create, lambda } = await startService(t)
    const before = await create('hello')
    const tried = await lambda.UpdateFunctionCode(
      { FunctionName: 'hello', ZipFile: zipOf('two'), DryRun: true },
      caller,
    )
    assert.notEqual(tried.CodeSha256, before.CodeSha256)
    assert.deepEqual(await lambda.GetFunctionConfiguration({ FunctionName: 'hello' }, caller), before)
  })

  test('publishes, and answers the version, when asked', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello')
    const input = { FunctionName: 'hello', ZipFile: zipOf('two'), Publish: true }
    const published = await lambda.UpdateFunctionCode(input, caller)
    assert.deepEqual([published.Version, published.FunctionArn], ['1', `${arn('hello')}:1`])
    assert.equal((await lambda.UpdateFunctionCode(input, caller)).Version, '1')
  })

  test('refuses another revision, images, buckets, qualifiers and functions that are not there', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Publish: true })
    const ZipFile = zipOf('two')
    await assert.rejects(
      lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile, RevisionId: 'old' }, caller),
      stale,
    )
    await assert.rejects(lambda.UpdateFunctionCode({ FunctionName: 'hello', ImageUri: 'a' }, caller), {
      message: "Please don't provide ImageUri when updating a function with packageType Zip.",
    })
    await assert.rejects(lambda.UpdateFunctionCode({ FunctionName: 'hello', S3Bucket: 'a', S3Key: 'b' }, caller), {
      message: /^Error occurred while GetObject/,
    })
    await assert.rejects(lambda.UpdateFunctionCode({ FunctionName: 'hello:1', ZipFile }, caller), {
      message: /^This operation is permitted on Lambda functions only\./,
    })
    await assert.rejects(lambda.UpdateFunctionCode({ FunctionName: 'nope', ZipFile }, caller), {
      message: `Function not found: ${arn('nope')}`,
    })
  })
})

describe('UpdateFunctionConfiguration', () => {
  test('changes what is given and keeps the rest', async (t) => {
    const { create, lambda } = await startService(t)
    const before = await create('hello', { Environment: { Variables: { A: 'b' } }, Description: 'first' })
    const after = await lambda.UpdateFunctionConfiguration(
      { FunctionName: 'hello', Timeout: 30, MemorySize: 512, Handler: 'app.main', Runtime: 'python3.13' },
      caller,
    )
    assert.deepEqual(after, {
      ...before,
      Timeout: 30,
      MemorySize: 512,
      Handler: 'app.main',
      Runtime: 'python3.13',
      RevisionId: after.RevisionId,
    })
    assert.notEqual(after.RevisionId, before.RevisionId)
  })

  test('replaces all variables at once', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Environment: { Variables: { A: 'b' } } })
    const update = (Environment: { Variables?: Record<string, string> }) =>
      lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Environment }, caller)
    assert.deepEqual((await update({ Variables: { C: 'd' } })).Environment, { Variables: { C: 'd' } })
    assert.deepEqual((await update({ Variables: {} })).Environment, { Variables: {} })
    assert.equal((await update({})).Environment, undefined)
  })

  test('leaves published versions as they are', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Publish: true, Environment: { Variables: { A: 'b' } } })
    const version = () => lambda.GetFunctionConfiguration({ FunctionName: 'hello', Qualifier: '1' }, caller)
    const before = await version()
    await lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9, Environment: {} }, caller)
    await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('two') }, caller)
    assert.deepEqual(await version(), before)
  })

  test('refuses another revision', async (t) => {
    const { create, lambda } = await startService(t)
    const { RevisionId = '' } = await create('hello')
    const update = (RevisionId: string) =>
      lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: 9, RevisionId }, caller)
    await update(RevisionId)
    await assert.rejects(update(RevisionId), stale)
  })
})
