import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TokenError, type TokenFault } from '../../../../jwt/token-error.ts'
import type { Claims } from '../../../../jwt/token-verifier.ts'
import type { JwtAuthorizer } from '../../../../snapshot/http-api.ts'
import { authorizationVariable } from '../../../authorizer/authorization.ts'
import { invocation } from '../../../fixtures.ts'
import type { Invocation } from '../../../invocation.ts'
import { deployedRoute, integration } from '../../fixtures.ts'
import { authorizeByJwt } from './authorize-by-jwt.ts'
import { type JwtIssuers, jwtIssuers } from './jwt-issuers.ts'

const authorizer: JwtAuthorizer = {
  type: 'JWT',
  authorizerId: 'auth12',
  issuer: 'https://issuer.example',
  audience: ['pets', 'shop'],
  identitySource: ['$request.header.Authorization'],
  scopes: [],
}

const good: Claims = { sub: 'me', aud: 'pets', exp: 1_800_000_000 }

/** Knows tokens by name. `late…` ones are verified in a while. */
function issuersOf(tokens: Readonly<Record<string, Claims | TokenFault>>): JwtIssuers {
  const verify = (token: string): Claims => {
    const known = tokens[token] ?? 'malformed'
    if (typeof known === 'string') throw new TokenError(known, 'refused')
    return known
  }
  return {
    verifier(issuer) {
      assert.equal(issuer, authorizer.issuer)
      return { verify: (token) => (token.startsWith('late') ? Promise.resolve(token).then(verify) : verify(token)) }
    },
  }
}

interface Guarding {
  readonly changes?: Partial<JwtAuthorizer>
  readonly tokens?: Readonly<Record<string, Claims | TokenFault>>
  readonly format?: '1.0' | '2.0'
}

function guarded({ changes = {}, tokens = { good, late: good }, format = '2.0' }: Guarding = {}) {
  const values = {
    authorizer: { ...authorizer, ...changes },
    integration: integration({ payloadFormatVersion: format }),
  }
  const place = deployedRoute('GET /pets/{petId}', values, { variables: { empty: '' } })
  const admitted: Invocation[] = []
  const handler = authorizeByJwt(issuersOf(tokens))(place, (call) => {
    admitted.push(call)
    return { status: 200, headers: [], body: '' }
  })
  const call = async (headers: readonly string[], query = '') => {
    await handler(invocation({ headers, query }))
    return admitted.at(-1)?.authorization
  }
  return { admitted, call }
}

const bearing = (token: string) => ['Authorization', `Bearer ${token}`]

describe('JWT', () => {
  test('costs nothing on routes without it', () => {
    const next = () => assert.fail('not called')
    assert.equal(authorizeByJwt(issuersOf({}))(deployedRoute('$default'), next), next)
  })

  for (const header of ['good', 'Bearer good', 'bearer  good ', 'late', 'Bearer late']) {
    test(`lets in the bearer of a good token: ${header}`, async () => {
      const authorization = await guarded().call(['authorization', header])
      assert.ok(authorization)
      assert.equal(authorizationVariable(authorization, 'claims.sub'), 'me')
      assert.deepEqual(JSON.parse(authorization.eventText), {
        jwt: { claims: { sub: 'me', aud: 'pets', exp: '1800000000' }, scopes: null },
      })
    })
  }

  test('remembers what a token comes to', async () => {
    const { call } = guarded()
    assert.equal(await call(bearing('good')), await call(bearing('good')))
  })

  test('tells events of format 1.0 without a name of its own', async () => {
    const authorization = await guarded({ format: '1.0' }).call(bearing('good'))
    assert.deepEqual(JSON.parse(authorization?.eventText ?? ''), {
      claims: { sub: 'me', aud: 'pets', exp: '1800000000' },
      scopes: null,
    })
  })

  test('reads the first identity source that is there', async () => {
    const identitySource = ['$request.querystring.token', '$request.header.X-Token', '$stageVariables.empty']
    const { admitted, call } = guarded({ changes: { identitySource } })
    await call([], 'token=good')
    await call(['x-token', 'Bearer good'], 'token=')
    await call(['x-token', 'bad'], 'a=1&token=Bearer+good')
    assert.equal(admitted.length, 3)
    await assert.rejects(call(['Authorization', 'good']), { type: 'UNAUTHORIZED', challenge: 'Bearer' })
  })

  const anything: Claims = {
    aud: 'pets',
    name: 'Ann',
    admin: true,
    level: 7,
    nothing: null,
    'cognito:groups': ['staff', 'vets'],
    realm_access: { roles: ['b', 'a'], at: { x: 1 } },
  }
  test('tells every claim as a text', async () => {
    const authorization = await guarded({ tokens: { anything } }).call(bearing('anything'))
    assert.deepEqual(JSON.parse(authorization?.eventText ?? '').jwt.claims, {
      aud: 'pets',
      name: 'Ann',
      admin: 'true',
      level: '7',
      nothing: '<nil>',
      'cognito:groups': '[staff vets]',
      realm_access: 'map[at:map[x:1] roles:[b a]]',
    })
  })
})

