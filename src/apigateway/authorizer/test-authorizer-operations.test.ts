import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const { restApiId } = await createApi()
const authorizerUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations'
const identitySource = 'method.request.header.X-Token'
const settings = { restApiId, type: 'TOKEN', authorizerUri, identitySource } as const
const { id = '' } = await operations.CreateAuthorizer({ ...settings, name: 'guard' }, caller)

describe('TestInvokeAuthorizer refuses', () => {
  for (const [name, ids, error] of [
    [
      'an unknown API',
      { restApiId: 'x', authorizerId: id },
      { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' },
    ],
    [
      'an unknown authorizer',
      { restApiId, authorizerId: 'x' },
      { code: 'NotFoundException', message: 'Invalid Authorizer identifier specified' },
    ],
  ] as const) {
    test(name, () => assert.rejects(operations.TestInvokeAuthorizer(ids, caller), error))
  }
})
