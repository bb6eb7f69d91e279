import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PolicyKind } from './document.ts'
import { evaluate } from './evaluate.ts'
import { compilePolicy } from './policy.ts'
import { anonymous, type PolicyRequest, type Principal } from './request.ts'

const user: Principal = { type: 'AWS', names: ['arn:aws:iam::123456789012:user/ann'], account: '123456789012' }
const session: Principal = {
  type: 'AWS',
  names: ['arn:aws:sts::123456789012:assumed-role/ops/bob', 'arn:aws:iam::123456789012:role/ops'],
  account: '123456789012',
}
const root: Principal = { type: 'AWS', names: ['arn:aws:iam::123456789012:root'], account: '123456789012' }
const service: Principal = { type: 'Service', names: ['apigateway.amazonaws.com'] }

const resource = 'arn:aws:execute-api:us-east-1:123456789012:abc/dev/GET/pets'

function request(changes: Partial<PolicyRequest> = {}): PolicyRequest {
  return { principal: user, action: 'execute-api:Invoke', resource, context: () => undefined, ...changes }
}

function policy(statement: object, kind: PolicyKind = 'identity', version = '2012-10-17') {
  const written = { Effect: 'Allow', Action: '*', ...(kind !== 'trust' && { Resource: '*' }), ...statement }
  return compilePolicy(JSON.stringify({ Version: version, Statement: written }), kind)
}

describe('a statement', () => {
  const cases: [name: string, statement: object, changes: Partial<PolicyRequest>, effect: string][] = [
    ['any action and resource', {}, {}, 'Allow'],
    ['an action in other case', { Action: 'Execute-API:invoke' }, {}, 'Allow'],
    ['a wildcard in an action', { Action: ['s3:*', 'execute-api:In*ke'] }, {}, 'Allow'],
    ['another action', { Action: 'execute-api:ManageConnections' }, {}, 'silent'],
    ['NotAction of another action', { Action: undefined, NotAction: 's3:*' }, {}, 'Allow'],
    ['NotAction of this action', { Action: undefined, NotAction: 'execute-api:*' }, {}, 'silent'],
    ['a resource across slashes and colons', { Resource: 'arn:aws:execute-api:*/pets' }, {}, 'Allow'],
    ['a resource in other case', { Resource: resource.replace('dev', 'DEV') }, {}, 'silent'],
    ['another resource', { Resource: ['arn:aws:s3:::a', `${resource}/1`] }, {}, 'silent'],
    ['NotResource of another', { Resource: undefined, NotResource: 'arn:aws:s3:::a' }, {}, 'Allow'],
    ['NotResource of this', { Resource: undefined, NotResource: `${resource}*` }, {}, 'silent'],
    ['a Deny', { Effect: 'Deny' }, {}, 'Deny'],
    [
      'a variable in a resource',
      { Resource: 'arn:aws:execute-api:*:*:abc/dev/GET/${aws:username}' },
      { context: (key) => (key === 'aws:username' ? 'pets' : undefined) },
      'Allow',
    ],
    ['a variable without a value', { Resource: '*${aws:username}' }, {}, 'silent'],
    [
      'a variable whose value looks like a wildcard',
      { Resource: 'arn:aws:execute-api:*:*:abc/dev/GET/${aws:username}' },
      { context: () => '*' },
      'silent',
    ],
    [
      'all conditions together',
      { Condition: { StringEquals: { 'a:b': 'x', 'a:c': 'x' }, StringLike: { 'a:b': '*' } } },
      { context: () => 'x' },
      'Allow',
    ],
    [
      'one condition that fails',
      { Condition: { StringEquals: { 'a:b': 'x', 'a:c': 'y' } } },
      { context: () => 'x' },
      'silent',
    ],
    [
      'a number and a boolean without quotes',
      { Condition: { NumericEquals: { a: 5 }, Bool: { b: true } } },
      {
        context: (key) => (key === 'a' ? '5' : 'true'),
      },
      'Allow',
    ],
  ]
  for (const [name, statement, changes, effect] of cases) {
    test(`${effect}: ${name}`, () => assert.equal(evaluate([policy(statement)], request(changes)).effect, effect))
  }

  test('takes a variable for text in version 2008-10-17', () => {
    const old = policy({ Resource: 'arn:${aws:username}*' }, 'identity', '2008-10-17')
    assert.equal(evaluate([old], request({ context: () => 'aws' })).effect, 'silent')
    assert.equal(evaluate([old], request({ resource: 'arn:${aws:username}/x' })).effect, 'Allow')
  })
})

