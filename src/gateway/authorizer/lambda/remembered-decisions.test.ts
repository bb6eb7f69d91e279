import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision } from '../../../policy/authorize.ts'
import { compilePolicy } from '../../../policy/policy.ts'
import { invocation } from '../../fixtures.ts'
import type { LambdaAuthorization } from './lambda-authorizer.ts'
import { rememberedDecisions } from './remembered-decisions.ts'

function authorization(statement: object): LambdaAuthorization {
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*', ...statement }],
  })
  const policy = compilePolicy(policyDocument, 'identity')
  return { principalId: 'me', policy, policyDocument, authorization: { members: new Map(), eventText: '{}' } }
}

/** How often a policy is asked about calls, in turns. */
function askedBy(statement: object, calls: readonly { method?: string; path?: string }[]): number {
  let asked = 0
  const found = authorization(statement)
  const decide = rememberedDecisions((): Decision => {
    asked += 1
    return { allowed: true }
  })
  for (const call of calls) assert.deepEqual(decide(invocation(call), found), { allowed: true })
  return asked
}

const pets = { method: 'GET', path: '/pets' }

test('a policy is asked once about a verb and a path', () => {
  assert.equal(askedBy({}, [pets, pets, { ...pets, method: 'PUT' }, { ...pets, path: '/cats' }, pets]), 3)
})

test('a policy with conditions is asked about every call', () => {
  assert.equal(askedBy({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, [pets, pets]), 2)
})

test('a policy with variables is asked about every call', () => {
  assert.equal(askedBy({ Resource: 'arn:aws:execute-api:*:*:*/*/GET/${aws:useragent}' }, [pets, pets]), 2)
})

test('each caller has a policy of its own', () => {
  const decide = rememberedDecisions((_, { principalId }) => ({ allowed: true, by: principalId }))
  const [mine, yours] = [authorization({}), { ...authorization({}), principalId: 'you' }]
  assert.notDeepEqual(decide(invocation(pets), mine), decide(invocation(pets), yours))
})

test('the paths of one caller do not fill the memory', () => {
  const calls = Array.from({ length: 300 }, (_, i) => ({ path: `/pets/${i}` }))
  assert.equal(askedBy({}, [...calls, ...calls]), 500)
})
