import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { arn, caller, startService, zipOf } from '../service.fixture.ts'

describe('PublishVersion', () => {
  test('freezes $LATEST under the next number', async (t) => {
    const { create, lambda } = await startService(t)
    const created = await create('hello', { Description: 'of the function' })
    const first = await lambda.PublishVersion({ FunctionName: 'hello', Description: 'of the version' }, caller)
    assert.deepEqual(first, {
      ...created,
      Version: '1',
      FunctionArn: `${arn('hello')}:1`,
      Description: 'of the version',
      RevisionId: first.RevisionId,
    })
    await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('two') }, caller)
    const second = await lambda.PublishVersion({ FunctionName: 'hello' }, caller)
    assert.deepEqual([second.Version, second.Description], ['2', 'of the function'])
  })

  test('returns the newest version when nothing has changed', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello')
    const first = await lambda.PublishVersion({ FunctionName: 'hello' }, caller)
    await lambda.UpdateFunctionCode({ FunctionName: 'hello', ZipFile: zipOf('one') }, caller)
    await lambda.TagResource({ Resource: arn('hello'), Tags: { a: 'b' } }, caller)
    assert.deepEqual(await lambda.PublishVersion({ FunctionName: 'hello' }, caller), first)
    await lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: 4 }, caller)
    assert.equal((await lambda.PublishVersion({ FunctionName: 'hello' }, caller)).Version, '2')
  })

  test('never uses a number twice', async (t) => {
    const { create, lambda } = await startService(t)
    await create('hello', { Publish: true })
    await lambda.DeleteFunction({ FunctionName: 'hello:1' }, caller)
    assert.equal((await lambda.PublishVersion({ FunctionName: 'hello' }, caller)).Version, '2')
  })

  test('renews the revision of $LATEST', async (t) => {
    const { create, lambda } = await startService(t)
    const created = await create('hello')
    await lambda.PublishVersion({ FunctionName: 'hello' }, caller)
    const { RevisionId } = await lambda.GetFunctionConfiguration({ FunctionName: 'hello' }, caller)
    assert.notEqual(RevisionId, created.RevisionId)
  })

  test('checks digest and revision, when given', async (t) => {
    const { create, lambda } = await startService(t)
    const { CodeSha256 = '', RevisionId = '' } = await create('hello')
    await assert.rejects(lambda.PublishVersion({ FunctionName: 'hello', CodeSha256: 'other' }, caller), {
      code: 'InvalidParameterValueException',
      message:
        `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). ` +
        'Please try again with the CodeSHA256 in $LATEST.',
    })
    await assert.rejects(lambda.PublishVersion({ FunctionName: 'hello', RevisionId: 'other' }, caller), {
      code: 'PreconditionFailedException',
    })
    const published = await lambda.PublishVersion({ FunctionName: 'hello', CodeSha256, RevisionId }, caller)
    assert.equal(published.Version, '1')
  })

  test('refuses a function that is not there', async (t) => {
    const { lambda } = await startService(t)
    await assert.rejects(lambda.PublishVersion({ FunctionName: 'nope' }, caller), {
      code: 'ResourceNotFoundException',
      message: `Function not found: ${arn('nope')}:$LATEST`,
    })
  })
})

test('ListVersionsByFunction pages $LATEST first, then by number', async (t) => {
  const { create, lambda } = await startService(t)
  await create('hello')
  for (let number = 1; number <= 11; number++) {
    await lambda.UpdateFunctionConfiguration({ FunctionName: 'hello', Timeout: number + 10 }, caller)
    await lambda.PublishVersion({ FunctionName: 'hello' }, caller)
  }
  const first = await lambda.ListVersionsByFunction({ FunctionName: 'hello', MaxItems: 10 }, caller)
  const rest = await lambda.ListVersionsByFunction({ FunctionName: 'hello', Marker: first.NextMarker ?? '' }, caller)
  const numbers = [...(first.Versions ?? []), ...(rest.Versions ?? [])].map(({ Version }) => Version)
  assert.deepEqual(numbers, ['$LATEST', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
  assert.equal(rest.NextMarker, undefined)
})