describe('a principal', () => {
  const account = 'arn:aws:iam::123456789012:root'
  const cases: [name: string, statement: object, principal: Principal, naming: string | undefined][] = [
    ['everybody', { Principal: '*' }, anonymous, 'itself'],
    ['everybody in AWS', { Principal: { AWS: '*' } }, anonymous, 'itself'],
    ['a user', { Principal: { AWS: ['arn:aws:iam::1:user/x', user.names[0]].slice(1) } }, user, 'itself'],
    ['another user', { Principal: { AWS: 'arn:aws:iam::123456789012:user/bob' } }, user, undefined],
    ['a user, to nobody', { Principal: { AWS: user.names[0] } }, anonymous, undefined],
    ['an account', { Principal: { AWS: '123456789012' } }, user, 'account'],
    ['an account by its root', { Principal: { AWS: account } }, user, 'account'],
    ['an account, to its root', { Principal: { AWS: account } }, root, 'itself'],
    ['another account', { Principal: { AWS: '999999999999' } }, user, undefined],
    ['a role', { Principal: { AWS: session.names[1] } }, session, 'role'],
    ['a session', { Principal: { AWS: session.names } }, session, 'itself'],
    ['a service', { Principal: { Service: 'apigateway.amazonaws.com' } }, service, 'itself'],
    ['another service', { Principal: { Service: 'lambda.amazonaws.com' } }, service, undefined],
    ['a service, to a user', { Principal: { Service: 'apigateway.amazonaws.com' } }, user, undefined],
    ['NotPrincipal of another', { NotPrincipal: { AWS: 'arn:aws:iam::123456789012:user/bob' } }, user, 'itself'],
    ['NotPrincipal of this', { NotPrincipal: { AWS: user.names[0] } }, user, undefined],
    ['NotPrincipal of its account', { NotPrincipal: { AWS: account } }, user, undefined],
  ]
  for (const [name, statement, principal, naming] of cases) {
    test(`${name}: ${naming}`, () => {
      const verdict = evaluate([policy(statement, 'resource')], request({ principal }))
      assert.equal(verdict.effect === 'Allow' ? verdict.naming : undefined, naming)
    })
  }

  const spared: [name: string, names: readonly string[], principal: Principal, effect: string][] = [
    ['a user and its account', [user.names[0] ?? '', account], user, 'silent'],
    ['a user without its account', [user.names[0] ?? ''], user, 'Deny'],
    ['the account alone', [account], user, 'Deny'],
    ['a session, its role and account', [...session.names, account], session, 'silent'],
    ['a role and its account', [session.names[1] ?? '', account], session, 'Deny'],
    ['the account, to its root', [account], root, 'silent'],
    ['a user, to nobody', [user.names[0] ?? '', account], anonymous, 'Deny'],
  ]
  for (const [name, names, principal, effect] of spared) {
    test(`Deny with NotPrincipal of ${name}: ${effect}`, () => {
      const denying = policy({ Effect: 'Deny', NotPrincipal: { AWS: names } }, 'resource')
      assert.equal(evaluate([denying], request({ principal })).effect, effect)
    })
  }
})

describe('evaluate', () => {
  test('finds a Deny behind what allows, in any policy', () => {
    const verdict = evaluate([policy({}), policy({ Effect: 'Deny', Sid: 'No' })], request())
    assert.equal(verdict.effect, 'Deny')
    assert.equal(verdict.effect === 'Deny' && verdict.statement.sid, 'No')
  })

  test('is silent without a policy', () => assert.equal(evaluate([], request()).effect, 'silent'))
})

