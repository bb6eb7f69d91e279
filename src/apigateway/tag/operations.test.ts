import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

async function arns() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  const apiArn = `arn:aws:apigateway:us-east-1::/restapis/${api.restApiId}`
  return { ...api, apiArn, stageArn: `${apiArn}/stages/dev` }
}

describe('Tags', () => {
  test('are added, replaced and removed, an API apart from its stages', async () => {
    const { restApiId, apiArn, stageArn } = await arns()
    await operations.TagResource({ resourceArn: apiArn, tags: { a: '1', b: '2' } }, caller)
    await operations.TagResource({ resourceArn: apiArn, tags: { b: '3', c: '4' } }, caller)
    await operations.TagResource({ resourceArn: stageArn, tags: { s: '5' } }, caller)
    await operations.UntagResource({ resourceArn: apiArn, tagKeys: ['a', 'never'] }, caller)
    assert.deepEqual(await operations.GetTags({ resourceArn: apiArn }, caller), { tags: { b: '3', c: '4' } })
    assert.deepEqual((await operations.GetRestApi({ restApiId }, caller)).tags, { b: '3', c: '4' })
    assert.deepEqual((await operations.GetStage({ restApiId, stageName: 'dev' }, caller)).tags, { s: '5' })
    await operations.UntagResource({ resourceArn: stageArn, tagKeys: ['s'] }, caller)
    assert.equal((await operations.GetStage({ restApiId, stageName: 'dev' }, caller)).tags, undefined)
  })

  test('are 50 at most', async () => {
    const { apiArn } = await arns()
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']))
    await operations.TagResource({ resourceArn: apiArn, tags }, caller)
    await assert.rejects(operations.TagResource({ resourceArn: apiArn, tags: { last: 'v' } }, caller), {
      code: 'BadRequestException',
    })
  })

  for (const [name, tags] of [
    ['an empty key', { '': 'v' }],
    ['a long key', { ['k'.repeat(129)]: 'v' }],
    ['a long value', { k: 'v'.repeat(257) }],
    ['a reserved key', { 'aws:k': 'v' }],
  ] as const) {
    test(`refuse ${name}`, async () => {
      const { apiArn } = await arns()
      await assert.rejects(operations.TagResource({ resourceArn: apiArn, tags }, caller), {
        code: 'BadRequestException',
      })
    })
  }

  for (const [resourceArn, code] of [
    ['arn:aws:apigateway:us-east-1::/restapis/gone', 'NotFoundException'],
    ['arn:aws:apigateway:us-east-1::/restapis/gone/stages/dev', 'NotFoundException'],
    ['arn:aws:apigateway:eu-west-1::/restapis/gone', 'BadRequestException'],
    ['arn:aws:lambda:us-east-1:123456789012:function:f', 'BadRequestException'],
    ['arn:aws:apigateway:us-east-1::/domainnames/x.test', 'BadRequestException'],
    ['nonsense', 'BadRequestException'],
  ]) {
    test(`refuse ${resourceArn}`, () =>
      assert.rejects(operations.GetTags({ resourceArn: resourceArn ?? '' }, caller), { code }))
  }
})
