import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { badRequest, type FixtureV2, openFixtureV2, refusal } from '../fixture.ts'

let fixture: FixtureV2
beforeEach(async () => {
  fixture = await openFixtureV2()
})
afterEach(() => fixture.close())

const prefix = 'arn:aws:apigateway:us-east-1::'

describe('tags', () => {
  test('are of APIs, stages and VPC links', async () => {
    const { operations, caller } = fixture
    const ApiId = await fixture.createHttpApi({ Tags: { first: '1' } })
    const StageName = '$default'
    await operations.CreateStage({ ApiId, StageName, Tags: { first: '1' } }, caller)
    const { VpcLinkId } = await operations.CreateVpcLink(
      { Name: 'l', SubnetIds: ['subnet-1'], Tags: { first: '1' } },
      caller,
    )
    for (const resource of [`/apis/${ApiId}`, `/apis/${ApiId}/stages/${StageName}`, `/vpclinks/${VpcLinkId}`]) {
      const ResourceArn = prefix + resource
      await operations.TagResource({ ResourceArn, Tags: { second: '2', third: '3' } }, caller)
      await operations.UntagResource({ ResourceArn, TagKeys: ['third', 'fourth'] }, caller)
      assert.deepEqual((await operations.GetTags({ ResourceArn }, caller)).Tags, { first: '1', second: '2' }, resource)
    }
    const { Tags } = await operations.GetStage({ ApiId, StageName }, caller)
    assert.deepEqual(Tags, { first: '1', second: '2' })
    assert.deepEqual((await operations.GetApi({ ApiId }, caller)).Tags, { first: '1', second: '2' })
  })

  test('are not of what is not there', async () => {
    const { operations, caller } = fixture
    for (const [ResourceArn, code] of [
      [`${prefix}/apis/nothing`, 'NotFoundException'],
      [`${prefix}/apis/nothing/stages/dev`, 'NotFoundException'],
      [`${prefix}/vpclinks/nothing`, 'NotFoundException'],
      [`${prefix}/apis/nothing/routes/x`, 'BadRequestException'],
      ['arn:aws:apigateway:eu-west-1::/apis/x', 'BadRequestException'],
      ['nothing', 'BadRequestException'],
    ] as const) {
      await assert.rejects(operations.GetTags({ ResourceArn }, caller), refusal(code, /^Invalid /), ResourceArn)
    }
  })

  test('are refused when there are too many', async () => {
    const { operations, caller } = fixture
    const ResourceArn = `${prefix}/apis/${await fixture.createHttpApi({ Tags: { first: '1' } })}`
    const Tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, '']))
    await assert.rejects(operations.TagResource({ ResourceArn, Tags }, caller), badRequest(/more than 50 tags/))
  })
})
