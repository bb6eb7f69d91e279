import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Authorization, decide, deniesEarly } from './api-call.ts'
import { authorize, type Decision } from './authorize.ts'
import { compilePolicy, type Policy } from './policy.ts'
import { anonymous, type PolicyRequest, type Principal } from './request.ts'

const user: Principal = { type: 'AWS', names: ['arn:aws:iam::123456789012:user/ann'], account: '123456789012' }
const session: Principal = {
  type: 'AWS',
  names: ['arn:aws:sts::123456789012:assumed-role/ops/bob', 'arn:aws:iam::123456789012:role/ops'],
  account: '123456789012',
}

type Side = 'Allow' | 'silent' | 'Deny'
type Outcome = 'allow' | 'implicit deny' | 'explicit deny'

function policy(side: Side, principal?: unknown): Policy {
  const action = side === 'silent' ? 's3:GetObject' : 'execute-api:Invoke'
  const effect = side === 'Deny' ? 'Deny' : 'Allow'
  const Statement = {
    Effect: effect,
    Action: action,
    Resource: '*',
    ...(principal !== undefined && { Principal: principal }),
  }
  return compilePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement }),
    principal === undefined ? 'identity' : 'resource',
  )
}

function request(principal: Principal): PolicyRequest {
  const resource = 'arn:aws:execute-api:us-east-1:123456789012:abc/dev/GET/pets'
  return { principal, action: 'execute-api:Invoke', resource, context: () => undefined }
}

function outcome(decision: Decision): Outcome {
  if (decision.allowed) return 'allow'
  return decision.explicit ? 'explicit deny' : 'implicit deny'
}

/** AWS's tables: the identity's side, the resource policy's side, the result in one account, and across accounts. */
const tables: [identity: Side, resource: Side, same: Outcome, cross: Outcome][] = [
  ['Allow', 'Allow', 'allow', 'allow'],
  ['Allow', 'silent', 'allow', 'implicit deny'],
  ['Allow', 'Deny', 'explicit deny', 'explicit deny'],
  ['silent', 'Allow', 'allow', 'implicit deny'],
  ['silent', 'silent', 'implicit deny', 'implicit deny'],
  ['silent', 'Deny', 'explicit deny', 'explicit deny'],
  ['Deny', 'Allow', 'explicit deny', 'explicit deny'],
  ['Deny', 'silent', 'explicit deny', 'explicit deny'],
  ['Deny', 'Deny', 'explicit deny', 'explicit deny'],
]

describe('decide', () => {
  function decided(
    authorization: Authorization,
    resource: Side | 'none',
    principal = anonymous,
    isPrivate = false,
  ): Outcome {
    const resourcePolicy = resource === 'none' ? undefined : policy(resource, '*')
    return outcome(
      decide({ request: request(principal), isPrivate, authorization, ...(resourcePolicy && { resourcePolicy }) }),
    )
  }

  for (const [identity, resource, same, cross] of tables) {
    const policies = { identity: [policy(identity)] }
    test(`AWS_IAM in one account: ${identity}, ${resource} -> ${same}`, () =>
      assert.equal(decided({ type: 'AWS_IAM', policies, sameAccount: true }, resource, user), same))
    test(`AWS_IAM across accounts: ${identity}, ${resource} -> ${cross}`, () =>
      assert.equal(decided({ type: 'AWS_IAM', policies, sameAccount: false }, resource, user), cross))
    test(`CUSTOM: ${identity}, ${resource} -> ${same}`, () =>
      assert.equal(decided({ type: 'CUSTOM', policy: policy(identity) }, resource), same))
  }

  const alone: [resource: Side | 'none', result: Outcome][] = [
    ['none', 'allow'],
    ['Allow', 'allow'],
    ['silent', 'implicit deny'],
    ['Deny', 'explicit deny'],
  ]
  for (const type of ['NONE', 'COGNITO_USER_POOLS'] as const) {
    for (const [resource, result] of alone) {
      test(`${type}: ${resource} -> ${result}`, () => assert.equal(decided({ type }, resource), result))
    }
  }

  const withoutPolicy: [identity: Side, same: Outcome, cross: Outcome][] = [
    ['Allow', 'allow', 'implicit deny'],
    ['silent', 'implicit deny', 'implicit deny'],
    ['Deny', 'explicit deny', 'explicit deny'],
  ]
  for (const [identity, same, cross] of withoutPolicy) {
    const policies = { identity: [policy(identity)] }
    test(`AWS_IAM without a resource policy: ${identity} -> ${same}, ${cross}`, () => {
      assert.equal(decided({ type: 'AWS_IAM', policies, sameAccount: true }, 'none', user), same)
      assert.equal(decided({ type: 'AWS_IAM', policies, sameAccount: false }, 'none', user), cross)
    })
  }

  test('denies every call of a private API without a policy', () => {
    const policies = { identity: [policy('Allow')] }
    const authorizations: Authorization[] = [
      { type: 'NONE' },
      { type: 'COGNITO_USER_POOLS' },
      { type: 'CUSTOM', policy: policy('Allow') },
      { type: 'AWS_IAM', policies, sameAccount: true },
    ]
    for (const authorization of authorizations) {
      assert.equal(decided(authorization, 'none', user, true), 'implicit deny')
      assert.equal(decided(authorization, 'Allow', user, true), 'allow')
    }
  })

  test('names no caller of a method without IAM authorization to a policy for users', () => {
    const resourcePolicy = policy('Allow', { AWS: '123456789012' })
    const decision = decide({
      request: request(anonymous),
      resourcePolicy,
      isPrivate: false,
      authorization: { type: 'NONE' },
    })
    assert.equal(outcome(decision), 'implicit deny')
  })
})

