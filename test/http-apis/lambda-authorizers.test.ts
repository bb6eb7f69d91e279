import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2, CreateAuthorizerCommandInput } from '@aws-sdk/client-apigatewayv2'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { clientsOf, createFunction, permit } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { required } from '../management/client.ts'
import { connectV2 } from './client.ts'

/** Decides by the first word of who calls, and tells how often it was asked. */
const gatekeeper = `
let asked = 0
export const handler = async ({ identitySource, version, routeArn, methodArn }) => {
  asked++
  const [who] = [identitySource].flat()
  if (who === 'unauthorized') throw new Error('Unauthorized')
  if (who === 'broken') throw new Error('no')
  if (who === 'nothing') return {}
  const context = { asked, tags: ['a'] }
  if (version === '2.0' && who.startsWith('simple')) return { isAuthorized: who === 'simple', context }
  const Statement = [{ Action: 'execute-api:Invoke', Effect: who === 'deny' ? 'Deny' : 'Allow', Resource: routeArn ?? methodArn }]
  return { principalId: who, policyDocument: { Version: '2012-10-17', Statement }, context: { asked } }
}`
const pets = 'export const handler = async ({ requestContext }) => requestContext.authorizer'

describe('a route behind a Lambda authorizer', () => {
  let gatehouse: Gatehouse
  let api: ApiGatewayV2
  let gatekeeperArn: string
  let petsArn: string
  before(async () => {
    // One worker: what it remembers is counted.
    gatehouse = await startGatehouse({ args: ['--workers', '1'] })
    api = connectV2(gatehouse.url)
    gatekeeperArn = await createFunction(clientsOf(gatehouse.url), 'gatekeeper', gatekeeper)
    petsArn = await createFunction(clientsOf(gatehouse.url), 'pets', pets)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  async function guarded(settings: Partial<CreateAuthorizerCommandInput> = {}, isPermitted = true) {
    const ApiId = required((await api.createApi({ Name: 'guarded', ProtocolType: 'HTTP' })).ApiId)
    const clients = clientsOf(gatehouse.url)
    await permit(clients, petsArn, ApiId)
    const { IntegrationId } = await api.createIntegration({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: petsArn,
      PayloadFormatVersion: '2.0',
    })
    const { AuthorizerId = '' } = await api.createAuthorizer({
      ApiId,
      Name: 'gatekeeper',
      AuthorizerType: 'REQUEST',
      IdentitySource: ['$request.header.X-Who'],
      AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${gatekeeperArn}/invocations`,
      AuthorizerPayloadFormatVersion: '2.0',
      ...settings,
    })
    for (const RouteKey of ['GET /pets', 'GET /shops']) {
      const guard = { AuthorizationType: 'CUSTOM', AuthorizerId } as const
      await api.createRoute({ ApiId, RouteKey, Target: `integrations/${IntegrationId}`, ...guard })
    }
    await api.createStage({ ApiId, StageName: '$default', AutoDeploy: true })
    if (isPermitted) {
      await clients.lambda.send(
        new AddPermissionCommand({
          FunctionName: 'gatekeeper',
          StatementId: `from-${ApiId}`,
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: `arn:aws:execute-api:us-east-1:123456789012:${ApiId}/authorizers/${AuthorizerId}`,
        }),
      )
    }
    return ApiId
  }

  async function call(ApiId: string, who?: string, path = '/pets') {
    const headers = who === undefined ? {} : { 'X-Who': who }
    const response = await fetch(`${gatehouse.url}/_aws/execute-api/${ApiId}${path}`, { headers })
    const { lambda, message }: { lambda?: Record<string, unknown>; message?: string } = JSON.parse(
      await response.text(),
    )
    return { status: response.status, ...(lambda && { lambda }), ...(message !== undefined && { message }) }
  }

  const outcomes: [who: string | undefined, status: number, message?: string][] = [
    [undefined, 401, 'Unauthorized'],
    ['', 401, 'Unauthorized'],
    ['unauthorized', 401, 'Unauthorized'],
    ['broken', 500, 'Internal Server Error'],
    ['nothing', 500, 'Internal Server Error'],
  ]

  test('is open to whom a policy allows', async () => {
    for (const AuthorizerPayloadFormatVersion of ['1.0', '2.0']) {
      const ApiId = await guarded({ AuthorizerPayloadFormatVersion })
      assert.equal((await call(ApiId, 'ann')).status, 200)
      assert.deepEqual(await call(ApiId, 'deny'), { status: 403, message: 'Forbidden' })
      for (const [who, status, message] of outcomes) assert.deepEqual(await call(ApiId, who), { status, message })
    }
  })

  test('is open to whom a simple answer allows', async () => {
    const ApiId = await guarded({ EnableSimpleResponses: true })
    const { status, lambda } = await call(ApiId, 'simple')
    assert.deepEqual([status, lambda?.['tags']], [200, ['a']])
    assert.deepEqual(await call(ApiId, 'simple-no'), { status: 403, message: 'Forbidden' })
    assert.deepEqual(await call(ApiId, 'ann'), { status: 500, message: 'Internal Server Error' })
    for (const [who, status, message] of outcomes) assert.deepEqual(await call(ApiId, who), { status, message })
  })

  test('is closed while the function does not permit it', async () => {
    const ApiId = await guarded({}, false)
    assert.deepEqual(await call(ApiId, 'ann'), { status: 500, message: 'Internal Server Error' })
  })

  test('remembers who called until its time ends or its cache is reset', async () => {
    const ApiId = await guarded({ AuthorizerResultTtlInSeconds: 3600 })
    const first = await call(ApiId, 'ann')
    assert.deepEqual(await call(ApiId, 'ann'), first)
    // The remembered policy names the first route alone.
    assert.deepEqual(await call(ApiId, 'ann', '/shops'), { status: 403, message: 'Forbidden' })
    await api.resetAuthorizersCache({ ApiId, StageName: '$default' })
    assert.equal((await call(ApiId, 'ann', '/shops')).status, 200)
    assert.deepEqual(await call(ApiId, 'ann'), { status: 403, message: 'Forbidden' })
  })
})
