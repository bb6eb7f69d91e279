import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RoleSession } from '../../identity/role-session.ts'
import type { AccessKey, IdentityChange, Principal } from '../../snapshot/identity.ts'
import { identities } from '../identity/identities.ts'
import { backendCredentials } from './backend-credentials.ts'

const account = '123456789012'
const roleArn = `arn:aws:iam::${account}:role/invoker`
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:f`
const source = { account, arn: `arn:aws:execute-api:us-east-1:${account}:abc123/dev/GET/` }

const trusting = (Condition?: object, Service = 'apigateway.amazonaws.com') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) },
  })
const saying = (Effect: string, Action: string, Condition?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect, Action, Resource: '*', ...(Condition && { Condition }) },
  })

function role(changes: Partial<Principal> = {}): Principal {
  const policies = [{ name: 'p', document: saying('Allow', 'lambda:InvokeFunction') }]
  const plain = { kind: 'role', id: 'AROA1', arn: roleArn, account, name: 'invoker', tags: {} } as const
  return { ...plain, policies, trustPolicy: trusting(), ...changes }
}

function change(principal: Principal): IdentityChange {
  return { kind: 'principal', id: principal.id, principal }
}

function setUp(...principals: readonly Principal[]) {
  const known = identities()
  known.publish(principals.map(change))
  const clock = { nowMs: Date.UTC(2026, 10, 21) }
  const opened: PromiseWithResolvers<RoleSession | undefined>[] = []
  const access = backendCredentials({
    identities: known,
    now: () => clock.nowMs,
    openRoleSession: () => {
      const opening = Promise.withResolvers<RoleSession | undefined>()
      opened.push(opening)
      return opening.promise
    },
  })
  return { known, access, clock, opened }
}

describe('a role is assumed', () => {
  test('under the names of its session and its own', () => {
    const caller = setUp(role()).access.assume(roleArn, source)
    const session = `arn:aws:sts::${account}:assumed-role/invoker/BackplaneAssumeRoleSession`
    assert.deepEqual(caller?.principal, { type: 'AWS', account, names: [session, roleArn] })
    assert.deepEqual([caller?.arn, caller?.userId], [session, 'AROA1:BackplaneAssumeRoleSession'])
  })

  const foreign = roleArn.replace(account, '210987654321')
  const outcomes: [name: string, principals: Principal[], arn: string, assumed: boolean][] = [
    ['that trusts the service', [role()], roleArn, true],
    ['that trusts this API', [role({ trustPolicy: trusting(like('*:abc123/*')) })], roleArn, true],
    ['of the account', [role({ trustPolicy: trusting(equals('aws:SourceAccount', account)) })], roleArn, true],
    ['that trusts another API', [role({ trustPolicy: trusting(like('*:other/*')) })], roleArn, false],
    [
      'that trusts another service',
      [role({ trustPolicy: trusting(undefined, 'lambda.amazonaws.com') })],
      roleArn,
      false,
    ],
    ['without a trust policy', [omitTrust(role())], roleArn, false],
    ['whose trust policy is none', [role({ trustPolicy: '{}' })], roleArn, false],
    ['of another account', [role({ arn: foreign, account: '210987654321' })], foreign, false],
    ['that is not there', [], roleArn, false],
    ['that is a user', [role({ kind: 'user' })], roleArn, false],
  ]
  for (const [name, principals, arn, assumed] of outcomes) {
    test(`${assumed ? '' : 'never: one '}${name}`, async () => {
      const { access, opened } = setUp(...principals)
      assert.equal(access.assume(arn, source) !== undefined, assumed)
      const session = access.openSession(arn, source)
      if (assumed) opened[0]?.resolve(undefined)
      assert.equal(await session, undefined)
      assert.equal(opened.length, assumed ? 1 : 0)
    })
  }

  test('as it is now', () => {
    const { known, access } = setUp(role())
    known.publish([change(role({ trustPolicy: trusting(undefined, 'lambda.amazonaws.com') }))])
    assert.equal(access.assume(roleArn, source), undefined)
    known.publish([change(role())])
    assert.ok(access.assume(roleArn, source))
    known.publish([{ kind: 'principal', id: 'AROA1' }])
    assert.equal(access.assume(roleArn, source), undefined)
  })

  function like(ArnLike: string) {
    return { ArnLike: { 'aws:SourceArn': `arn:aws:execute-api:*:${ArnLike}` } }
  }

  function equals(key: string, value: string) {
    return { StringEquals: { [key]: value } }
  }

  function omitTrust({ trustPolicy: _, ...rest }: Principal): Principal {
    return rest
  }
})

describe('an invocation is asked of', () => {
  const verdict = (changes: Partial<Principal>) => {
    const { access } = setUp(role(changes))
    const caller = access.assume(roleArn, source) ?? assert.fail('not assumed')
    return access.invoking(caller, functionArn).own
  }
  const policies = (document: string) => ({ policies: [{ name: 'p', document }] })
  const boundary = (document: string) => ({ permissionsBoundary: { name: 'b', document } })

  for (const [name, changes, own] of [
    ['a policy that allows it', {}, { silent: [] }],
    ['one that says nothing', policies(saying('Allow', 's3:*')), { silent: ['identity-based policy'] }],
    ['one that denies it', policies(saying('Deny', 'lambda:*')), { denying: 'identity-based policy', silent: [] }],
    ['a boundary', boundary(saying('Allow', 's3:*')), { silent: ['permissions boundary'] }],
    [
      'a policy of a region',
      policies(saying('Allow', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })),
      { silent: ['identity-based policy'] },
    ],
    [
      'a policy of a time',
      policies(saying('Allow', '*', { DateLessThan: { 'aws:CurrentTime': '2026-11-22T00:00:00Z' } })),
      { silent: [] },
    ],
  ] as const) {
    test(name, () => assert.deepEqual(verdict(changes), own))
  }
})

describe('a session of a role', () => {
  const session = (accessKeyId: string, expiresAt: number): RoleSession => ({
    credentials: { accessKeyId, secretAccessKey: 's', sessionToken: 't' },
    expiresAt,
  })

  test('is opened once for calls that come together, and used until five minutes before its end', async () => {
    const { access, clock, opened } = setUp(role())
    const together = [access.openSession(roleArn, source), access.openSession(roleArn, source)]
    await Promise.resolve()
    opened[0]?.resolve(session('ASIA1', clock.nowMs + 3_600_000))
    const [one, other] = await Promise.all(together)
    assert.equal(one?.accessKeyId, 'ASIA1')
    assert.equal(other, one)
    clock.nowMs += 3_299_999
    assert.equal(await access.openSession(roleArn, source), one)
    clock.nowMs++
    const next = access.openSession(roleArn, source)
    opened[1]?.resolve(session('ASIA2', clock.nowMs + 3_600_000))
    assert.equal((await next)?.accessKeyId, 'ASIA2')
    assert.equal(opened.length, 2)
  })

  test('that could not be opened is tried again', async () => {
    const { access, clock, opened } = setUp(role())
    const failing = access.openSession(roleArn, source)
    opened[0]?.reject(new Error('The main thread is gone'))
    await assert.rejects(failing, /gone/)
    const refused = access.openSession(roleArn, source)
    opened[1]?.resolve(undefined)
    assert.equal(await refused, undefined)
    const later = access.openSession(roleArn, source)
    opened[2]?.resolve(session('ASIA3', clock.nowMs + 3_600_000))
    assert.equal((await later)?.accessKeyId, 'ASIA3')
  })

  test('is of that role, and not of one that had its name', async () => {
    const { known, access, clock, opened } = setUp(role())
    const first = access.openSession(roleArn, source)
    opened[0]?.resolve(session('ASIA1', clock.nowMs + 3_600_000))
    await first
    known.publish([change(role({ id: 'AROA2' })), { kind: 'principal', id: 'AROA1' }])
    const second = access.openSession(roleArn, source)
    opened[1]?.resolve(session('ASIA2', clock.nowMs + 3_600_000))
    assert.equal((await second)?.accessKeyId, 'ASIA2')
  })
})

test("a caller's key is found while it is there, with the token of a session", () => {
  const { known, access } = setUp(role())
  const alice = role({ kind: 'user', id: 'AIDA1', arn: `arn:aws:iam::${account}:user/alice` })
  const accessKey: AccessKey = { accessKeyId: 'AKIA1', secretAccessKey: 'secret', principalId: 'AIDA1' }
  const session = {
    token: 'token',
    issuedAt: 0,
    expiresAt: 1,
    arn: alice.arn,
    userId: 'AIDA1',
    policies: [],
    tags: {},
  }
  const temporary = { ...accessKey, accessKeyId: 'ASIA1', session }
  const keys = [accessKey, temporary].map(
    (key) => ({ kind: 'access-key', id: key.accessKeyId, accessKey: key }) as const,
  )
  known.publish([change(alice), ...keys])
  const caller = access.assume(roleArn, source) ?? assert.fail('not assumed')
  const own = access.keyOf({ ...caller, accessKeyId: 'AKIA1' })
  assert.deepEqual(own, { accessKeyId: 'AKIA1', secretAccessKey: 'secret' })
  assert.equal(access.keyOf({ ...caller, accessKeyId: 'AKIA1' }), own)
  assert.deepEqual(access.keyOf({ ...caller, accessKeyId: 'ASIA1' }), {
    accessKeyId: 'ASIA1',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  })
  known.publish([{ kind: 'access-key', id: 'AKIA1' }])
  assert.equal(access.keyOf({ ...caller, accessKeyId: 'AKIA1' }), undefined)
})
