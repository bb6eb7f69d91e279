import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiGatewayV2, CreateRouteCommandInput } from '@aws-sdk/client-apigatewayv2'
import type { IAM } from '@aws-sdk/client-iam'
import { send, signBySdk } from '../access/signed/call.ts'
import { clientsOf, createFunction } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { allowing, connectIam, type Key, keyOf, trusting } from '../iam/clients.ts'
import { required } from '../management/client.ts'
import { connectV2 } from './client.ts'

const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`
const callers = 'arn:aws:iam::*:user/*'
const failed = { status: 500, body: '{"message":"Internal Server Error"}' }
const served = { status: 200, body: 'hello' }

describe('credentials of an HTTP API', () => {
  let gatehouse: Gatehouse
  let api: ApiGatewayV2
  let iam: IAM
  let hello: string
  let gatekeeper: string
  let alice: Key
  before(async () => {
    gatehouse = await startGatehouse()
    api = connectV2(gatehouse.url)
    iam = connectIam(gatehouse.url)
    const clients = clientsOf(gatehouse.url)
    hello = await createFunction(
      clients,
      'hello',
      `export const handler = async () => ({ statusCode: 200, body: 'hello' })`,
    )
    gatekeeper = await createFunction(
      clients,
      'gatekeeper',
      'export const handler = async () => ({ isAuthorized: true })',
    )
    await iam.createUser({ UserName: 'alice' })
    await allow('execute-api:Invoke')
    alice = keyOf((await iam.createAccessKey({ UserName: 'alice' })).AccessKey)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  function allow(action: string) {
    const PolicyName = action.replace(':', '-')
    return iam.putUserPolicy({ UserName: 'alice', PolicyName, PolicyDocument: allowing(action) })
  }

  interface Settings extends Pick<CreateRouteCommandInput, 'AuthorizationType'> {
    readonly CredentialsArn: string
    readonly AuthorizerCredentialsArn?: string
  }

  /** Neither function permits the service: only credentials invoke them. */
  async function serve({ CredentialsArn, AuthorizerCredentialsArn, ...route }: Settings) {
    const ApiId = required((await api.createApi({ Name: 'credentials', ProtocolType: 'HTTP' })).ApiId)
    const { IntegrationId } = await api.createIntegration({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: hello,
      PayloadFormatVersion: '2.0',
      CredentialsArn,
    })
    const { AuthorizerId } = AuthorizerCredentialsArn
      ? await api.createAuthorizer({
          ApiId,
          Name: 'gatekeeper',
          AuthorizerType: 'REQUEST',
          IdentitySource: [],
          AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${gatekeeper}/invocations`,
          AuthorizerPayloadFormatVersion: '2.0',
          EnableSimpleResponses: true,
          AuthorizerCredentialsArn,
        })
      : {}
    await api.createRoute({
      ApiId,
      RouteKey: 'GET /',
      Target: `integrations/${IntegrationId}`,
      ...route,
      ...(AuthorizerId && { AuthorizationType: 'CUSTOM', AuthorizerId }),
    })
    await api.createStage({ ApiId, StageName: 'dev' })
    await api.createDeployment({ ApiId, StageName: 'dev' })
    return async (key?: Key) => {
      const host = `${ApiId}.execute-api.localhost`
      const signed = await signBySdk({ gateway: gatehouse.url, host, path: '/dev/', headers: {}, ...(key && { key }) })
      const { status, body } = await send(signed)
      return { status, body }
    }
  }

  test('a role invokes functions: it must exist, trust the service, and be allowed', async () => {
    const RoleName = 'invoker'
    const call = await serve({ CredentialsArn: roleArn(RoleName), AuthorizerCredentialsArn: roleArn(RoleName) })
    assert.deepEqual(await call(), failed)
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting({ Service: 'lambda.amazonaws.com' }) })
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:InvokeFunction') })
    assert.deepEqual(await call(), failed)
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trusting({ Service: 'apigateway.amazonaws.com' }) })
    assert.deepEqual(await call(), served)
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:GetFunction') })
    assert.deepEqual(await call(), failed)
  })

  test('whoever signs invokes the function, if they may', async () => {
    const call = await serve({ CredentialsArn: callers, AuthorizationType: 'AWS_IAM' })
    assert.deepEqual(await call(), { status: 403, body: '{"message":"Forbidden"}' })
    assert.deepEqual(await call(alice), failed)
    await allow('lambda:InvokeFunction')
    assert.deepEqual(await call(alice), served)
  })

  test('of callers are not deployed where nobody signs', async () => {
    await assert.rejects(serve({ CredentialsArn: callers, AuthorizationType: 'NONE' }), {
      name: 'BadRequestException',
      message: /its callers do not sign$/,
    })
  })
})
