import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { alice, aliceKey } from '../../../identity/alice.ts'
import { compilePolicy, type Policy } from '../../../policy/policy.ts'
import { signRequest } from '../../../sigv4/sign-request.ts'
import type { AccessKey, Principal, Session } from '../../../snapshot/identity.ts'
import { deployed, invocation } from '../../fixtures.ts'
import { type Identities, identities } from '../../identity/identities.ts'
import type { Invocation } from '../../invocation.ts'
import { authorizeByIam } from './authorize-by-iam.ts'
import { callSignatures } from './call-signatures.ts'

const now = invocation().receivedAt
const host = 'abc123.execute-api.us-east-1.amazonaws.com'
const api = 'arn:aws:execute-api:us-east-1:123456789012:abc123'

function statement(effect: 'Allow' | 'Deny', resource: string, more: object = {}): string {
  const Statement = { Effect: effect, Action: 'execute-api:Invoke', Resource: resource, ...more }
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

function user(documents: readonly string[], changes: Partial<Principal> = {}): Principal {
  return { ...alice(...documents), tags: { Team: 'pets' }, ...changes }
}

const key = aliceKey
const role = user([statement('Allow', `${api}/*`)], {
  kind: 'role',
  id: 'AROAOPS',
  name: 'ops',
  arn: 'arn:aws:iam::123456789012:role/ops',
})
const session: Session = {
  token: 'session-token',
  issuedAt: now - 60_000,
  expiresAt: now + 60_000,
  arn: 'arn:aws:sts::123456789012:assumed-role/ops/bob',
  userId: 'AROAOPS:bob',
  policies: [],
  tags: {},
}
const temporary: AccessKey = { accessKeyId: 'ASIDBOB', secretAccessKey: 'bob-secret', principalId: 'AROAOPS', session }

function known(principal: Principal, accessKey: AccessKey = key): Identities {
  const all = identities()
  const principalChange = { kind: 'principal', id: principal.id, principal } as const
  all.publish([principalChange, { kind: 'access-key', id: accessKey.accessKeyId, accessKey }])
  return all
}

interface Call {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signedAt?: number
  readonly region?: string
  readonly service?: string
}

/** A call as its caller sends it, signed. */
function signed(call: Call = {}, { accessKeyId, secretAccessKey, session: own }: AccessKey = key): Invocation {
  const { method = 'GET', path = '/pets/1', query = '', body = '', signedAt = now } = call
  const { region = 'us-east-1', service = 'execute-api' } = call
  const url = new URL(`https://${host}/dev${path}${query && `?${query}`}`)
  const credentials = { accessKeyId, secretAccessKey, ...(own && { sessionToken: own.token }) }
  const sent = signRequest(
    { method, url, body, ...(call.headers && { headers: call.headers }) },
    { credentials, region, service, date: new Date(signedAt) },
  )
  return invocation({ method, path, query, body, headers: Object.entries(sent).flat() })
}

/** Lets a call through the step. @returns What the backend is called with. */
async function admitted(call: Invocation, from: Identities, resourcePolicy?: Policy): Promise<Invocation> {
  const place = deployed({})
  const method = { ...place, method: { ...place.method, authorizer: { type: 'AWS_IAM' as const } } }
  const seen: Invocation[] = []
  const step = authorizeByIam(callSignatures({ identities: from, now: () => now }), resourcePolicy)
  const handler = step(method, (passed) => {
    seen.push(passed)
    return { status: 200, headers: [], body: '' }
  })
  await handler(call)
  assert.ok(seen[0])
  return seen[0]
}

/** The same where the step throws at once. */
function refused(call: Invocation, from: Identities, expected: object, resourcePolicy?: Policy) {
  return assert.rejects(async () => admitted(call, from, resourcePolicy), expected)
}

const allowAll = statement('Allow', `${api}/*`)
const denied = (
  who: string,
  why: string,
  arn = 'arn:aws:execute-api:us-east-1:********9012:abc123/dev/GET/pets/1',
) => ({
  type: 'ACCESS_DENIED',
  status: 403,
  message: `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${arn} ${why}`,
})

describe('AWS_IAM', () => {
  test('lets in who may invoke the method, and tells who it is', async () => {
    const { caller } = await admitted(signed({ query: 'a=1' }), known(user([allowAll])))
    assert.deepEqual(
      [caller?.account, caller?.arn, caller?.userId, caller?.accessKeyId],
      ['123456789012', 'arn:aws:iam::123456789012:user/alice', 'AIDAALICE', 'AKIDALICE'],
    )
  })

  test('hands on the body that was signed', async () => {
    const { request } = await admitted(signed({ method: 'POST', body: '{"a":1}' }), known(user([allowAll])))
    assert.equal(String(await request.body.read()), '{"a":1}')
  })

  test('lets in a session', async () => {
    const { caller } = await admitted(signed({}, temporary), known(role, temporary))
    assert.deepEqual([caller?.arn, caller?.userId], [session.arn, session.userId])
  })

  test('lets in a root without policies', async () => {
    const root = user([], { kind: 'root', id: '123456789012', name: '', arn: 'arn:aws:iam::123456789012:root' })
    await admitted(signed(), known(root, { ...key, principalId: '123456789012' }))
  })

  const alice = 'arn:aws:iam::123456789012:user/alice'
  const silent = 'because no identity-based policy allows the execute-api:Invoke action'
  const policies: [name: string, principal: Principal, expected: object][] = [
    ['without a policy', user([]), denied(alice, silent)],
    ['for another method', user([statement('Allow', `${api}/dev/POST/*`)]), denied(alice, silent)],
    ['for another stage', user([statement('Allow', `${api}/prod/*`)]), denied(alice, silent)],
    ['for another API', user([statement('Allow', `${api}x/*`)]), denied(alice, silent)],
    [
      'that a policy denies',
      user([allowAll, statement('Deny', `${api}/dev/GET/*`)]),
      denied(alice, 'with an explicit deny in an identity-based policy'),
    ],
    [
      'beyond a boundary',
      user([allowAll], { permissionsBoundary: { name: 'b', document: statement('Allow', `${api}/prod/*`) } }),
      denied(alice, 'because no permissions boundary allows the execute-api:Invoke action'),
    ],
    [
      'whose policy cannot be read',
      user([allowAll, '{']),
      denied(alice, 'with an explicit deny in an identity-based policy'),
    ],
    [
      'from another address',
      user([statement('Allow', `${api}/*`, { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })]),
      denied(alice, silent),
    ],
    [
      'of another team',
      user([statement('Allow', `${api}/*`, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'cats' } } })]),
      denied(alice, silent),
    ],
  ]
  for (const [name, principal, expected] of policies) {
    test(`refuses a caller ${name}`, () => refused(signed(), known(principal), expected))
  }

  const conditions: [name: string, condition: object][] = [
    ['the address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['a tag', { StringEquals: { 'aws:PrincipalTag/Team': 'pets' } }],
    [
      'the name',
      { StringEquals: { 'aws:username': 'alice' }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
    ],
    ['the account and type', { StringEquals: { 'aws:PrincipalAccount': '123456789012', 'aws:PrincipalType': 'User' } }],
    ['the browser', { StringLike: { 'aws:UserAgent': 'curl/*' }, Null: { 'aws:Referer': 'true' } }],
    [
      'the time',
      { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' }, NumericGreaterThan: { 'aws:EpochTime': '1' } },
    ],
    ['the transport', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['the region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }],
  ]
  for (const [name, Condition] of conditions) {
    test(`knows ${name} for conditions`, async () => {
      await admitted(
        signed({ headers: { 'User-Agent': 'curl/8' } }),
        known(user([statement('Allow', `${api}/*`, { Condition })])),
      )
    })
  }

  test('limits a session by its own policies', async () => {
    const limited = { ...temporary, session: { ...session, policies: [statement('Allow', `${api}/prod/*`)] } }
    const why = 'because no session policy allows the execute-api:Invoke action'
    await refused(signed({}, limited), known(role, limited), denied(session.arn, why))
  })

  test('follows a change of policies at once', async () => {
    const all = known(user([allowAll]))
    await admitted(signed(), all)
    all.publish([{ kind: 'principal', id: 'AIDAALICE', principal: user([]) }])
    await refused(signed(), all, denied(alice, silent))
  })

  test('leaves methods of other types alone', () => {
    const next = () => ({ status: 200, headers: [], body: '' })
    const step = authorizeByIam(callSignatures({ identities: identities(), now: () => now }), undefined)
    assert.equal(step(deployed({}), next), next)
  })
})

describe('AWS_IAM under a resource policy', () => {
  const policy = (effect: 'Allow' | 'Deny', principal: unknown, action = 'execute-api:Invoke') =>
    compilePolicy(statement(effect, `${api}/*`, { Principal: principal, Action: action }), 'resource')
  const alice = 'arn:aws:iam::123456789012:user/alice'
  const guest = user([allowAll], { account: '999999999999', arn: 'arn:aws:iam::999999999999:user/guest' })

  test('lets in a user whom it names, without a policy of their own', async () => {
    await admitted(signed(), known(user([])), policy('Allow', { AWS: alice }))
  })
  test('lets in by a policy of their own, where it is silent', async () => {
    await admitted(signed(), known(user([allowAll])), policy('Allow', '*', 's3:GetObject'))
  })
  test('refuses whom it denies', () =>
    refused(
      signed(),
      known(user([allowAll])),
      denied(alice, 'with an explicit deny in a resource-based policy'),
      policy('Deny', '*'),
    ))
  test('lets in another account whose user both sides allow', async () => {
    await admitted(signed(), known(guest), policy('Allow', { AWS: '999999999999' }))
  })
  test('refuses another account where it is silent, and where there is none', async () => {
    const expected = denied(guest.arn, 'because no resource-based policy allows the execute-api:Invoke action')
    await refused(signed(), known(guest), expected, policy('Allow', '*', 's3:GetObject'))
    await refused(signed(), known(guest), expected)
  })
  test('refuses another account without a policy of its own', () => {
    const expected = denied(guest.arn, 'because no identity-based policy allows the execute-api:Invoke action')
    return refused(signed(), known({ ...guest, policies: [] }), expected, policy('Allow', '*'))
  })
})

describe('AWS_IAM refuses', () => {
  const all = known(user([allowAll]))
  const cases: [name: string, call: Invocation, from: Identities, expected: object][] = [
    [
      'a call without a signature',
      invocation(),
      all,
      { type: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' },
    ],
    ['any call without identities', signed(), identities(), { status: 403, errorType: 'UnrecognizedClientException' }],
    [
      'a bearer token',
      invocation({ headers: ['Authorization', 'Bearer abc'] }),
      all,
      { type: 'DEFAULT_4XX', status: 403, errorType: 'IncompleteSignatureException' },
    ],
    [
      'another secret',
      signed({}, { ...key, secretAccessKey: 'guessed' }),
      all,
      { type: 'INVALID_SIGNATURE', status: 403, errorType: 'InvalidSignatureException' },
    ],
    [
      'an old signature',
      signed({ signedAt: now - 301_000 }),
      all,
      { type: 'DEFAULT_4XX', status: 403, errorType: 'InvalidSignatureException', message: /^Signature expired: / },
    ],
    ['a signature for another region', signed({ region: 'eu-west-1' }), all, { type: 'INVALID_SIGNATURE' }],
    ['a signature for another service', signed({ service: 'lambda' }), all, { type: 'INVALID_SIGNATURE' }],
    [
      'a session that has ended',
      signed({}, temporary),
      known(role, { ...temporary, session: { ...session, expiresAt: now } }),
      { type: 'EXPIRED_TOKEN', status: 403, message: 'The security token included in the request is expired' },
    ],
    [
      'a session without its token',
      signed({}, { accessKeyId: 'ASIDBOB', secretAccessKey: 'bob-secret', principalId: 'AROAOPS' }),
      known(role, temporary),
      { errorType: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' },
    ],
    ['a method ARN that is too long', signed({ path: `/${'x'.repeat(1600)}` }), all, { status: 414 }],
  ]
  for (const [name, call, from, expected] of cases) test(name, () => refused(call, from, expected))

  test('a body that was not signed', async () => {
    const call = signed({ method: 'POST', body: 'a' })
    const forged = invocation({ method: 'POST', body: 'b', headers: call.request.headers.raw })
    await refused(forged, all, { type: 'INVALID_SIGNATURE' })
  })

  test('a verb other than the one that was signed', async () => {
    const call = signed()
    await refused({ ...call, request: { ...call.request, sentMethod: 'POST' } }, all, { type: 'INVALID_SIGNATURE' })
  })

  test('with nothing of the request in the log', async () => {
    const call = signed({}, { ...temporary, secretAccessKey: 'guessed' })
    await assert.rejects(
      async () => admitted(call, known(role, temporary)),
      (error: { message: string; detail: string }) =>
        error.message.includes('session-token') && !error.detail.includes('session-token'),
    )
  })
})
