import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { alice, aliceKey } from '../../identity/alice.ts'
import { signedCallers } from '../../identity/signed-caller.ts'
import { compilePolicy } from '../../policy/policy.ts'
import type { MethodCaching } from '../../snapshot/rest-api.ts'
import { deployed, invocation } from '../fixtures.ts'
import { invalidations } from './invalidation.ts'

const caching: MethodCaching = { ttlSeconds: 300, requireAuthorization: true, unauthorized: 'FAIL_WITH_403' }
const api = 'arn:aws:execute-api:us-east-1:123456789012:abc123'

function statement(effect: string, action: string, resource = `${api}/dev/GET/pets/*`, more: object = {}): string {
  const Statement = { Effect: effect, Action: action, Resource: resource, ...more }
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

/** A user with policies, as whoever has verified their signature tells of them. */
function caller(...documents: string[]) {
  return signedCallers()(aliceKey, alice(...documents))
}

const may = statement('Allow', 'execute-api:InvalidateCache')
const refused = { type: 'ACCESS_DENIED', status: 403, message: 'Unauthorized' }

describe('The wish that the backend be asked', () => {
  const decideOn = invalidations(deployed({}), undefined)
  const cases: [string, string[], boolean][] = [
    ['who may invalidate the method', [may], true],
    ['who may do everything', [statement('Allow', 'execute-api:*', '*')], true],
    ['who may only invoke it', [statement('Allow', 'execute-api:Invoke')], false],
    [
      'who may invalidate another method',
      [statement('Allow', 'execute-api:InvalidateCache', `${api}/dev/POST/*`)],
      false,
    ],
    ['who may invalidate another stage', [statement('Allow', 'execute-api:InvalidateCache', `${api}/prod/*`)], false],
    ['whom a policy denies it', [may, statement('Deny', 'execute-api:InvalidateCache', '*')], false],
    ['without policies', [], false],
  ]
  for (const [name, documents, isGranted] of cases) {
    test(`of a caller ${name} is ${isGranted ? 'granted' : 'refused'}`, () => {
      const decided = () => decideOn({ ...invocation(), caller: caller(...documents) }, caching)
      if (isGranted) assert.equal(decided(), 'granted')
      else assert.throws(decided, refused)
    })
  }

  test('of a caller who does not sign is refused, left aside with a warning, or without', () => {
    const decided = (unauthorized: MethodCaching['unauthorized']) =>
      decideOn(invocation(), { ...caching, unauthorized })
    assert.throws(() => decided('FAIL_WITH_403'), refused)
    assert.equal(decided('SUCCEED_WITH_RESPONSE_HEADER'), 'warned')
    assert.equal(decided('SUCCEED_WITHOUT_RESPONSE_HEADER'), 'ignored')
  })

  test('of anybody is granted where no authorization is required', () => {
    assert.equal(decideOn(invocation(), { ...caching, requireAuthorization: false }), 'granted')
  })

  test('is decided by the resource policy, too', () => {
    const policy = (effect: string) =>
      compilePolicy(statement(effect, 'execute-api:InvalidateCache', `${api}/*`, { Principal: '*' }), 'resource')
    const decided = (effect: string, ...documents: string[]) =>
      invalidations(deployed({}), policy(effect))({ ...invocation(), caller: caller(...documents) }, caching)
    assert.equal(decided('Allow'), 'granted')
    assert.throws(() => decided('Deny', may), refused)
    assert.throws(() => invalidations(deployed({}), policy('Allow'))(invocation(), caching), refused)
  })
})
