import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, test } from 'node:test'
import type { FetchDocument } from './issuer.ts'
import { type TokenVerifierOptions, tokenVerifier } from './token-verifier.ts'

const issuer = 'https://issuer.example/pool'
const nowMs = Date.UTC(2026, 10, 21, 9)
const nowSeconds = nowMs / 1000

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const ours = pair()
const theirs = pair()
const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const jwk = (key: KeyObject, kid: string, more: object = {}) => ({
  ...key.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  ...more,
})
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signedBy = (key: KeyObject) => (text: string) => sign('sha256', Buffer.from(text), key)

const goodHeader = { alg: 'RS256', kid: 'k1', typ: 'JWT' }
const goodClaims = { iss: issuer, sub: 'me', token_use: 'id', exp: nowSeconds + 60, iat: nowSeconds - 1 }

interface Making {
  readonly header?: object
  readonly claims?: object
  readonly signature?: (text: string) => Buffer
}

function token({ header = {}, claims = {}, signature = signedBy(ours.privateKey) }: Making = {}): string {
  const text = `${encoded({ ...goodHeader, ...header })}.${encoded({ ...goodClaims, ...claims })}`
  return `${text}.${signature(text).toString('base64url')}`
}

/** An issuer's web site, and what was asked of it. */
function site(keys: readonly object[] = [jwk(ours.publicKey, 'k1')]) {
  const asked: string[] = []
  const pages: Record<string, object | undefined> = {
    [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` },
    [`${issuer}/keys`]: { keys },
  }
  const fetch: FetchDocument = async (url) => {
    asked.push(url)
    const page = pages[url]
    if (!page) throw new Error('The answer is 404')
    return page
  }
  return { asked, pages, fetch }
}

function verifier(
  fetch: FetchDocument = site().fetch,
  clock = { ms: nowMs },
  options: Pick<TokenVerifierOptions, 'needsKeyId' | 'checksIssueTime'> = {},
) {
  return tokenVerifier({ issuers: [{ issuer }], algorithms: ['RS256'], now: () => clock.ms, fetch, ...options })
}

describe('a token', () => {
  test('of a trusted issuer is what it claims, and is checked once', async () => {
    const { asked, fetch } = site()
    const { verify } = verifier(fetch)
    const text = token()
    assert.deepEqual(await verify(text), goodClaims)
    assert.deepEqual(verify(text), goodClaims)
    assert.deepEqual(await verify(token({ claims: { sub: 'you' } })), { ...goodClaims, sub: 'you' })
    assert.deepEqual(asked, [`${issuer}/.well-known/openid-configuration`, `${issuer}/keys`])
  })

  test('needs no discovery when the place of the keys is known', async () => {
    const { asked, fetch } = site()
    const issuers = [{ issuer, jwksUri: `${issuer}/keys` }]
    await tokenVerifier({ issuers, algorithms: ['RS256'], now: () => nowMs, fetch }).verify(token())
    assert.deepEqual(asked, [`${issuer}/keys`])
  })

  test('that many calls bring at once is checked once', async () => {
    const { asked, fetch } = site()
    const { verify } = verifier(fetch)
    const text = token()
    await Promise.all(Array.from({ length: 10 }, () => verify(text)))
    assert.equal(asked.length, 2)
  })

  test('ends while it is remembered', async () => {
    const clock = { ms: nowMs }
    const { verify } = verifier(site().fetch, clock)
    const text = token()
    await verify(text)
    clock.ms += 60_000
    await assert.rejects(async () => verify(text), { name: 'TokenError', fault: 'expired' })
  })

  test('is checked again after five minutes, when keys may have been withdrawn', async () => {
    const clock = { ms: nowMs }
    const { pages, fetch } = site()
    const { verify } = verifier(fetch, clock)
    const text = token({ claims: { exp: nowSeconds + 3600 * 24 } })
    await verify(text)
    assert.ok(!(verify(text) instanceof Promise))
    clock.ms += 300_000
    pages[`${issuer}/keys`] = { keys: [] }
    assert.ok(verify(text) instanceof Promise)
  })

  test('is forgotten for newer ones', async () => {
    const options = { issuers: [{ issuer }], algorithms: ['RS256'] as const, now: () => nowMs, maxRemembered: 2 }
    const { verify } = tokenVerifier({ ...options, fetch: site().fetch })
    const [first = '', second = '', third = ''] = ['a', 'b', 'c'].map((sub) => token({ claims: { sub } }))
    for (const text of [first, second, third]) await verify(text)
    assert.deepEqual(
      [first, second, third].map((text) => verify(text) instanceof Promise),
      [true, false, false],
    )
  })

  test('may be signed with a key that the issuer has published since', async () => {
    const clock = { ms: nowMs }
    const { pages, fetch, asked } = site()
    const { verify } = verifier(fetch, clock)
    await verify(token())
    const rotated = token({ header: { kid: 'k2' }, signature: signedBy(theirs.privateKey) })
    pages[`${issuer}/keys`] = { keys: [jwk(theirs.publicKey, 'k2')] }
    await assert.rejects(async () => verify(rotated), { fault: 'untrusted' })
    assert.equal(asked.length, 2)
    clock.ms += 30_000
    assert.equal((await verify(rotated)).sub, 'me')
    assert.deepEqual(asked.slice(2), [`${issuer}/.well-known/openid-configuration`, `${issuer}/keys`])
  })
})

describe('what is refused', () => {
  const publicPem = ours.publicKey.export({ type: 'spki', format: 'pem' })
  const hmac = (secret: string | Buffer) => (text: string) => createHmac('sha256', secret).update(text).digest()
  const none = () => Buffer.alloc(0)
  const flipped = (text: string) => {
    const bytes = signedBy(ours.privateKey)(text)
    bytes[0] = (bytes[0] ?? 0) ^ 1
    return bytes
  }
  const parts = token().split('.')

  for (const [name, text, fault] of [
    ['no token', '', 'malformed'],
    ['a word', 'secret', 'malformed'],
    ['two parts', parts.slice(0, 2).join('.'), 'malformed'],
    ['four parts', `${token()}.x`, 'malformed'],
    ['an encrypted token', `${parts.join('.')}.a.b`, 'malformed'],
    ['claims that are no JSON', `${parts[0]}.${Buffer.from('{').toString('base64url')}.${parts[2]}`, 'malformed'],
    ['claims that are a list', `${parts[0]}.${encoded([])}.${parts[2]}`, 'malformed'],
    ['a header that is no JSON', `${Buffer.from('x').toString('base64url')}.${parts[1]}.${parts[2]}`, 'malformed'],
    ['a signature of somebody else', token({ signature: signedBy(theirs.privateKey) }), 'untrusted'],
    ['a signature with one bit changed', token({ signature: flipped }), 'untrusted'],
    ['no signature', token({ signature: none }), 'untrusted'],
    ['algorithm none', token({ header: { alg: 'none' }, signature: none }), 'untrusted'],
    ['algorithm None', token({ header: { alg: 'None' }, signature: none }), 'untrusted'],
    ['algorithm none with a signature', token({ header: { alg: 'none' } }), 'untrusted'],
    ['the public key as a shared secret', token({ header: { alg: 'HS256' }, signature: hmac(publicPem) }), 'untrusted'],
    ['an empty shared secret', token({ header: { alg: 'HS256' }, signature: hmac('') }), 'untrusted'],
    ['an algorithm that is not accepted', token({ header: { alg: 'RS384' } }), 'untrusted'],
    ['PSS under the name of PKCS #1', token({ header: { alg: 'PS256' } }), 'untrusted'],
    ['an elliptic signature', token({ header: { alg: 'ES256' }, signature: signedBy(curve.privateKey) }), 'untrusted'],
    ['no algorithm', token({ header: { alg: undefined } }), 'malformed'],
    ['an unknown key', token({ header: { kid: 'k9' } }), 'untrusted'],
    ['a key as a path', token({ header: { kid: '../../../dev/null' } }), 'untrusted'],
    ['a key as a query', token({ header: { kid: "' OR 1=1 --" } }), 'untrusted'],
    [
      'a key of its own',
      token({ header: { kid: 'own', jwk: jwk(theirs.publicKey, 'own') }, signature: signedBy(theirs.privateKey) }),
      'untrusted',
    ],
    [
      'a key of its own under our name',
      token({ header: { jwk: jwk(theirs.publicKey, 'k1') }, signature: signedBy(theirs.privateKey) }),
      'untrusted',
    ],
    [
      'a place of its keys',
      token({ header: { kid: 'x', jku: 'https://evil.example/keys' }, signature: signedBy(theirs.privateKey) }),
      'untrusted',
    ],
    ['an extension that must be understood', token({ header: { crit: ['exp'], exp: 1 } }), 'untrusted'],
    ['a payload that is not encoded', token({ header: { crit: ['b64'], b64: false } }), 'untrusted'],
    ['another issuer', token({ claims: { iss: 'https://evil.example' } }), 'foreign'],
    ['an issuer with a slash more', token({ claims: { iss: `${issuer}/` } }), 'foreign'],
    ['an issuer in a list', token({ claims: { iss: [issuer] } }), 'foreign'],
    ['no issuer', token({ claims: { iss: undefined } }), 'foreign'],
    ['an end in the past', token({ claims: { exp: nowSeconds - 1 } }), 'expired'],
    ['an end now', token({ claims: { exp: nowSeconds } }), 'expired'],
    ['no end', token({ claims: { exp: undefined } }), 'untrusted'],
    ['an end as text', token({ claims: { exp: '9999999999' } }), 'untrusted'],
    ['an end of null', token({ claims: { exp: null } }), 'untrusted'],
    ['a beginning in the future', token({ claims: { nbf: nowSeconds + 10 } }), 'not-yet-valid'],
    ['a beginning as text', token({ claims: { nbf: 'now' } }), 'not-yet-valid'],
  ] as const) {
    test(`${name}`, async () => {
      await assert.rejects(async () => verifier().verify(text), { name: 'TokenError', fault })
    })
  }

  for (const [name, keys] of [
    ['a key that is too short', [jwk(short.publicKey, 'k1')]],
    ['a key for encryption', [jwk(ours.publicKey, 'k1', { use: 'enc' })]],
    ['a key for another algorithm', [jwk(ours.publicKey, 'k1', { alg: 'RS512' })]],
    ['a key of another kind', [jwk(curve.publicKey, 'k1')]],
    ['a shared secret', [{ kty: 'oct', kid: 'k1', k: Buffer.alloc(32).toString('base64url') }]],
    ['no key', []],
  ] as const) {
    test(`a token under ${name}`, async () => {
      const signature = keys[0] && 'n' in keys[0] && keys[0].n === jwk(short.publicKey, '').n ? short : ours
      const text = token({ signature: signedBy(signature.privateKey) })
      await assert.rejects(async () => verifier(site(keys).fetch).verify(text), {
        name: 'TokenError',
        fault: 'untrusted',
      })
    })
  }

  test('a token whose text is another spelling of a good one is not taken from memory', async () => {
    const { verify } = verifier()
    await verify(token())
    await assert.rejects(async () => verify(`${token()}=`), { fault: 'malformed' })
  })
})

describe('an issuer', () => {
  const discovery = `${issuer}/.well-known/openid-configuration`
  for (const [name, change, fault] of [
    ['that is not there', { [discovery]: undefined }, 'undiscoverable'],
    ['that is another', { [discovery]: { issuer: 'x', jwks_uri: `${issuer}/keys` } }, 'undiscoverable'],
    ['that names no keys', { [discovery]: { issuer } }, 'undiscoverable'],
    ['whose keys are not there', { [`${issuer}/keys`]: undefined }, 'unreachable'],
    ['whose keys are none', { [`${issuer}/keys`]: { keys: 'x' } }, 'unreachable'],
    ['whose keys are no objects', { [`${issuer}/keys`]: { keys: ['x', null] } }, 'unreachable'],
  ] as const) {
    test(`${name} lets nobody in`, async () => {
      const { pages, fetch } = site()
      Object.assign(pages, change)
      await assert.rejects(async () => verifier(fetch).verify(token()), { fault })
    })
  }

  test('that fails is asked again after a while, and not before', async () => {
    const clock = { ms: nowMs }
    let isUp = false
    const { asked, fetch } = site()
    const { verify } = verifier(async (url) => {
      if (isUp) return fetch(url)
      asked.push(url)
      throw new TypeError('fetch failed')
    }, clock)
    const text = token()
    for (let i = 0; i < 3; i++) await assert.rejects(async () => verify(text), { fault: 'undiscoverable' })
    assert.equal(asked.length, 1)
    isUp = true
    clock.ms += 30_000
    assert.equal((await verify(text)).sub, 'me')
  })
})

describe('an issuer of keys', () => {
  test('is asked again after two hours, and its tokens are refused while it is away', async () => {
    const clock = { ms: nowMs }
    const { pages, fetch, asked } = site()
    const { verify } = verifier(fetch, clock)
    const lasting = (sub: string) => token({ claims: { sub, exp: nowSeconds + 3600 * 24 } })
    await verify(lasting('a'))
    clock.ms += 7_199_999
    await verify(lasting('b'))
    assert.equal(asked.length, 2)
    clock.ms += 1
    pages[`${issuer}/keys`] = undefined
    await assert.rejects(async () => verify(lasting('c')), { fault: 'unreachable' })
    assert.equal(asked.length, 4)
  })

  test('is asked once by many tokens under unknown keys', async () => {
    const { fetch, asked } = site()
    const clock = { ms: nowMs }
    const { verify } = verifier(fetch, clock)
    await verify(token())
    clock.ms += 30_000
    const forged = Array.from({ length: 20 }, (_, i) => token({ header: { kid: `k${i + 2}` } }))
    await Promise.all(forged.map((text) => assert.rejects(async () => verify(text), { fault: 'untrusted' })))
    assert.equal(asked.length, 4)
  })
})

describe('what only some require', () => {
  const unnamed = token({ header: { kid: undefined } })
  const early = token({ claims: { iat: nowSeconds + 1 } })

  test('is that a token names its key', async () => {
    assert.equal((await verifier().verify(unnamed)).sub, 'me')
    const { verify } = verifier(undefined, undefined, { needsKeyId: true })
    await assert.rejects(async () => verify(unnamed), { fault: 'untrusted' })
    assert.equal((await verify(token())).sub, 'me')
  })

  test('is that a token was issued before', async () => {
    assert.equal((await verifier().verify(early)).sub, 'me')
    const { verify } = verifier(undefined, undefined, { checksIssueTime: true })
    await assert.rejects(async () => verify(early), { fault: 'not-yet-valid' })
    await assert.rejects(async () => verify(token({ claims: { iat: 'soon' } })), { fault: 'untrusted' })
    assert.equal((await verify(token({ claims: { iat: undefined } }))).sub, 'me')
    assert.equal((await verify(token({ claims: { iat: nowSeconds } }))).sub, 'me')
  })
})

test('the keys of the tests are what they seem', () => {
  assert.equal(createPublicKey(ours.privateKey).asymmetricKeyDetails?.modulusLength, 2048)
})