test('deniesEarly refuses before an authorizer is asked only what a policy denies', () => {
  assert.equal(deniesEarly(request(anonymous), policy('Deny', '*')), true)
  assert.equal(deniesEarly(request(anonymous), policy('silent', '*')), false)
  assert.equal(deniesEarly(request(anonymous), policy('Allow', '*')), false)
  assert.equal(deniesEarly(request(anonymous), undefined), false)
})

describe('authorize', () => {
  const account = { AWS: '123456789012' }
  const cases: [
    name: string,
    principal: Principal,
    sides: { identity?: Side; boundary?: Side; session?: Side; resource?: [Side, unknown] },
    result: Outcome,
  ][] = [
    ['a boundary that allows too', user, { identity: 'Allow', boundary: 'Allow' }, 'allow'],
    ['a boundary that does not', user, { identity: 'Allow', boundary: 'silent' }, 'implicit deny'],
    ['a boundary that denies', user, { identity: 'Allow', boundary: 'Deny' }, 'explicit deny'],
    ['a boundary alone', user, { boundary: 'Allow' }, 'implicit deny'],
    ['a session policy that allows too', session, { identity: 'Allow', session: 'Allow' }, 'allow'],
    ['a session policy that does not', session, { identity: 'Allow', session: 'silent' }, 'implicit deny'],
    ['a session policy that denies', session, { identity: 'Allow', session: 'Deny' }, 'explicit deny'],
    [
      'a grant to the user beyond its boundary',
      user,
      { boundary: 'silent', resource: ['Allow', { AWS: user.names[0] }] },
      'allow',
    ],
    [
      'a grant to the user, denied by its boundary',
      user,
      { boundary: 'Deny', resource: ['Allow', '*'] },
      'explicit deny',
    ],
    ['a grant to the role', session, { resource: ['Allow', { AWS: session.names[1] }] }, 'allow'],
    [
      'a grant to the role beyond the session',
      session,
      { session: 'silent', resource: ['Allow', { AWS: session.names[1] }] },
      'implicit deny',
    ],
    [
      'a grant to the session beyond its policy',
      session,
      { session: 'silent', resource: ['Allow', { AWS: session.names[0] }] },
      'allow',
    ],
    ['a grant to the account', user, { resource: ['Allow', account] }, 'implicit deny'],
    [
      'a grant to the account that the user has too',
      user,
      { identity: 'Allow', resource: ['Allow', account] },
      'allow',
    ],
    ['nothing at all', user, {}, 'implicit deny'],
  ]
  for (const [name, principal, { identity, boundary, session: own, resource }, result] of cases) {
    test(`${name}: ${result}`, () => {
      const policies = {
        identity: identity ? [policy(identity)] : [],
        ...(boundary && { boundary: [policy(boundary)] }),
        ...(own && { session: [policy(own)] }),
      }
      assert.equal(outcome(authorize(request(principal), policies, resource && policy(...resource), true)), result)
    })
  }

  test('says what denied, or what did not allow', () => {
    const by = (identity: Side, boundary: Side, sameAccount = true) => {
      const policies = { identity: [policy(identity)], boundary: [policy(boundary)] }
      const decision = authorize(request(user), policies, undefined, sameAccount)
      return decision.allowed ? undefined : decision.by
    }
    assert.equal(by('Deny', 'Allow'), 'identity-based policy')
    assert.equal(by('silent', 'Allow'), 'identity-based policy')
    assert.equal(by('Allow', 'silent'), 'permissions boundary')
    assert.equal(by('Allow', 'Allow', false), 'resource-based policy')
  })
})