const audiences: [claims: Claims, isLetIn: boolean][] = [
  [{ aud: 'shop' }, true],
  [{ aud: ['other', 'pets'] }, true],
  [{ client_id: 'pets' }, true],
  [{ aud: 'other' }, false],
  [{ aud: 'other', client_id: 'pets' }, false],
  [{ aud: [], client_id: 'pets' }, false],
  [{ aud: '', client_id: 'pets' }, false],
  [{ aud: 'pets shop' }, false],
  [{ client_id: ['other'] }, false],
  [{ azp: 'pets' }, false],
  [{}, false],
]
for (const [claims, isLetIn] of audiences) {
  test(`a token for ${JSON.stringify(claims)} is ${isLetIn ? 'let in' : 'refused'}`, async () => {
    const called = guarded({ tokens: { t: claims } }).call(bearing('t'))
    if (isLetIn) return void (await called)
    await assert.rejects(called, {
      type: 'UNAUTHORIZED',
      challenge: 'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
    })
  })
}

test('an authorizer without audiences lets nobody in', async () => {
  await assert.rejects(guarded({ changes: { audience: [] } }).call(bearing('good')), { type: 'UNAUTHORIZED' })
  const nobody = guarded({ changes: { audience: [] }, tokens: { t: {} } })
  await assert.rejects(nobody.call(bearing('t')), { type: 'UNAUTHORIZED' })
})

const granted: [claims: Claims, scopes: readonly string[] | undefined][] = [
  [{ scope: 'pets/read' }, ['pets/read']],
  [{ scope: 'openid  pets/write' }, ['openid', 'pets/write']],
  [{ scp: ['pets/read', 'x'] }, ['pets/read', 'x']],
  [{ scp: 'x pets/read' }, ['x', 'pets/read']],
  [{ scope: 'x', scp: ['pets/read'] }, ['x', 'pets/read']],
  [{ scope: 'pets/reader' }, undefined],
  [{ scope: 'PETS/READ' }, undefined],
  [{ scope: '' }, undefined],
  [{ scp: [['pets/read']] }, undefined],
  [{ scope: { 'pets/read': true } }, undefined],
  [{ scopes: 'pets/read' }, undefined],
  [{}, undefined],
]
for (const [claims, scopes] of granted) {
  test(`a token with ${JSON.stringify(claims)} is ${scopes ? 'let in' : 'refused'} where scopes are asked for`, async () => {
    const changes = { scopes: ['pets/read', 'pets/write'] }
    const called = guarded({ changes, tokens: { t: { aud: 'pets', ...claims } } }).call(bearing('t'))
    if (scopes) return assert.deepEqual(JSON.parse((await called)?.eventText ?? '').jwt.scopes, scopes)
    await assert.rejects(called, {
      type: 'ACCESS_DENIED',
      message: 'Forbidden',
      challenge:
        'Bearer scope="pets/read pets/write" error="insufficient_scope" ' +
        'error_description="the token does not have a required scope"',
    })
  })
}

describe('a refusal', () => {
  for (const headers of [[], ['Authorization', ''], ['Authorization', 'Bearer'], ['Authorization', 'Bearer  ']]) {
    test(`of ${JSON.stringify(headers)}`, async () => {
      const expected = headers[1] === 'Bearer' ? /^Bearer scope/ : /^Bearer$/
      await assert.rejects(guarded().call(headers), {
        type: 'UNAUTHORIZED',
        message: 'Unauthorized',
        challenge: expected,
      })
    })
  }

  for (const [fault, description] of [
    ['malformed', 'token contains an invalid number of segments'],
    ['expired', 'the token has expired'],
    ['not-yet-valid', 'the token is not valid yet'],
    ['foreign', 'the token does not have a valid issuer'],
    ['untrusted', 'the token does not have a valid signature'],
    ['undiscoverable', 'OIDC discovery endpoint communication error'],
    ['unreachable', 'JWKS communication error'],
  ] as const) {
    for (const token of ['bad', 'late-bad']) {
      test(`of a token that is ${fault}${token === 'bad' ? '' : ', later'}`, async () => {
        const { call } = guarded({ changes: { scopes: ['a', 'b"\r\nX: y'] }, tokens: { [token]: fault } })
        await assert.rejects(call(bearing(token)), {
          type: 'UNAUTHORIZED',
          challenge: `Bearer scope="a bX: y" error="invalid_token" error_description="${description}"`,
        })
      })
    }
  }

  test('of two tokens at once', async () => {
    await assert.rejects(guarded().call([...bearing('good'), ...bearing('good')]), { type: 'UNAUTHORIZED' })
  })
})

test('issuers are shared by all authorizers, up to a thousand', () => {
  const issuers = jwtIssuers({ fetch: () => Promise.reject(new Error('There is nobody')), now: () => 0 })
  const first = issuers.verifier('https://a.example')
  assert.equal(issuers.verifier('https://a.example'), first)
  for (let i = 0; i < 1_000; i++) issuers.verifier(`https://${i}.example`)
  assert.notEqual(issuers.verifier('https://a.example'), first)
})
