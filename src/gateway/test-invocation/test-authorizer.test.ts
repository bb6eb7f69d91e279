import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TokenError } from '../../jwt/token-error.ts'
import type { FunctionInvoker } from '../../lambda/invoker.ts'
import type { LambdaAuthorizer, UserPoolAuthorizer } from '../../snapshot/authorizer.ts'
import type { AuthorizerTest } from '../../snapshot/test-invocation.ts'
import { fixedIds, functionUri, noCredentials, stage } from '../fixtures.ts'
import { authorizerTester } from './test-authorizer.ts'

const token: LambdaAuthorizer = {
  type: 'TOKEN',
  authorizerId: 'auth12',
  uri: functionUri,
  identitySource: 'method.request.header.Authorization',
  resultTtlInSeconds: 300,
}
const policyDocument = { Version: '2012-10-17', Statement: [] }

async function run(authorizer: AuthorizerTest['authorizer'], changes: Partial<AuthorizerTest>, answer = {}) {
  let event: { path?: string } = {}
  const functions: FunctionInvoker = {
    async invoke({ payload }) {
      event = JSON.parse(payload)
      return { payload: JSON.stringify(answer), executedVersion: '$LATEST', requestId: 'r' }
    },
  }
  const verify = (bearer: string) => {
    if (bearer !== 'good') throw new TokenError('untrusted', 'It is forged')
    return { sub: 'me', token_use: 'id' }
  }
  const userPools = { verifier: () => ({ verify }) }
  const outside = {
    functions,
    credentials: noCredentials,
    userPools,
    ids: fixedIds,
    now: () => 0,
    maxIntegrationTimeoutMs: 29_000,
  }
  const test = { stage: stage({}), authorizer, headers: [], additionalContext: {}, ...changes }
  const { log, ...result } = await authorizerTester(outside)(test)
  const lines = log.trimEnd().split('\n')
  return { result, event, lines: lines.map((line) => line.replace(/^\w+ \w+ \d+ [\d:]+ UTC \d+ : /, '')) }
}

const id = fixedIds.request()

describe('a test of an authorizer', () => {
  test('tells whom a function has found', async () => {
    const { result, lines } = await run(
      token,
      { headers: ['Authorization', 't'] },
      { principalId: 'me', policyDocument },
    )
    assert.deepEqual(result, {
      clientStatus: 0,
      latencyMs: 0,
      principalId: 'me',
      policy: JSON.stringify(policyDocument),
    })
    assert.deepEqual(lines.slice(0, 3), [
      `Execution log for request ${id}`,
      `Starting authorizer: auth12 for request: ${id}`,
      'Incoming identity: *',
    ])
    assert.equal(lines.at(-1), 'Successfully completed authorizer execution')
  })

  test('shows a function the call that is made up', async () => {
    const identitySource = 'context.identity.sourceIp, method.request.querystring.a'
    const request = { ...token, type: 'REQUEST' as const, identitySource }
    const changes = { pathWithQueryString: '/pets?a=b', additionalContext: { 'identity.sourceIp': '10.0.0.1' } }
    const { event, lines } = await run(request, changes, { principalId: 'me', policyDocument })
    assert.equal(event.path, '/pets')
    assert.equal(lines[2], 'Incoming identity: {context.identity.sourceIp=**.0.0.1, method.request.querystring.a=*}')
  })

  test('tells that nobody was found', async () => {
    const { result, lines } = await run(token, {})
    assert.deepEqual(result, { clientStatus: 401, latencyMs: 0 })
    assert.deepEqual(lines.slice(2), [`Unauthorized request: ${id}`, 'Unauthorized'])
  })

  test('tells what is wrong with a function', async () => {
    const { result, lines } = await run(token, { headers: ['Authorization', 't'] }, { statusCode: 200 })
    assert.deepEqual(result, { clientStatus: 500, latencyMs: 0 })
    assert.deepEqual(lines.slice(-3), [
      'Authorizer result body before parsing: {"statusCode":200}',
      'Execution failed due to configuration error: Invalid JSON in response: Unrecognized field "statusCode" , not marked as ignorable',
      'AuthorizerConfigurationException',
    ])
  })

  const pool: UserPoolAuthorizer = {
    type: 'COGNITO_USER_POOLS',
    authorizerId: 'auth34',
    providerArns: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc'],
    identitySource: 'method.request.header.Authorization',
    scopes: [],
  }

  test('tells the claims of a token', async () => {
    const { result } = await run(pool, { headers: ['Authorization', 'good'] })
    assert.deepEqual(result, { clientStatus: 0, latencyMs: 0, claims: { sub: 'me', token_use: 'id' } })
  })

  test('tells that a token is not good', async () => {
    const { result, lines } = await run(pool, { headers: ['Authorization', 'forged'] })
    assert.deepEqual(result, { clientStatus: 401, latencyMs: 0 })
    assert.deepEqual(lines.slice(2), [`Unauthorized request: ${id}`, 'Unauthorized'])
  })
})
