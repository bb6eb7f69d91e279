import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TokenError, type TokenFault } from '../../../jwt/token-error.ts'
import type { Claims, TokenVerifier } from '../../../jwt/token-verifier.ts'
import type { UserPoolAuthorizer } from '../../../snapshot/authorizer.ts'
import { deployed, invocation, method } from '../../fixtures.ts'
import type { Invocation } from '../../invocation.ts'
import type { Reply } from '../../reply.ts'
import { authorizationVariable } from '../authorization.ts'
import { authorizeByUserPool } from './authorize-by-user-pool.ts'
import { userPools } from './user-pools.ts'

const authorizer: UserPoolAuthorizer = {
  type: 'COGNITO_USER_POOLS',
  authorizerId: 'auth12',
  providerArns: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc'],
  identitySource: 'method.request.header.Authorization',
  scopes: [],
}

const idToken: Claims = { sub: 'me', token_use: 'id', aud: 'client-1', exp: 1_800_000_000, email_verified: true }
const accessToken: Claims = { sub: 'me', token_use: 'access', client_id: 'client-1', scope: 'pets/read pets/write' }

/** Knows tokens by name. `late` ones are verified in a while. */
function verifierOf(tokens: Readonly<Record<string, Claims | TokenFault>>): TokenVerifier {
  const verify = (token: string): Claims => {
    const known = tokens[token] ?? 'untrusted'
    if (typeof known === 'string') throw new TokenError(known, 'refused')
    return known
  }
  return {
    verify: (token) =>
      token.startsWith('late ') ? Promise.resolve().then(() => verify(token.slice(5))) : verify(token),
  }
}

function guarded(changes: Partial<UserPoolAuthorizer>, tokens: Readonly<Record<string, Claims | TokenFault>>) {
  const place = { ...deployed({}), method: { ...method({}), authorizer: { ...authorizer, ...changes } } }
  const admitted: Invocation[] = []
  const reply: Reply = { status: 200, headers: [], body: '' }
  const handler = authorizeByUserPool({ verifier: () => verifierOf(tokens) })(place, (call) => {
    admitted.push(call)
    return reply
  })
  const call = async (headers: readonly string[]) => handler(invocation({ headers }))
  return { admitted, call }
}

