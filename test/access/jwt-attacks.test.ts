import assert from 'node:assert/strict'
import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { connect } from '../management/client.ts'
import { type Answer, send } from './signed/call.ts'
import { deployDocument, documentOf, scheme } from './signed/guarded-api.ts'

const seconds = Math.floor(Date.now() / 1000)
const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength })
const [ours, second, weak, theirs] = [rsa(), rsa(), rsa(1024), rsa()]
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = (key: KeyObject, more: object) => ({ ...key.export({ format: 'jwk' }), use: 'sig', ...more })
/** What the issuer publishes. */
const published = [
  jwk(ours.publicKey, { kid: 'k1', alg: 'RS256' }),
  jwk(second.publicKey, { kid: 'twice' }),
  jwk(ours.publicKey, { kid: 'twice' }),
  jwk(second.publicKey, { kid: 'encrypts', use: 'enc' }),
  jwk(second.publicKey, { kid: 'longer', alg: 'RS512' }),
  jwk(weak.publicKey, { kid: 'weak', alg: 'RS256' }),
  jwk(curve.publicKey, { kid: 'curve' }),
  { kty: 'oct', kid: 'shared', k: Buffer.from('secret').toString('base64url') },
]

const arn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_people'
const base64url = (value: string | Buffer) => Buffer.from(value).toString('base64url')
const json = (value: object) => base64url(JSON.stringify(value))
const rs256 = (key: KeyObject) => (text: string) => sign('sha256', Buffer.from(text), key)
const hmac = (secret: string | Buffer) => (text: string) => createHmac('sha256', secret).update(text).digest()
const nothing = () => Buffer.alloc(0)
const der = ours.publicKey.export({ type: 'spki', format: 'der' })
const pem = ours.publicKey.export({ type: 'spki', format: 'pem' })
const pkcs1 = ours.publicKey.export({ type: 'pkcs1', format: 'pem' })

