import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { presentPolicy, withKeptPolicy } from './policy.ts'
import type { RestApiRecord } from './rest-api.ts'

const caller = { account: '123456789012', region: 'cn-north-1', requestId: 'r' }
const own = 'arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5'
const api: RestApiRecord = {
  id: 'a1b2c3d4e5',
  name: 'pets',
  createdDate: 0,
  apiKeySource: 'HEADER',
  endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
  disableExecuteApiEndpoint: false,
  rootResourceId: 'r',
  tags: {},
}

describe('withKeptPolicy', () => {
  const cases: [string, string, string][] = [
    ['blanks go', '{ "Version": "2012-10-17" }\n', '{"Version":"2012-10-17"}'],
    ['a resource gets its ARN', '{"Resource":"execute-api:/*"}', `{"Resource":"${own}/*"}`],
    [
      'each of several does',
      '{"NotResource":["execute-api:/dev/GET/","*"]}',
      `{"NotResource":["${own}/dev/GET/","*"]}`,
    ],
    ['a whole ARN stays', `{"Resource":"${own}/dev/*"}`, `{"Resource":"${own}/dev/*"}`],
    ['an action stays', '{"Action":"execute-api:/x"}', '{"Action":"execute-api:/x"}'],
  ]
  for (const [name, given, kept] of cases) {
    test(name, () => assert.equal(withKeptPolicy({ ...api, policy: given }, caller).policy, kept))
  }

  test('leaves an API without a policy as it is', () => assert.equal(withKeptPolicy(api, caller), api))
})

test('presentPolicy escapes quotes and slashes, so that a JSON string of it is the policy', () => {
  const policy = '{"Resource":"a/b","Sid":"\\"\\\\"}'
  const told = presentPolicy(policy)
  assert.ok(told.startsWith('{\\"Resource\\":\\"a\\/b\\"'))
  assert.equal(JSON.parse(`"${told}"`), policy)
})