describe('COGNITO_USER_POOLS', () => {
  test('costs nothing on methods without it', () => {
    const next = () => assert.fail('not called')
    assert.equal(authorizeByUserPool({ verifier: () => assert.fail('none') })(deployed({}), next), next)
  })

  for (const header of ['good', 'Bearer good', 'bearer  good ', 'late good', 'Bearer late good']) {
    test(`lets in the bearer of a good token: ${header}`, async () => {
      const { admitted, call } = guarded({}, { good: idToken })
      assert.equal((await call(['authorization', header])).status, 200)
      const { authorization } = admitted[0] ?? {}
      assert.ok(authorization)
      assert.equal(authorizationVariable(authorization, 'claims.sub'), 'me')
      assert.equal(authorizationVariable(authorization, 'claims.nothing'), undefined)
      assert.equal(authorizationVariable(authorization, 'claims'), undefined)
      assert.deepEqual(JSON.parse(authorization.eventText), {
        claims: {
          sub: 'me',
          token_use: 'id',
          aud: 'client-1',
          exp: 'Fri Jan 15 08:00:00 UTC 2027',
          email_verified: 'true',
        },
      })
    })
  }

  test('reads the header that it is told', async () => {
    const { call } = guarded({ identitySource: 'method.request.header.X-Token' }, { good: idToken })
    assert.equal((await call(['x-token', 'good'])).status, 200)
    await assert.rejects(call(['authorization', 'good']), { type: 'UNAUTHORIZED' })
  })

  const scopes = ['pets/read', 'pets/admin']
  for (const [name, changes, claims, headers, expected] of [
    ['no token', {}, idToken, [], ['UNAUTHORIZED', 'Unauthorized']],
    ['an empty token', {}, idToken, ['Authorization', ''], ['UNAUTHORIZED', 'Unauthorized']],
    ['the word Bearer alone', {}, idToken, ['Authorization', 'Bearer '], ['UNAUTHORIZED', 'Unauthorized']],
    ['a forged token', {}, 'untrusted', ['Authorization', 't'], ['UNAUTHORIZED', 'Unauthorized']],
    ['no real token', {}, 'malformed', ['Authorization', 't'], ['UNAUTHORIZED', 'Unauthorized']],
    ['a token of tomorrow', {}, 'not-yet-valid', ['Authorization', 't'], ['UNAUTHORIZED', 'Unauthorized']],
    ['an expired token', {}, 'expired', ['Authorization', 't'], ['UNAUTHORIZED', 'The incoming token has expired']],
    ['keys that cannot be had', {}, 'unreachable', ['Authorization', 't'], ['AUTHORIZER_FAILURE', '']],
    ['an access token without scopes', {}, accessToken, ['Authorization', 't'], ['UNAUTHORIZED', 'Unauthorized']],
    ['an identity token with scopes', { scopes }, idToken, ['Authorization', 't'], ['UNAUTHORIZED', 'Unauthorized']],
    [
      'no scope that counts',
      { scopes: ['pets/admin', 'pets'] },
      accessToken,
      ['Authorization', 't'],
      ['ACCESS_DENIED', 'User is not authorized to access this resource'],
    ],
    [
      'no scope at all',
      { scopes },
      { token_use: 'access' },
      ['Authorization', 't'],
      ['ACCESS_DENIED', 'User is not authorized to access this resource'],
    ],
    [
      'another audience',
      { identityValidationExpression: 'client-[2-9]' },
      idToken,
      ['Authorization', 't'],
      ['UNAUTHORIZED', 'Unauthorized'],
    ],
    [
      'no audience',
      { identityValidationExpression: '.*' },
      { token_use: 'id' },
      ['Authorization', 't'],
      ['UNAUTHORIZED', 'Unauthorized'],
    ],
    [
      'an expression that cannot be matched',
      { identityValidationExpression: '(?=a)' },
      idToken,
      ['Authorization', 't'],
      ['API_CONFIGURATION_ERROR', 'Internal server error'],
    ],
  ] as const) {
    for (const late of ['', 'late ']) {
      test(`refuses ${name}${late && ', verified later'}`, async () => {
        const { admitted, call } = guarded(changes, { t: claims })
        const [header, value] = headers
        const lines = header && value ? [header, late + value] : headers
        await assert.rejects(call(lines), { name: 'GatewayError', type: expected[0], message: expected[1] })
        assert.equal(admitted.length, 0)
      })
    }
  }

  for (const [name, changes, claims] of [
    ['one of the scopes', { scopes }, accessToken],
    ['a scope of a provider that does not tell uses apart', { scopes }, { scope: 'pets/admin' }],
    ['a token that does not say its use', {}, { sub: 'me' }],
    ['the right audience', { identityValidationExpression: 'client-\\d' }, idToken],
    ['the right client', { scopes, identityValidationExpression: 'client-1' }, accessToken],
  ] as const) {
    test(`lets in ${name}`, async () => {
      const { call } = guarded(changes, { t: claims })
      assert.equal((await call(['Authorization', 't'])).status, 200)
    })
  }
})

test('an audience of several is one of them', async () => {
  const { call } = guarded({ identityValidationExpression: 'b' }, { t: { aud: ['a', 'b'] } })
  assert.equal((await call(['Authorization', 't'])).status, 200)
})

describe('user pools', () => {
  const nowhere = { fetch: () => Promise.reject(new Error('There is nobody')), now: () => 0 }
  const arn = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc'

  test('remember their tokens whoever asks', () => {
    const pools = userPools([], nowhere)
    assert.equal(pools.verifier([arn]), pools.verifier([arn]))
    assert.notEqual(pools.verifier([arn]), pools.verifier([arn, arn]))
  })

  test('trust no other issuer', async () => {
    const pools = userPools([{ arn: '*', issuer: 'http://127.0.0.1:9/{poolId}' }], nowhere)
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = (iss: string) => `${part({ alg: 'RS256' })}.${part({ iss, exp: 9 })}.AAAA`
    const { verify } = pools.verifier([arn])
    await assert.rejects(async () => verify(token('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc')), {
      fault: 'foreign',
    })
    await assert.rejects(async () => verify(token('http://127.0.0.1:9/eu-west-1_abc')), { fault: 'undiscoverable' })
  })
})
