import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { type Fixture, openFixture, startMs } from '../../iam/fixture.ts'
import { stsOperations } from '../sts-operations.ts'

const issuer = 'https://id.example.com/zoo'
const provider = 'arn:aws:iam::123456789012:oidc-provider/id.example.com/zoo'
const RoleArn = 'arn:aws:iam::123456789012:role/keeper'
const nowSeconds = startMs / 1_000
const claims = { iss: issuer, aud: 'app', sub: 'bear-7', iat: nowSeconds - 10, exp: nowSeconds + 600 }

const trust = (condition: object, action: string | string[] = 'sts:AssumeRoleWithWebIdentity') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Federated: provider }, Action: action, Condition: condition },
  })

const own = await generateKeyPair('RS256', { extractable: true })
const foreign = await generateKeyPair('RS256', { extractable: true })
const curve = await generateKeyPair('ES256', { extractable: true })

/** What the provider answers, by path, and how often it was asked. */
const answers = new Map<string, unknown>()
let asked: string[] = []

async function fetchAnswer(input: string | URL | Request): Promise<Response> {
  const url = String(input instanceof Request ? input.url : input)
  asked.push(url)
  const answer = answers.get(url)
  return answer === undefined ? new Response('', { status: 404 }) : Response.json(answer)
}

function sign(
  payload: JWTPayload,
  header: object = {},
  key: CryptoKey = own.privateKey,
  alg = 'RS256',
): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg, kid: 'k1', ...header }).sign(key)
}

