import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatArn, parseArn, partitionOf } from './arn.ts'

describe('ARNs', () => {
  for (const arn of [
    'arn:aws:lambda:eu-west-1:123456789012:function:hello:live',
    'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5',
    'arn:aws-cn:iam::123456789012:role/path/admin',
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
  ]) {
    test(`reads and writes ${arn}`, () => {
      const parts = parseArn(arn)
      assert.ok(parts)
      assert.equal(formatArn(parts), arn)
    })
  }

  test('names the parts', () => {
    assert.deepEqual(parseArn('arn:aws:lambda:eu-west-1:123456789012:function:hello:live'), {
      partition: 'aws',
      service: 'lambda',
      region: 'eu-west-1',
      account: '123456789012',
      resource: 'function:hello:live',
    })
  })

  for (const text of [
    '',
    'hello',
    'arn',
    'arn:aws:lambda',
    'arn:aws:lambda:eu-west-1:123456789012',
    'arn:aws:s3:::',
    'ARN:aws:s3:::b',
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseArn(text), undefined))
  }

  test('takes the partition from the region', () => {
    assert.equal(formatArn({ service: 's3', resource: 'bucket' }), 'arn:aws:s3:::bucket')
    assert.equal(partitionOf('cn-north-1'), 'aws-cn')
    assert.equal(partitionOf('us-gov-west-1'), 'aws-us-gov')
  })
})
