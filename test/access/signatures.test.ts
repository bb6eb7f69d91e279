import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Gatehouse } from '../gatehouse.ts'
import { connectIam, connectSts, type Key, keyOf, trusting } from '../iam/clients.ts'
import { callByBoto } from './signed/boto.ts'
import { type Answer, type Call, type SentRequest, send, signBySdk } from './signed/call.ts'
import { createCallers } from './signed/callers.ts'
import { awsIam, deployDocument, documentOf } from './signed/guarded-api.ts'
import { clientsBy, owner, startWithTwoAccounts } from './signed/two-accounts.ts'

const minute = 60_000

describe('a signed call over a real connection', () => {
  let gatehouse: Gatehouse
  let host: string
  let user: Key
  let session: Key
  before(async () => {
    gatehouse = await startWithTwoAccounts()
    const callers = await createCallers(gatehouse.url, owner, 'Allow')
    ;({ user, session } = callers)
    const security = [{ signed: [] }]
    const paths = { '/{proxy+}': { security, template: '$context.identity.accessKey' } }
    const { apigateway } = clientsBy(owner.rootKey, gatehouse.url)
    host = `${await deployDocument(apigateway, documentOf(paths, { signed: awsIam }))}.execute-api.localhost`
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  const call = (more: Partial<Call> = {}): Call => ({
    gateway: gatehouse.url,
    host,
    path: '/dev/pets',
    key: user,
    ...more,
  })
  const json = { 'content-type': 'application/json' }
  const withBody = (more: Partial<Call> = {}) =>
    call({ method: 'POST', body: '{"name": "Käthe"}', headers: json, ...more })

  const forms: readonly (readonly [name: string, more: () => Partial<Call>])[] = [
    ['a GET', () => ({})],
    ['a query', () => ({ query: { b: '2', a: '1 +/=&', 'a b': 'ü' } })],
    ['a path of encoded characters', () => ({ path: '/dev/a%20b/%40home/%C3%BC' })],
    ['a path of empty parts', () => ({ path: '/dev/a//b/' })],
    ['a body', () => ({ method: 'POST', body: '{"name": "Käthe"}', headers: json })],
    ['a header of several words', () => ({ headers: { 'x-custom': 'a   b  c' } })],
    ['the credentials of a session', () => ({ key: session })],
    ['a URL that holds for a minute', () => ({ expiresSeconds: 60, query: { a: '1' } })],
    ['a URL by a session', () => ({ expiresSeconds: 604_800, key: session })],
  ]
  for (const [name, more] of forms) {
    test(`holds for ${name}`, async () => {
      const made = call(more())
      assert.deepEqual(await send(await signBySdk(made)), { status: 200, errorType: '', body: made.key?.accessKeyId })
    })
  }

  test('holds for all of these by botocore, too', async () => {
    const made = forms.map(([, more]) => call(more()))
    const expected = made.map(({ key }) => ({ status: 200, errorType: '', body: key?.accessKeyId }))
    assert.deepEqual(await callByBoto(made), expected)
  })

  test('holds for a body that is sent in chunks', async () => {
    const { headers, ...signed } = await signBySdk(withBody())
    assert.equal((await send({ ...signed, headers: { ...headers, 'transfer-encoding': 'chunked' } })).status, 200)
  })

  test('holds again within its time, and for nothing else', async () => {
    const signed = await signBySdk(withBody({ query: { a: '1' } }))
    assert.equal((await send(signed)).status, 200)
    assert.equal((await send(signed)).status, 200)
    const header = (name: string, value: string) => ({ ...signed, headers: { ...signed.headers, [name]: value } })
    const forged: readonly SentRequest[] = [
      { ...signed, method: 'PUT' },
      { ...signed, target: '/dev/pets?a=2' },
      { ...signed, target: '/dev/pets?a=1&b=1' },
      { ...signed, target: '/dev/dogs?a=1' },
      { ...signed, body: '{"name": "Kathe"}' },
      { ...signed, body: '' },
      header('x-amz-date', amzDate(Date.now() + 1000)),
      header('x-amz-content-sha256', hash('sha256', '')),
      header('content-type', 'text/plain'),
    ]
    for (const one of forged) assert.deepEqual(errorOf(await send(one)), [403, 'InvalidSignatureException'])
    assert.equal((await send(header('user-agent', 'not signed'))).status, 200)
  })

  const skews: readonly (readonly [name: string, ms: number, status: number, told: RegExp])[] = [
    ['a clock that is 4 minutes slow', -4 * minute, 200, /^AKIA/],
    ['a clock that is 4 minutes fast', 4 * minute, 200, /^AKIA/],
    ['a replay after 5 minutes', -5 * minute - 1000, 403, /Signature expired: \d{8}T\d{6}Z is now earlier than/],
    ['a signature of the future', 6 * minute, 403, /Signature not yet current: \d{8}T\d{6}Z is still later than/],
    ['a signature of yesterday', -24 * 60 * minute, 403, /Signature expired/],
  ]
  for (const [name, ms, status, told] of skews) {
    test(`of ${name}: ${status}`, async () => {
      const answer = await send(await signBySdk(call(), new Date(Date.now() + ms)))
      assert.equal(answer.status, status)
      assert.match(answer.body, told)
      if (status === 403) assert.equal(answer.errorType, 'InvalidSignatureException')
    })
  }

  test('in a URL ends when it says', async () => {
    const at = (ms: number) => new Date(Date.now() + ms)
    assert.equal((await send(await signBySdk(call({ expiresSeconds: 600 }), at(-9 * minute)))).status, 200)
    const late = await send(await signBySdk(call({ expiresSeconds: 600 }), at(-11 * minute)))
    assert.deepEqual(errorOf(late), [403, 'InvalidSignatureException'])
    assert.match(late.body, /Signature expired.* - 600 sec\.\)/)
    const signed = await signBySdk(call({ expiresSeconds: 60 }))
    const longer = { ...signed, target: signed.target.replace('X-Amz-Expires=60', 'X-Amz-Expires=600') }
    assert.deepEqual(errorOf(await send(longer)), [403, 'InvalidSignatureException'])
    const forever = { ...signed, target: signed.target.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801') }
    assert.deepEqual(errorOf(await send(forever)), [403, 'IncompleteSignatureException'])
  })

  test('that lacks something is told what', async () => {
    const signed = await signBySdk(withBody({ headers: { ...json, 'x-amz-target': 'Pets.Add' } }))
    const authorization = signed.headers['authorization'] ?? ''
    const changed = (text: string) => ({ ...signed, headers: { ...signed.headers, authorization: text } })
    const cases: readonly (readonly [text: string, told: RegExp])[] = [
      [authorization.replace(';x-amz-target', ''), /'x-amz-target' must be a 'SignedHeader'/],
      [authorization.replace('host;', ''), /'Host' or ':authority' must be a 'SignedHeader'/],
      [authorization.replace(/, Signature=.*/, ''), /Authorization header requires 'Signature' parameter/],
      [
        authorization.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'),
        /Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'/,
      ],
      ['Bearer abc', /Invalid key=value pair \(missing equal-sign\)/],
    ]
    for (const [text, told] of cases) {
      const answer = await send(changed(text))
      assert.deepEqual(errorOf(answer), [403, 'IncompleteSignatureException'])
      assert.match(answer.body, told)
    }
    const { authorization: _, ...unsigned } = signed.headers
    assert.deepEqual(errorOf(await send({ ...signed, headers: unsigned })), [
      403,
      'MissingAuthenticationTokenException',
    ])
  })

  test('of another service, region or secret is refused', async () => {
    const signed = await signBySdk(call())
    for (const [from, to] of [
      ['/execute-api/', '/lambda/'],
      ['/us-east-1/', '/eu-west-1/'],
    ] as const) {
      const authorization = (signed.headers['authorization'] ?? '').replace(from, to)
      const answer = await send({ ...signed, headers: { ...signed.headers, authorization } })
      assert.deepEqual(errorOf(answer), [403, 'InvalidSignatureException'])
      assert.match(answer.body, /Credential should be scoped to/)
    }
    const wrong = { ...user, secretAccessKey: `${user.secretAccessKey}x` }
    assert.deepEqual(errorOf(await send(await signBySdk(call({ key: wrong })))), [403, 'InvalidSignatureException'])
    const nobody = { ...user, accessKeyId: 'AKIANOBODYHASTHISKEY' }
    assert.deepEqual(errorOf(await send(await signBySdk(call({ key: nobody })))), [403, 'UnrecognizedClientException'])
  })

  test('does not hold for a body that is declared as unsigned, as signed in pieces, or as another', async () => {
    const another = hash('sha256', 'another body')
    const pieces = ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']
    const calls = ['UNSIGNED-PAYLOAD', ...pieces, another].map((declared) =>
      withBody({ headers: { ...json, 'x-amz-content-sha256': declared } }),
    )
    const answers = [...(await callByBoto(calls))]
    for (const made of calls) answers.push(await send(await signBySdk(made)))
    for (const answer of answers) assert.deepEqual(errorOf(answer), [403, 'InvalidSignatureException'])
  })

  test('of a session needs its own token, and its role', async () => {
    const { sessionToken = '', ...withoutToken } = session
    const iam = connectIam(gatehouse.url, owner.rootKey)
    const role = { RoleName: 'short-lived' }
    const { Role } = await iam.createRole({ ...role, AssumeRolePolicyDocument: trusting({ AWS: owner.account }) })
    const assumed = { RoleArn: Role?.Arn, RoleSessionName: 'tour' }
    const other = keyOf((await connectSts(gatehouse.url, owner.rootKey).assumeRole(assumed)).Credentials)
    const unknown = [403, 'UnrecognizedClientException']
    for (const key of [
      withoutToken,
      { ...session, sessionToken: sessionToken.slice(1) },
      { ...session, sessionToken: other.sessionToken ?? '' },
      { ...user, sessionToken },
    ]) {
      assert.deepEqual(errorOf(await send(await signBySdk(call({ key })))), unknown)
      assert.deepEqual(errorOf(await send(await signBySdk(call({ key, expiresSeconds: 60 })))), unknown)
    }
    assert.deepEqual(errorOf(await send(await signBySdk(call({ key: other })))), [403, 'AccessDeniedException'])
    await iam.deleteRole(role)
    assert.deepEqual(errorOf(await send(await signBySdk(call({ key: other })))), unknown)
  })
})

function errorOf({ status, errorType }: Answer): [number, string] {
  return [status, errorType]
}

function amzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[:-]|\.\d{3}/g, '')
}
