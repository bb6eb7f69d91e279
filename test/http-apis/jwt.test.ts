import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type OpenIdProvider, startOpenIdProvider } from '../access/open-id-provider.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { required } from '../management/client.ts'
import { connectV2 } from './client.ts'
import { encoded, type Issuer, jwkOf, ours, signedBy, startIssuer, type TokenParts, theirs, tokenOf } from './issuer.ts'
import { type Queue, startQueue } from './queue.ts'

const role = 'arn:aws:iam::123456789012:role/queue'

describe('a route behind a JWT authorizer', () => {
  let gatehouse: Gatehouse
  let queue: Queue
  let issuer: Issuer
  let provider: OpenIdProvider
  let api: ApiGatewayV2
  let guarded: Guarded

  before(async () => {
    ;[queue, issuer, provider] = await Promise.all([startQueue(), startIssuer(), startOpenIdProvider()])
    const file = join(await temporaryFolder(), 'gatehouse.json')
    const roles = [{ arn: role, accessKeyIdEnv: 'QUEUE_KEY', secretAccessKeyEnv: 'QUEUE_SECRET' }]
    await writeFile(file, JSON.stringify({ roles, serviceEndpoints: [{ service: 'sqs', url: queue.url }] }))
    gatehouse = await startGatehouse({
      args: ['--config', file],
      env: { QUEUE_KEY: 'QUEUE', QUEUE_SECRET: 'secret' },
    })
    api = connectV2(gatehouse.url)
    guarded = await createGuarded(issuer.url)
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await Promise.all([queue, issuer, provider].map((each) => each[Symbol.asyncDispose]()))
  })

  interface Guarded {
    readonly ApiId: string
    readonly AuthorizerId: string
    readonly RouteId: string
  }

  /** An API whose route answers who has called. */
  async function createGuarded(Issuer: string, AuthorizationScopes: string[] = []): Promise<Guarded> {
    const ApiId = required((await api.createApi({ Name: 'guarded', ProtocolType: 'HTTP' })).ApiId)
    const { IntegrationId } = await api.createIntegration({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'SQS-SendMessage',
      PayloadFormatVersion: '1.0',
      CredentialsArn: role,
      RequestParameters: {
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/pets',
        MessageBody: '${context.authorizer.claims.sub} of ${context.authorizer.claims.iss}',
      },
    })
    const { AuthorizerId } = await api.createAuthorizer({
      ApiId,
      Name: 'people',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer, Audience: ['pets'] },
    })
    const { RouteId } = await api.createRoute({
      ApiId,
      RouteKey: 'GET /pets',
      Target: `integrations/${IntegrationId}`,
      AuthorizationType: 'JWT',
      AuthorizerId: required(AuthorizerId),
      AuthorizationScopes,
    })
    await api.createStage({ ApiId, StageName: '$default', AutoDeploy: true })
    return { ApiId, AuthorizerId: required(AuthorizerId), RouteId: required(RouteId) }
  }

  async function call(token?: string, { ApiId } = guarded) {
    const headers = token === undefined ? {} : { Authorization: token }
    const response = await fetch(`${gatehouse.url}/_aws/execute-api/${ApiId}/pets`, { headers })
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      body: JSON.parse(await response.text()),
    }
  }

  function refusal(description: string) {
    const challenge = `Bearer scope="" error="invalid_token" error_description="${description}"`
    return { status: 401, challenge, body: { message: 'Unauthorized' } }
  }

  test('is closed to who brings no token', async () => {
    const refused = { status: 401, challenge: 'Bearer', body: { message: 'Unauthorized' } }
    assert.deepEqual(await call(), refused)
    assert.deepEqual(await call(''), refused)
  })

  test('is open to a good token, which its backend learns of', async () => {
    for (const prefix of ['', 'Bearer ']) {
      const answer = await call(prefix + tokenOf(issuer))
      assert.deepEqual(answer, { status: 200, challenge: null, body: { MessageId: `me of ${issuer.url}` } })
    }
    assert.equal((await call(tokenOf(issuer, { claims: { aud: undefined, client_id: 'pets' } }))).status, 200)
    assert.equal((await call(tokenOf(issuer, { claims: { aud: ['x', 'pets'] } }))).status, 200)
  })

  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicPem = ours.publicKey.export({ type: 'spki', format: 'pem' })
  const hmac = (secret: string | Buffer) => (text: string) => createHmac('sha256', secret).update(text).digest()
  const nothing = () => Buffer.alloc(0)
  const byThem = signedBy(theirs.privateKey)
  const signature = 'the token does not have a valid signature'
  const audience = 'the token does not have a valid audience'
  const issuerText = 'the token does not have a valid issuer'
  const early = 'the token is not valid yet'
  const segments = 'token contains an invalid number of segments'
  const seconds = () => Math.floor(Date.now() / 1000)

  const forged: [name: string, parts: TokenParts, description: string][] = [
    ['somebody else’s signature', { signature: byThem }, signature],
    ['no signature', { signature: nothing }, signature],
    ['algorithm none', { header: { alg: 'none' }, signature: nothing }, signature],
    ['algorithm NONE', { header: { alg: 'NONE' }, signature: nothing }, signature],
    ['the public key as a shared secret', { header: { alg: 'HS256' }, signature: hmac(publicPem) }, signature],
    ['an empty shared secret', { header: { alg: 'HS256' }, signature: hmac('') }, signature],
    ['PSS under an RSA key', { header: { alg: 'PS256' } }, signature],
    [
      'an elliptic signature',
      { header: { alg: 'ES256' }, signature: (t) => sign('sha256', Buffer.from(t), curve.privateKey) },
      signature,
    ],
    ['RS384 over a signature of RS256', { header: { alg: 'RS384' } }, signature],
    ['a list of algorithms', { header: { alg: ['none', 'RS256'] } }, segments],
    ['no algorithm', { header: { alg: undefined } }, segments],
    ['an unknown key', { header: { kid: 'k2' } }, signature],
    ['no key', { header: { kid: undefined } }, signature],
    ['an empty key', { header: { kid: '' } }, signature],
    ['a key as a path', { header: { kid: '../../../../dev/null' }, signature: hmac('') }, signature],
    ['a key as a query', { header: { kid: "x' UNION SELECT 'k" } }, signature],
    ['a key of its own', { header: { jwk: jwkOf(theirs.publicKey, 'k1') }, signature: byThem }, signature],
    ['a place of its keys', { header: { kid: 'k9', jku: 'http://127.0.0.1:1/keys' }, signature: byThem }, signature],
    [
      'a certificate of its own',
      { header: { x5c: ['MIIB'], x5u: 'http://127.0.0.1:1' }, signature: byThem },
      signature,
    ],
    ['an extension that must be understood', { header: { crit: ['x'], x: 1 } }, signature],
    ['a payload that is not encoded', { header: { crit: ['b64'], b64: false } }, signature],
    ['another issuer', { claims: { iss: 'https://evil.example' } }, issuerText],
    ['an issuer with a slash more', { claims: { iss: 'SLASH' } }, issuerText],
    ['no issuer', { claims: { iss: undefined } }, issuerText],
    ['another audience', { claims: { aud: 'shop' } }, audience],
    ['an audience of another case', { claims: { aud: 'Pets' } }, audience],
    ['no audience', { claims: { aud: undefined } }, audience],
    ['an audience beside the client', { claims: { aud: 'shop', client_id: 'pets' } }, audience],
    ['an end in the past', { claims: { exp: seconds() - 1 } }, 'the token has expired'],
    ['an end long ago', { claims: { exp: 1 } }, 'the token has expired'],
    ['no end', { claims: { exp: undefined } }, signature],
    ['an end as text', { claims: { exp: '9999999999' } }, signature],
    ['a beginning in the future', { claims: { nbf: seconds() + 60 } }, early],
    ['an issue in the future', { claims: { iat: seconds() + 60 } }, early],
  ]
  for (const [name, parts, description] of forged) {
    test(`is closed to a token with ${name}`, async () => {
      const told = parts.claims && 'iss' in parts.claims && parts.claims.iss === 'SLASH'
      const text = tokenOf(issuer, told ? { claims: { iss: `${issuer.url}/` } } : parts)
      assert.deepEqual(await call(`Bearer ${text}`), refusal(description))
    })
  }

  test('is closed to what is no token', async () => {
    const [header, claims, end] = tokenOf(issuer).split('.')
    for (const text of [
      'secret',
      `${header}.${claims}`,
      `${header}.${claims}.${end}.x`,
      `${header}.${claims}.${end}.a.b`,
      `.${claims}.${end}`,
      `${header}.${encoded([])}.${end}`,
      `${header}.${Buffer.from('{').toString('base64url')}.${end}`,
      `Basic ${btoa('me:secret')}`,
    ]) {
      assert.deepEqual(await call(text), refusal(segments), text)
    }
  })

  test('is closed to tokens of one issuer at the authorizer of another', async () => {
    const other = await createGuarded(provider.issuer)
    assert.deepEqual(await call(tokenOf(issuer), other), refusal(issuerText))
  })

  test('is open to the tokens of an OpenID provider, if they have one of its scopes', async () => {
    const open = await createGuarded(provider.issuer, ['pets/read', 'pets/admin'])
    const { status, body } = await call(`Bearer ${await provider.token('pets/read')}`, open)
    assert.deepEqual([status, body], [200, { MessageId: `app of ${provider.issuer}` }])
    assert.deepEqual(await call(`Bearer ${await provider.token('pets/write')}`, open), {
      status: 403,
      challenge:
        'Bearer scope="pets/read pets/admin" error="insufficient_scope" ' +
        'error_description="the token does not have a required scope"',
      body: { message: 'Forbidden' },
    })
  })

  test('is closed while its issuer cannot be asked', async () => {
    await using away = await startIssuer()
    const closed = await createGuarded(away.url)
    away.isDown = true
    assert.deepEqual(await call(tokenOf(away), closed), refusal('OIDC discovery endpoint communication error'))
    const asked = away.asked.length
    assert.deepEqual(await call(tokenOf(away), closed), refusal('OIDC discovery endpoint communication error'))
    // Every thread asks once.
    assert.ok(away.asked.length <= asked + 1)
  })

  test('follows its authorizer', async () => {
    const changed = await createGuarded(issuer.url)
    assert.equal((await call(tokenOf(issuer), changed)).status, 200)
    const { ApiId, AuthorizerId } = changed
    await api.updateAuthorizer({ ApiId, AuthorizerId, JwtConfiguration: { Issuer: issuer.url, Audience: ['shop'] } })
    assert.deepEqual(await call(tokenOf(issuer), changed), refusal(audience))
    assert.equal((await call(tokenOf(issuer, { claims: { aud: 'shop' } }), changed)).status, 200)
  })
})