describe('tokens that attackers make', () => {
  let gatehouse: Gatehouse
  let issuer = ''
  let server: Server
  let host = ''
  const asked: string[] = []
  before(async () => {
    server = createServer(({ url = '' }, response) => {
      asked.push(url)
      response.end(
        JSON.stringify(url === '/keys' ? { keys: published } : { keys: [jwk(theirs.publicKey, { kid: 'own' })] }),
      )
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const file = join(await temporaryFolder(), 'gatehouse.json')
    await writeFile(file, JSON.stringify({ userPools: [{ arn, issuer, jwksUri: `${issuer}/keys` }] }))
    gatehouse = await startGatehouse({ args: ['--config', file] })
    const pool = scheme('cognito_user_pools', { type: 'cognito_user_pools', providerARNs: [arn] })
    const paths = {
      '/': { security: [{ pool: [] }], template: '$context.authorizer.claims.sub' },
      '/scoped': { security: [{ pool: ['pets/read'] }], template: '$context.authorizer.claims.sub' },
    }
    host = `${await deployDocument(connect(gatehouse.url), documentOf(paths, { pool }))}.execute-api.localhost`
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    server.closeAllConnections()
    server.close()
  })

  const goodHeader = { alg: 'RS256', kid: 'k1', typ: 'JWT' }
  const goodClaims = () => ({ iss: issuer, sub: 'ada', aud: 'app', token_use: 'id', exp: seconds + 3600, iat: seconds })
  /** A token of texts as they are. */
  const made = (header: string, claims: string, signature: (text: string) => Buffer = rs256(ours.privateKey)) => {
    const text = `${header}.${claims}`
    return `${text}.${base64url(signature(text))}`
  }
  const token = (header: object = {}, claims: object = {}, signature?: (text: string) => Buffer) =>
    made(json({ ...goodHeader, ...header }), json({ ...goodClaims(), ...claims }), signature)
  const headed = (header: string) => made(base64url(header), json(goodClaims()))
  const claiming = (claims: string) => made(json(goodHeader), base64url(claims))
  const withTail = (tail: string) => JSON.stringify(goodClaims()).slice(0, -1) + tail
  const parts = () => token().split('.')
  const changedSignature = (change: (signature: Buffer) => Buffer) =>
    token({}, {}, (text) => change(rs256(ours.privateKey)(text)))
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

  const call = (authorization: string, path = ''): Promise<Answer> => {
    const headers = { Host: host, Authorization: authorization }
    return send({ gateway: gatehouse.url, method: 'GET', target: `/dev${path}`, headers, body: '' })
  }

  test('are no tokens that the issuer made', async () => {
    for (const authorization of [
      token(),
      `Bearer ${token()}`,
      token({ typ: undefined }),
      token({ kid: 'k1', zip: 'DEF' }),
    ]) {
      assert.deepEqual(await call(authorization), { status: 200, errorType: '', body: 'ada' })
    }
  })

  const forged: readonly (readonly [name: string, token: () => string])[] = [
    ['alg none without a signature', () => token({ alg: 'none' }, {}, nothing)],
    ['alg None', () => token({ alg: 'None' }, {}, nothing)],
    ['alg NONE', () => token({ alg: 'NONE' }, {}, nothing)],
    ['alg nOnE', () => token({ alg: 'nOnE' }, {}, nothing)],
    ['alg none with a good signature', () => token({ alg: 'none' })],
    ['alg of nothing', () => token({ alg: '' }, {}, nothing)],
    ['alg null', () => token({ alg: null })],
    ['alg in a list', () => token({ alg: ['RS256'] })],
    ['alg in lower case', () => token({ alg: 'rs256' })],
    ['alg with a blank', () => token({ alg: 'RS256 ' })],
    ['no alg', () => token({ alg: undefined })],
    ['HS256 with the public key (PEM)', () => token({ alg: 'HS256' }, {}, hmac(pem))],
    ['HS256 with the public key (PEM, trimmed)', () => token({ alg: 'HS256' }, {}, hmac(String(pem).trim()))],
    ['HS256 with the public key (PKCS #1)', () => token({ alg: 'HS256' }, {}, hmac(pkcs1))],
    ['HS256 with the public key (DER)', () => token({ alg: 'HS256' }, {}, hmac(der))],
    ['HS256 with an empty secret', () => token({ alg: 'HS256' }, {}, hmac(''))],
    ['HS256 with the published secret', () => token({ alg: 'HS256', kid: 'shared' }, {}, hmac('secret'))],
    ['RS256 named, the published secret used', () => token({ kid: 'shared' }, {}, hmac('secret'))],
    [
      'PS256',
      () => token({ alg: 'PS256' }, {}, (text) => sign('sha256', Buffer.from(text), { key: ours.privateKey, ...pss })),
    ],
    [
      'PSS under the name of RS256',
      () => token({}, {}, (text) => sign('sha256', Buffer.from(text), { key: ours.privateKey, ...pss })),
    ],
    ['SHA-1 under the name of RS256', () => token({}, {}, (text) => sign('sha1', Buffer.from(text), ours.privateKey))],
    [
      'RS512 where RS256 is accepted',
      () => token({ alg: 'RS512', kid: 'longer' }, {}, (text) => sign('sha512', Buffer.from(text), second.privateKey)),
    ],
    ['RS256 under a key for RS512', () => token({ kid: 'longer' }, {}, rs256(second.privateKey))],
    [
      'ES256',
      () =>
        token({ alg: 'ES256', kid: 'curve' }, {}, (text) =>
          sign('sha256', Buffer.from(text), { key: curve.privateKey, dsaEncoding: 'ieee-p1363' }),
        ),
    ],
    ['RS256 under a curve', () => token({ kid: 'curve' }, {}, rs256(curve.privateKey))],
    ['a key that is too short', () => token({ kid: 'weak' }, {}, rs256(weak.privateKey))],
    ['a key for encryption', () => token({ kid: 'encrypts' }, {}, rs256(second.privateKey))],
    ['a key id that two keys have', () => token({ kid: 'twice' }, {}, rs256(second.privateKey))],
    ['no key id, where there are several keys', () => token({ kid: undefined }, {}, rs256(second.privateKey))],
    ['the key of somebody else', () => token({}, {}, rs256(theirs.privateKey))],
    ['an unknown key id', () => token({ kid: 'k9' })],
    ['a key id as a path', () => token({ kid: '../../../../dev/null' }, {}, rs256(theirs.privateKey))],
    ['a key id as SQL', () => token({ kid: "x' UNION SELECT 'k1" })],
    ['a key id as a command', () => token({ kid: 'k1; sleep 10' })],
    ['a key id with a null byte', () => token({ kid: 'k1\0' })],
    ['a key id as a number', () => token({ kid: 1 })],
    ['a key id in a list', () => token({ kid: ['k1'] })],
    ['the key id of a prototype', () => token({ kid: '__proto__' })],
    ['a key of its own', () => token({ jwk: jwk(theirs.publicKey, { kid: 'k1' }) }, {}, rs256(theirs.privateKey))],
    ['the place of its own keys', () => token({ kid: 'own', jku: `${issuer}/evil` }, {}, rs256(theirs.privateKey))],
    ['the place of its own certificate', () => token({ x5u: `${issuer}/evil` }, {}, rs256(theirs.privateKey))],
    ['a certificate of its own', () => token({ x5c: ['MIIB'] }, {}, rs256(theirs.privateKey))],
    ['an extension that is critical', () => token({ crit: ['pets'], pets: 1 })],
    ['no extension that is critical', () => token({ crit: [] })],
    ['an unencoded payload', () => token({ crit: ['b64'], b64: false })],
    ['an unencoded payload that is not critical', () => token({ b64: false })],
    ['a header with two algorithms', () => headed('{"alg":"RS256","kid":"k1","alg":"none"}')],
    [
      'a header with two algorithms, the other way round',
      () => made(base64url('{"alg":"none","kid":"k1","alg":"RS256"}'), json(goodClaims()), nothing),
    ],
    ['a header that is a list', () => headed('["RS256"]')],
    ['a header that is null', () => headed('null')],
    ['a header with a byte order mark', () => headed(`\uFEFF${JSON.stringify(goodHeader)}`)],
    [
      'a header that is no UTF-8',
      () =>
        made(Buffer.from('{"alg":"RS256","kid":"k1","x":"\xff"}', 'latin1').toString('base64url'), json(goodClaims())),
    ],
    ['no signature', () => parts().slice(0, 2).join('.')],
    ['an empty signature', () => token({}, {}, nothing)],
    ['a signature that is cut', () => changedSignature((signature) => signature.subarray(0, -1))],
    ['a signature that goes on', () => changedSignature((signature) => Buffer.concat([signature, Buffer.alloc(1)]))],
    ['a signature after a zero', () => changedSignature((signature) => Buffer.concat([Buffer.alloc(1), signature]))],
    ['a signature of zeros', () => changedSignature(({ length }) => Buffer.alloc(length))],
    ['a signature of one', () => changedSignature(({ length }) => Buffer.alloc(length).fill(1, length - 1))],
    [
      'a signature with one bit changed',
      () => changedSignature((signature) => signature.fill((signature.at(-1) ?? 0) ^ 1, signature.length - 1)),
    ],
    ['a signature in another spelling', () => `${token().slice(0, -1)}${nextLetter(token().at(-1) ?? '')}`],
    ['padding', () => `${token()}=`],
    [
      'padding of all parts',
      () =>
        parts()
          .map((part) => `${part}==`)
          .join('.'),
    ],
    [
      'the other base64',
      () => {
        const [header, claims, signature = ''] = parts()
        return `${header}.${claims}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+/`
      },
    ],
    ['a blank in a part', () => token().replace('.', ' .')],
    ['a tab in a part', () => token().replace('.', '.\t')],
    [
      'the claims of another token',
      () => {
        const [header, , signature] = parts()
        return `${header}.${json({ ...goodClaims(), sub: 'root' })}.${signature}`
      },
    ],
    [
      'the header of another token',
      () => {
        const [, claims, signature] = parts()
        return `${json({ alg: 'RS256', kid: 'twice' })}.${claims}.${signature}`
      },
    ],
    ['four parts', () => `${token()}.${parts()[2]}`],
    ['five parts, as if encrypted', () => `${json({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`],
    [
      'JSON serialization',
      () => {
        const [header, claims, signature] = parts()
        return JSON.stringify({ protected: header, payload: claims, signature })
      },
    ],
    ['JSON without a signature', () => JSON.stringify(goodClaims())],
    ['a token within a token', () => made(json({ ...goodHeader, cty: 'JWT' }), base64url(token()))],
    ['two tokens', () => `${token()},${token()}`],
    ['a token of nothing', () => '..'],
    ['another scheme', () => `Basic ${token()}`],
    ['another issuer', () => token({}, { iss: 'https://evil.example' })],
    ['an issuer with a slash more', () => token({}, { iss: `${issuer}/` })],
    ['an issuer in capitals', () => token({}, { iss: issuer.toUpperCase() })],
    ['an issuer that goes on', () => token({}, { iss: `${issuer}.evil.example` })],
    ['an issuer in a list', () => token({}, { iss: [issuer] })],
    ['an issuer with a null byte', () => token({}, { iss: `${issuer}\0` })],
    ['no issuer', () => token({}, { iss: undefined })],
    ['two issuers', () => claiming(withTail(',"iss":"https://evil.example"}'))],
    ['an end as text', () => token({}, { exp: `${seconds + 3600}` })],
    ['an end beyond all numbers', () => claiming(withTail(',"exp":1e999}'))],
    ['an end that is no number', () => claiming(withTail(',"exp":NaN}'))],
    ['an end of null', () => token({}, { exp: null })],
    ['an end in a list', () => token({}, { exp: [seconds + 3600] })],
    ['no end', () => token({}, { exp: undefined })],
    ['a beginning to come', () => token({}, { nbf: seconds + 3600 })],
    ['a beginning as text', () => token({}, { nbf: '0' })],
    ['a beginning beyond all numbers', () => claiming(withTail(',"nbf":-1e999}'))],
    ['a time of issue as text', () => token({}, { iat: '0' })],
    ['the use of an access token', () => token({}, { token_use: 'access' })],
    ['a use in capitals', () => token({}, { token_use: 'ID' })],
    ['a use in a list', () => token({}, { token_use: ['id'] })],
    ['claims that are a list', () => claiming('[]')],
    ['claims that are a text', () => claiming('"ada"')],
    ['claims that are cut', () => claiming('{"iss":')],
    ['claims of ten thousand brackets', () => claiming('['.repeat(5_000))],
  ]
  for (const [name, attack] of forged) {
    test(`is refused: ${name}`, async () => {
      const { status, errorType } = await call(attack())
      assert.deepEqual([status, errorType], [401, 'UnauthorizedException'])
    })
  }

  test('is told that it has expired, whichever end counts', async () => {
    for (const expired of [
      token({}, { exp: seconds - 1 }),
      token({}, { exp: 0 }),
      token({}, { exp: -1 }),
      claiming(withTail(`,"exp":${seconds - 1}}`)),
    ]) {
      const { status, body } = await call(expired)
      assert.deepEqual([status, JSON.parse(body)], [401, { message: 'The incoming token has expired' }])
    }
  })

  const scoped: readonly (readonly [name: string, claims: object, status: number])[] = [
    ['one of several scopes', { token_use: 'access', scope: 'pets/write pets/read' }, 200],
    ['another scope', { token_use: 'access', scope: 'pets/write' }, 403],
    ['part of a scope', { token_use: 'access', scope: 'pets/readonly pets' }, 403],
    ['a scope in capitals', { token_use: 'access', scope: 'PETS/READ' }, 403],
    ['scopes in a list', { token_use: 'access', scope: ['pets/read'] }, 403],
    ['scopes with commas', { token_use: 'access', scope: 'pets/write,pets/read' }, 403],
    ['no scope', { token_use: 'access' }, 403],
    ['the scope in an identity token', { token_use: 'id', scope: 'pets/read' }, 401],
  ]
  for (const [name, claims, status] of scoped) {
    test(`with ${name} gets ${status}`, async () =>
      assert.equal((await call(token({}, claims), '/scoped')).status, status))
  }

  test('is too long for a header', async () => {
    const { status } = await call(token({}, { filler: 'x'.repeat(20_000) }))
    assert.ok(status === 431 || status === 413, `${status}`)
  })

  test('never had the gateway fetch what they name', () => {
    assert.deepEqual([...new Set(asked)], ['/keys'])
  })
})

/** Another last letter that stands for the same bytes: the last of 342 letters carries two bits and four that are left over. */
function nextLetter(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return letters[letters.indexOf(letter) + 1] ?? ''
}