describe('compilePolicy refuses', () => {
  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
  const syntax = 'Syntax errors in policy.'
  const cases: [name: string, text: string | object, message: string, place: string, kind?: PolicyKind][] = [
    ['no JSON', '{', 'This policy contains invalid Json', ''],
    ['a repeated member', '{"Statement":[],"Statement":[]}', 'This policy contains invalid Json', ''],
    ['a list', '[]', syntax, ''],
    ['no statement', {}, syntax, 'Statement[0]'],
    ['an unknown member', { Statement: statement, Extra: 1 }, syntax, 'Extra'],
    [
      'an unknown version',
      { Version: '2020-01-01', Statement: statement },
      'The policy must contain a valid version string',
      'Version',
    ],
    ['a statement that is text', { Statement: ['x'] }, syntax, 'Statement[0]'],
    [
      'an unknown member of a statement',
      { Statement: [statement, { ...statement, Extra: 1 }] },
      syntax,
      'Statement[1].Extra',
    ],
    ['an unknown effect', { Statement: { ...statement, Effect: 'allow' } }, syntax, 'Statement[0].Effect'],
    [
      'no action',
      { Statement: { Effect: 'Allow', Resource: '*' } },
      'Policy statement must contain actions.',
      'Statement[0]',
    ],
    [
      'no resource',
      { Statement: { Effect: 'Allow', Action: '*' } },
      'Policy statement must contain resources.',
      'Statement[0]',
    ],
    ['both Action and NotAction', { Statement: { ...statement, NotAction: '*' } }, syntax, 'Statement[0]'],
    ['both Resource and NotResource', { Statement: { ...statement, NotResource: '*' } }, syntax, 'Statement[0]'],
    ['an empty list', { Statement: { ...statement, Action: [] } }, syntax, 'Statement[0].Action'],
    ['an action that is an object', { Statement: { ...statement, Action: {} } }, syntax, 'Statement[0].Action'],
    [
      'an action without a service',
      { Statement: { ...statement, Action: 'Invoke' } },
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      'Statement[0].Action',
    ],
    [
      'an action with two colons',
      { Statement: { ...statement, Action: 's3:a:b' } },
      'Actions/Condition can contain only one colon.',
      'Statement[0].Action',
    ],
    [
      'a resource that is no ARN',
      { Statement: { ...statement, Resource: 'bucket' } },
      'Resource bucket must be in ARN format or "*".',
      'Statement[0].Resource',
    ],
    [
      'two statements of one name',
      {
        Statement: [
          { ...statement, Sid: 'a' },
          { ...statement, Sid: 'a' },
        ],
      },
      'Statement IDs (SID) in a single policy must be unique.',
      'Statement[1].Sid',
    ],
    ['a condition that is text', { Statement: { ...statement, Condition: 'x' } }, syntax, 'Statement[0].Condition'],
    [
      'an operator that there is not',
      { Statement: { ...statement, Condition: { StringIs: { a: 'b' } } } },
      syntax,
      'Statement[0].Condition.StringIs.a',
    ],
    [
      'a condition on null',
      { Statement: { ...statement, Condition: { StringLike: { a: null } } } },
      syntax,
      'Statement[0].Condition.StringLike.a',
    ],
    [
      'a condition without values',
      { Statement: { ...statement, Condition: { StringNotLike: { a: [] } } } },
      syntax,
      'Statement[0].Condition.StringNotLike.a',
    ],
    [
      'a principal in a policy of an identity',
      { Statement: { ...statement, Principal: '*' } },
      'Policy document should not specify a principal.',
      'Statement[0].Principal',
    ],
    ['no principal', { Statement: statement }, 'Missing required field Principal', 'Statement[0]', 'resource'],
    [
      'a principal that is text',
      { Statement: { ...statement, Principal: 'me' } },
      syntax,
      'Statement[0].Principal',
      'resource',
    ],
    [
      'an unknown type of principal',
      { Statement: { ...statement, Principal: { Who: 'me' } } },
      syntax,
      'Statement[0].Principal.Who',
      'resource',
    ],
    [
      'a principal that cannot be one',
      { Statement: { ...statement, Principal: { AWS: 'arn:aws:iam::123456789012:user/*' } } },
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*"',
      'Statement[0].Principal.AWS',
      'resource',
    ],
    [
      'a resource in a trust policy',
      { Statement: { ...statement, Principal: '*' } },
      'Has prohibited field Resource',
      'Statement[0]',
      'trust',
    ],
  ]
  for (const [name, text, message, place, kind = 'identity'] of cases) {
    test(name, () => {
      const written = typeof text === 'string' ? text : JSON.stringify(text)
      assert.throws(() => compilePolicy(written, kind), { name: 'PolicyError', message, place })
    })
  }
})
