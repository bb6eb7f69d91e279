import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arn, caller, elsewhere, startService } from '../service.fixture.ts'

test('tags are added, replaced and removed', async (t) => {
  const { create, lambda } = await startService(t)
  const created = await create('hello', { Tags: { a: '1', b: '2' } })
  const tags = async () => (await lambda.ListTags({ Resource: arn('hello') }, caller)).Tags
  await lambda.TagResource({ Resource: arn('hello'), Tags: { b: '3', c: '4' } }, caller)
  assert.deepEqual(await tags(), { a: '1', b: '3', c: '4' })
  await lambda.UntagResource({ Resource: arn('hello'), TagKeys: ['a', 'c', 'never'] }, caller)
  assert.deepEqual(await tags(), { b: '3' })
  const { Configuration, Tags } = await lambda.GetFunction({ FunctionName: 'hello' }, caller)
  assert.deepEqual(Tags, { b: '3' })
  assert.notEqual(Configuration?.RevisionId, created.RevisionId)
})

test('TagResource refuses what cannot be tagged', async (t) => {
  const { create, lambda } = await startService(t)
  await create('hello', { Publish: true })
  const invalid = 'InvalidParameterValueException'
  const Tags = { a: 'b' }
  const cases: [string, Record<string, string>, string, string][] = [
    [
      arn('hello:1'),
      Tags,
      invalid,
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    ],
    [arn('hello'), {}, invalid, 'An error occurred and the request cannot be processed.'],
    [arn('nope'), Tags, 'ResourceNotFoundException', `Function not found: ${arn('nope')}`],
    [arn('hello'), { ['x'.repeat(129)]: '' }, invalid, `Tag keys must have 1 to 128 characters: ${'x'.repeat(129)}`],
    [arn('hello'), { a: 'x'.repeat(257) }, invalid, 'Tag values must have at most 256 characters: a'],
  ]
  for (const [Resource, tags, code, message] of cases) {
    await assert.rejects(lambda.TagResource({ Resource, Tags: tags }, caller), { code, message })
  }
  await assert.rejects(lambda.TagResource({ Resource: arn('hello'), Tags }, elsewhere), {
    code: 'ResourceNotFoundException',
    message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
  })
})