describe('AssumeRoleWithWebIdentity', () => {
  let fixture: Fixture
  let sts: ReturnType<typeof stsOperations>

  before(async () => {
    fixture = await openFixture()
    const { iam, caller } = fixture
    await iam.CreateOpenIDConnectProvider({ Url: issuer, ClientIDList: ['app', 'cli'] }, caller)
    const AssumeRolePolicyDocument = trust({ StringEquals: { 'id.example.com/zoo:sub': 'bear-7' } })
    await iam.CreateRole({ RoleName: 'keeper', AssumeRolePolicyDocument }, caller)
    answers.set(`${issuer}/.well-known/openid-configuration`, { issuer, jwks_uri: `${issuer}/keys` })
    answers.set(`${issuer}/keys`, {
      keys: [
        { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256' },
        { ...(await exportJWK(curve.publicKey)), kid: 'k2', alg: 'ES256' },
      ],
    })
    sts = stsOperations({ ...fixture.dependencies, fetch: fetchAnswer })
  })
  after(() => fixture[Symbol.asyncDispose]())

  const assume = (WebIdentityToken: string, input: object = {}) =>
    sts.AssumeRoleWithWebIdentity({ RoleArn, RoleSessionName: 'feeding', WebIdentityToken, ...input }, fixture.caller)

  test('opens a session for whom the provider vouches', async () => {
    await fixture.published()
    const answer = await assume(await sign(claims))
    assert.equal(answer.AssumedRoleUser?.Arn, 'arn:aws:sts::123456789012:assumed-role/keeper/feeding')
    const { SubjectFromWebIdentityToken, Provider, Audience } = answer
    assert.deepEqual([SubjectFromWebIdentityToken, Provider, Audience], ['bear-7', issuer, 'app'])
    const [key] = await fixture.published()
    assert.partialDeepStrictEqual(key, {
      kind: 'access-key',
      id: answer.Credentials?.AccessKeyId,
      accessKey: { session: { token: answer.Credentials?.SessionToken, federatedProvider: provider } },
    })
  })

  test('takes a signature by an elliptic curve, and any audience of the provider', async () => {
    const token = await sign({ ...claims, aud: ['other', 'cli'] }, { kid: 'k2' }, curve.privateKey, 'ES256')
    assert.equal((await assume(token)).Audience, 'cli')
  })

  test('asks the provider once for its keys', async () => {
    asked = []
    for (let count = 0; count < 3; count++) await assume(await sign(claims))
    assert.deepEqual(asked, [])
  })

  const tampered = async () => {
    const [header, , signature] = (await sign(claims)).split('.')
    const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'bear-7 ' })).toString('base64url')
    return `${header}.${payload}.${signature}`
  }
  const { exp: _exp, ...endless } = claims
  const { sub: _sub, ...nobody } = claims
  const { iss: _iss, ...anonymous } = claims
  const symmetric = async () =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(Buffer.from(JSON.stringify(await exportJWK(own.publicKey))))
  const embedded = async () => sign(claims, { kid: 'k9', jwk: await exportJWK(foreign.publicKey) }, foreign.privateKey)
  const refusals: [what: string, token: () => Promise<string> | string, code: string, message?: RegExp][] = [
    ['what is no token', () => 'x.y', 'InvalidIdentityTokenException', /is not a valid JWT/],
    ['a changed token', tampered, 'InvalidIdentityTokenException', /^Invalid token$/],
    ['a token without signature', () => new UnsecuredJWT(claims).encode(), 'InvalidIdentityTokenException'],
    ['a token under a shared secret', symmetric, 'InvalidIdentityTokenException'],
    ['a token under a foreign key', () => sign(claims, {}, foreign.privateKey), 'InvalidIdentityTokenException'],
    ['a token that brings its key', embedded, 'InvalidIdentityTokenException', /verification key/],
    [
      'a token that names where its key is',
      () => sign(claims, { kid: 'k9', jku: 'https://evil.example.com' }, foreign.privateKey),
      'InvalidIdentityTokenException',
      /verification key/,
    ],
    [
      'a token of an unknown provider',
      () => sign({ ...claims, iss: 'https://evil.example.com' }),
      'InvalidIdentityTokenException',
      /No OpenIDConnect provider found in your account for https:\/\/evil/,
    ],
    [
      'a token of the provider by another name',
      () => sign({ ...claims, iss: `${issuer}/` }),
      'InvalidIdentityTokenException',
      /No OpenIDConnect provider/,
    ],
    ['a token without issuer', () => sign(anonymous), 'InvalidIdentityTokenException', /claim: iss/],
    [
      'a token for another audience',
      () => sign({ ...claims, aud: 'web' }),
      'InvalidIdentityTokenException',
      /^Incorrect token audience$/,
    ],
    [
      'an expired token',
      () => sign({ ...claims, exp: nowSeconds }),
      'ExpiredTokenException',
      /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
    ],
    ['a token that never expires', () => sign(endless), 'InvalidIdentityTokenException', /claim: exp/],
    ['a token about nobody', () => sign(nobody), 'InvalidIdentityTokenException', /claim: sub/],
    [
      'a token that is not yet valid',
      () => sign({ ...claims, nbf: nowSeconds + 60 }),
      'InvalidIdentityTokenException',
      /before its start/,
    ],
    [
      'a token about somebody whom the role does not trust',
      () => sign({ ...claims, sub: 'wolf' }),
      'AccessDenied',
      /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    ],
    [
      'tags that the role does not let in',
      () => sign({ ...claims, 'https://aws.amazon.com/tags': { principal_tags: { a: ['b'] } } }),
      'AccessDenied',
    ],
    [
      'tags of another form',
      () => sign({ ...claims, 'https://aws.amazon.com/tags': { principal_tags: { a: ['b', 'c'] } } }),
      'InvalidIdentityTokenException',
    ],
  ]
  for (const [what, token, code, message] of refusals) {
    test(`refuses ${what}`, async () => {
      await assert.rejects(assume(await token()), { code, ...(message && { message }) })
    })
  }

  test('refuses a role that does not exist as it refuses one that does not trust', async () => {
    const token = await sign(claims)
    await assert.rejects(assume(token, { RoleArn: `${RoleArn}s` }), {
      code: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    })
  })

  test('tags the session as the token says, for a role that lets it', async () => {
    const { iam, caller } = fixture
    const condition = {
      StringEquals: { 'aws:RequestTag/animal': 'bear' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['animal'] },
    }
    const AssumeRolePolicyDocument = trust(condition, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'])
    await iam.CreateRole({ RoleName: 'tagged', AssumeRolePolicyDocument }, caller)
    const tags = { principal_tags: { animal: ['bear'] }, transitive_tag_keys: ['animal'] }
    await fixture.published()
    await assume(await sign({ ...claims, 'https://aws.amazon.com/tags': tags }), {
      RoleArn: 'arn:aws:iam::123456789012:role/tagged',
    })
    assert.partialDeepStrictEqual((await fixture.published())[0], {
      accessKey: { session: { tags: { animal: 'bear' } } },
    })
  })

  const unreachable: [what: string, document: unknown, keys: unknown, code: string][] = [
    ['does not answer', undefined, undefined, 'IDPCommunicationErrorException'],
    [
      'describes another',
      { issuer: 'https://evil.example.com', jwks_uri: 'https://b.example.com/keys' },
      undefined,
      'IDPCommunicationErrorException',
    ],
    ['names no keys', { issuer: 'https://b.example.com' }, undefined, 'IDPCommunicationErrorException'],
    [
      'has its keys where others can change them',
      { issuer: 'https://b.example.com', jwks_uri: 'http://b.example.com/keys' },
      undefined,
      'ValidationError',
    ],
    [
      'has no key',
      { issuer: 'https://b.example.com', jwks_uri: 'https://b.example.com/keys' },
      { keys: [] },
      'InvalidIdentityTokenException',
    ],
    [
      'has keys that are none',
      { issuer: 'https://b.example.com', jwks_uri: 'https://b.example.com/keys' },
      'x',
      'InvalidIdentityTokenException',
    ],
  ]
  for (const [what, document, keys, code] of unreachable) {
    test(`refuses a token of a provider that ${what}, and asks it again for the next`, async () => {
      const { iam, caller } = fixture
      const Url = 'https://b.example.com'
      await iam.CreateOpenIDConnectProvider({ Url, ClientIDList: ['app'] }, caller).catch(() => {})
      answers.set(`${Url}/.well-known/openid-configuration`, document)
      answers.set(`${Url}/keys`, keys)
      const fresh = stsOperations({ ...fixture.dependencies, fetch: fetchAnswer })
      const WebIdentityToken = await sign({ ...claims, iss: Url })
      for (let count = 0; count < 2; count++) {
        const input = { RoleArn, RoleSessionName: 'feeding', WebIdentityToken }
        await assert.rejects(fresh.AssumeRoleWithWebIdentity(input, caller), { code })
      }
    })
  }
})
