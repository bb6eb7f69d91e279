import assert from 'node:assert/strict'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { connect, required } from '../management/client.ts'
import { type Cognito, cognitoUser, startCognito } from './cognito.ts'
import { type OpenIdProvider, startOpenIdProvider } from './open-id-provider.ts'

const arnOf = (poolId: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId}`

/** A method that tells who has called, behind an authorizer. */
async function createGuarded(api: APIGateway, poolId: string, scopes: string[]) {
  const { id, rootResourceId } = await api.createRestApi({ name: 'guarded' })
  const restApiId = required(id)
  const authorizer = await api.createAuthorizer({
    restApiId,
    name: 'people',
    type: 'COGNITO_USER_POOLS',
    providerARNs: [arnOf(poolId)],
    identitySource: 'method.request.header.Authorization',
  })
  const method = { restApiId, resourceId: required(rootResourceId), httpMethod: 'GET' }
  const authorizationScopes = scopes.length > 0 ? { authorizationScopes: scopes } : {}
  const authorizerId = required(authorizer.id)
  await api.putMethod({ ...method, authorizationType: 'COGNITO_USER_POOLS', authorizerId, ...authorizationScopes })
  await api.putMethodResponse({ ...method, statusCode: '200' })
  const requestTemplates = { 'application/json': '{"statusCode": 200}' }
  await api.putIntegration({ ...method, type: 'MOCK', requestTemplates })
  const template = '{"sub": "$context.authorizer.claims.sub", "iss": "$context.authorizer.claims.iss"}'
  await api.putIntegrationResponse({
    ...method,
    statusCode: '200',
    responseTemplates: { 'application/json': template },
  })
  await api.createDeployment({ restApiId, stageName: 'dev' })
  return { restApiId, authorizerId, method }
}

describe('a method behind user pools', () => {
  let gatehouse: Gatehouse
  let cognito: Cognito
  let provider: OpenIdProvider
  let api: APIGateway

  before(async () => {
    ;[cognito, provider] = await Promise.all([startCognito(), startOpenIdProvider()])
    const file = join(await temporaryFolder(), 'gatehouse.json')
    const userPools = [
      {
        arn: arnOf(cognito.poolId),
        issuer: `${cognito.url}/{poolId}`,
        // Its discovery names another port than the one that it listens on.
        jwksUri: `${cognito.url}/{poolId}/.well-known/jwks.json`,
      },
      { arn: arnOf('us-east-1_provider'), issuer: provider.issuer },
    ]
    await writeFile(file, JSON.stringify({ userPools }))
    gatehouse = await startGatehouse({ args: ['--config', file] })
    api = connect(gatehouse.url)
  })
  after(async () => {
    cognito[Symbol.dispose]()
    await provider[Symbol.asyncDispose]()
    await gatehouse[Symbol.asyncDispose]()
  })

  async function call(restApiId: string, token?: string) {
    const headers = token === undefined ? {} : { Authorization: token }
    const response = await fetch(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev`, { headers })
    return {
      status: response.status,
      errorType: response.headers.get('x-amzn-errortype'),
      body: JSON.parse(await response.text()),
    }
  }
  const unauthorized = { status: 401, errorType: 'UnauthorizedException', body: { message: 'Unauthorized' } }

  test('is open to who has signed in, and to nobody else', async () => {
    const { restApiId } = await createGuarded(api, cognito.poolId, [])
    const { idToken, accessToken } = await cognito.signIn(cognitoUser.name, cognitoUser.password)
    const { status, body } = await call(restApiId, idToken)
    assert.equal(status, 200)
    assert.match(body.sub, /^[0-9a-f-]{36}$/)
    assert.equal(body.iss, `${cognito.url}/${cognito.poolId}`)
    assert.equal((await call(restApiId, `Bearer ${idToken}`)).status, 200)
    for (const token of [undefined, '', 'nonsense', accessToken, forged(idToken), await provider.token('pets/read')]) {
      assert.deepEqual(await call(restApiId, token), unauthorized)
    }
  })

  test('with scopes is open to a token of an OpenID provider that has one of them', async () => {
    const { restApiId } = await createGuarded(api, 'us-east-1_provider', ['pets/write', 'pets/admin'])
    assert.deepEqual(await call(restApiId, `Bearer ${await provider.token('pets/read pets/write')}`), {
      status: 200,
      errorType: null,
      body: { sub: 'app', iss: provider.issuer },
    })
    assert.deepEqual(await call(restApiId, `Bearer ${await provider.token('pets/read')}`), {
      status: 403,
      errorType: 'AccessDeniedException',
      body: { Message: 'User is not authorized to access this resource' },
    })
    assert.deepEqual(await call(restApiId, forged(await provider.token('pets/write'))), unauthorized)
  })

  test('is open to the pools of its authorizer as it was deployed', async () => {
    const { restApiId, authorizerId } = await createGuarded(api, cognito.poolId, [])
    const { idToken } = await cognito.signIn(cognitoUser.name, cognitoUser.password)
    await api.updateAuthorizer({
      restApiId,
      authorizerId,
      patchOperations: [{ op: 'replace', path: '/identityValidationExpression', value: 'another-client' }],
    })
    assert.equal((await call(restApiId, idToken)).status, 200)
    await api.createDeployment({ restApiId, stageName: 'dev' })
    assert.deepEqual(await call(restApiId, idToken), unauthorized)
  })

  test('is not deployed with what cannot be enforced', async () => {
    const { restApiId, authorizerId, method } = await createGuarded(api, cognito.poolId, [])
    await api.updateAuthorizer({
      restApiId,
      authorizerId,
      patchOperations: [{ op: 'replace', path: '/identityValidationExpression', value: '(a)\\1' }],
    })
    await assert.rejects(api.createDeployment({ restApiId, stageName: 'dev' }), {
      name: 'BadRequestException',
      message: /identityValidationExpression \(a\)\\1/,
    })
    await api.updateMethod({
      ...method,
      patchOperations: [{ op: 'replace', path: '/authorizationType', value: 'CUSTOM' }],
    })
    await assert.rejects(api.createDeployment({ restApiId, stageName: 'dev' }), {
      name: 'BadRequestException',
      message: /authorizationType CUSTOM/,
    })
  })
})

/** The token with the signature of somebody else. */
function forged(token: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const text = token.slice(0, token.lastIndexOf('.'))
  return `${text}.${createSign('sha256').update(text).sign(privateKey, 'base64url')}`
}
