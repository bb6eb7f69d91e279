import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { APIGateway, PutIntegrationCommandInput } from '@aws-sdk/client-api-gateway'
import type { IAM } from '@aws-sdk/client-iam'
import { AddPermissionCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import { freePort } from '../../src/control/free-port.ts'
import { type Clients, clientsOf, createFunction } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { allowing, connectIam, connectSts, type Key, keyOf, trusting } from '../iam/clients.ts'
import { connect, replace, required } from '../management/client.ts'
import { send, signBySdk } from './signed/call.ts'

const account = '123456789012'
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`
const callers = 'arn:aws:iam::*:user/*'
const trustGateway = trusting({ Service: 'apigateway.amazonaws.com' })
const failed = { status: 500, body: '{"message": "Internal server error"}' }

describe('credentials of integrations and authorizers', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  let iam: IAM
  let clients: Clients
  let hello: string
  let alice: Key
  before(async () => {
    const port = await freePort('127.0.0.1', 0)
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-credentials-'))
    const config = join(folder, 'gatehouse.json')
    // The gateway's own services stand for AWS's.
    const serviceEndpoints = ['sts', 'iam'].map((service) => ({ service, url: `http://127.0.0.1:${port}` }))
    await writeFile(config, JSON.stringify({ port, serviceEndpoints }))
    gatehouse = await startGatehouse({ args: ['--config', config, '--port', String(port)] })
    api = connect(gatehouse.url)
    iam = connectIam(gatehouse.url)
    clients = clientsOf(gatehouse.url)
    hello = await createFunction(
      clients,
      'hello',
      `export const handler = async () => ({ statusCode: 200, body: 'hello' })`,
    )
    await iam.createUser({ UserName: 'alice' })
    await allow('alice', 'execute-api:Invoke')
    alice = keyOf((await iam.createAccessKey({ UserName: 'alice' })).AccessKey)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  function allow(UserName: string, action: string) {
    return iam.putUserPolicy({ UserName, PolicyName: action.replace(':', '-'), PolicyDocument: allowing(action) })
  }

  const invocationOf = (functionArn: string) =>
    `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`

  interface Settings {
    readonly integration: Partial<PutIntegrationCommandInput>
    readonly authorizationType?: 'NONE' | 'AWS_IAM' | 'CUSTOM'
    readonly authorizerCredentials?: string
    readonly policy?: string
  }

  async function create({ integration, authorizationType = 'NONE', authorizerCredentials, policy }: Settings) {
    const { id, rootResourceId } = await api.createRestApi({ name: 'credentials', ...(policy && { policy }) })
    const restApiId = required(id)
    const method = { restApiId, resourceId: required(rootResourceId), httpMethod: 'GET' }
    const { id: authorizerId } = authorizerCredentials
      ? await api.createAuthorizer({
          restApiId,
          name: 'gatekeeper',
          type: 'TOKEN',
          identitySource: 'method.request.header.Authorization',
          authorizerUri: invocationOf(hello.replace(/hello$/, 'gatekeeper')),
          authorizerCredentials,
          authorizerResultTtlInSeconds: 0,
        })
      : {}
    await api.putMethod({ ...method, authorizationType, ...(authorizerId && { authorizerId }) })
    await api.putMethodResponse({ ...method, statusCode: '200' })
    await api.putIntegration({ ...method, integrationHttpMethod: 'POST', type: 'AWS', ...integration })
    if (integration.type !== 'AWS_PROXY') await api.putIntegrationResponse({ ...method, statusCode: '200' })
    return { restApiId, method, deploy: () => api.createDeployment({ restApiId, stageName: 'dev' }) }
  }

  async function serve(settings: Settings) {
    const { restApiId, method, deploy } = await create(settings)
    await deploy()
    const call = async (key?: Key, headers: Record<string, string> = {}) => {
      const host = `${restApiId}.execute-api.localhost`
      const signed = await signBySdk({ gateway: gatehouse.url, host, path: '/dev/', headers, ...(key && { key }) })
      const { status, body } = await send(signed)
      return { status, body }
    }
    /** The execution log of a test call. */
    const log = async () => (await api.testInvokeMethod(method)).log ?? ''
    return { call, log }
  }

  const proxy = () => ({ type: 'AWS_PROXY', uri: invocationOf(hello) }) as const

  test('a role invokes a function: it must exist, trust the service, and be allowed', async () => {
    const RoleName = 'invoker'
    const { call, log } = await serve({ integration: { ...proxy(), credentials: roleArn(RoleName) } })
    const refused = new RegExp(
      `Execution failed due to configuration error: API Gateway does not have permission to assume the provided role ${roleArn(RoleName)}\n`,
    )
    const forbidden = / : Execution failed due to configuration error: Invalid permissions on Lambda function/
    assert.deepEqual(await call(), failed)
    assert.match(await log(), refused)

    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting({ Service: 'lambda.amazonaws.com' }) })
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:InvokeFunction') })
    assert.deepEqual(await call(), failed)
    assert.match(await log(), refused)

    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trustGateway })
    assert.deepEqual(await call(), { status: 200, body: 'hello' })

    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:GetFunction') })
    assert.deepEqual(await call(), failed)
    assert.match(await log(), forbidden)

    // The function's own policy may let the role in, too.
    const permission = { FunctionName: 'hello', StatementId: 'role' }
    const Action = 'lambda:InvokeFunction'
    await clients.lambda.send(new AddPermissionCommand({ ...permission, Action, Principal: roleArn(RoleName) }))
    assert.equal((await call()).status, 200)
    await clients.lambda.send(new RemovePermissionCommand(permission))
    assert.deepEqual(await call(), failed)

    const Statement = [
      { Effect: 'Allow', Action, Resource: '*' },
      { Effect: 'Deny', Action, Resource: hello },
    ]
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument })
    assert.deepEqual(await call(), failed)
    await iam.deleteRolePolicy({ RoleName, PolicyName: 'p' })
    await iam.deleteRole({ RoleName })
    assert.deepEqual(await call(), failed)
  })

  test('a role trusts the calls that its trust policy names', async () => {
    const RoleName = 'trusting'
    const condition = (ArnLike: string) =>
      trusting({ Service: 'apigateway.amazonaws.com' }, 'sts:AssumeRole', { ArnLike: { 'aws:SourceArn': ArnLike } })
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: condition('arn:aws:execute-api:*:*:*/dev/GET/*') })
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:InvokeFunction') })
    const { call } = await serve({ integration: { ...proxy(), credentials: roleArn(RoleName) } })
    assert.equal((await call()).status, 200)
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: condition('arn:aws:execute-api:*:*:*/prod/*') })
    assert.deepEqual(await call(), failed)
  })

  test('a custom integration invokes a function by a role, too', async () => {
    const RoleName = 'custom'
    const { call } = await serve({ integration: { uri: invocationOf(hello), credentials: roleArn(RoleName) } })
    assert.deepEqual(await call(), failed)
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustGateway })
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:*') })
    assert.deepEqual(await call(), { status: 200, body: '{"statusCode":200,"body":"hello"}' })
  })

  test("whoever calls invokes a function by their own policies, and not by the service's permission", async () => {
    const permission = { FunctionName: 'hello', StatementId: 'service', Action: 'lambda:InvokeFunction' }
    await clients.lambda.send(new AddPermissionCommand({ ...permission, Principal: 'apigateway.amazonaws.com' }))
    const { call, log } = await serve({
      authorizationType: 'AWS_IAM',
      integration: { ...proxy(), credentials: callers },
    })
    assert.equal((await call()).status, 403)
    assert.deepEqual(await call(alice), failed)
    await allow('alice', 'lambda:InvokeFunction')
    assert.deepEqual(await call(alice), { status: 200, body: 'hello' })
    assert.equal((await call({ ...alice, secretAccessKey: 'guess' })).status, 403)
    assert.match(await log(), /Execution failed due to configuration error: The call has no credentials/)

    const RoleName = 'visitor'
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting({ AWS: account }) })
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('*') })
    const open = async (Policy: string) => {
      const input = { RoleArn: roleArn(RoleName), RoleSessionName: 'tour', Policy }
      return keyOf((await connectSts(gatehouse.url).assumeRole(input)).Credentials)
    }
    assert.equal((await call(await open(allowing('*')))).status, 200)
    assert.deepEqual(await call(await open(allowing('execute-api:*'))), failed)
  })

  test('callers’ credentials need callers who sign, and no resource policy', async () => {
    const integration = { ...proxy(), credentials: callers }
    const open = await create({ integration })
    await assert.rejects(open.deploy(), {
      name: 'BadRequestException',
      message: `Cannot deploy: the integration of method GET / has credentials ${callers}, but the method has authorizationType NONE`,
    })
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
    const policy = JSON.stringify({ Version: '2012-10-17', Statement })
    const shared = await create({ integration, authorizationType: 'AWS_IAM', policy })
    await assert.rejects(shared.deploy(), {
      name: 'BadRequestException',
      message: 'Caller provided credentials not allowed when resource policy is set',
    })
    await api.updateRestApi({ restApiId: shared.restApiId, patchOperations: [replace('/policy', '')] })
    await shared.deploy()
  })

  test('a role invokes an authorizer', async () => {
    const source = `export const handler = async ({ methodArn }) => ({ principalId: 'me', policyDocument: {
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }] } })`
    await createFunction(clients, 'gatekeeper', source)
    const RoleName = 'gatekeeper'
    const integration = { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } } as const
    const settings = { integration, authorizationType: 'CUSTOM', authorizerCredentials: roleArn(RoleName) } as const
    const { call } = await serve(settings)
    const refused = { status: 500, body: '{"message":null}' }
    const headers = { authorization: 'token' }
    assert.deepEqual(await call(undefined, headers), refused)
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustGateway })
    assert.deepEqual(await call(undefined, headers), refused)
    await iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allowing('lambda:InvokeFunction') })
    assert.equal((await call(undefined, headers)).status, 200)
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trusting({ AWS: account }) })
    assert.deepEqual(await call(undefined, headers), refused)

    const another = await create({ ...settings, authorizerCredentials: callers })
    await assert.rejects(another.deploy(), /has an authorizer with authorizerCredentials .*, which are no role's/)
  })

  const whoAmI = 'arn:aws:apigateway:us-east-1:sts:action/GetCallerIdentity&Version=2011-06-15'

  test('a role without a configured key calls a service in a session that the service knows', async () => {
    const RoleName = 'caller'
    const { call } = await serve({ integration: { uri: whoAmI, credentials: roleArn(RoleName) } })
    assert.deepEqual(await call(), failed)
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustGateway })
    for (let count = 0; count < 4; count++) {
      const { status, body } = await call()
      assert.equal(status, 200)
      assert.match(body, /assumed-role\/caller\/BackplaneAssumeRoleSession/)
    }
    await iam.deleteRole({ RoleName })
    assert.deepEqual(await call(), failed)
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustGateway })
    assert.equal((await call()).status, 200)
  })

  test('whoever calls calls a service with their own key', async () => {
    const { call } = await serve({ authorizationType: 'AWS_IAM', integration: { uri: whoAmI, credentials: callers } })
    const { status, body } = await call(alice)
    assert.equal(status, 200)
    assert.match(body, new RegExp(`arn:aws:iam::${account}:user/alice`))
  })

  test('no service of the internet sees a session or a key of this gateway', async () => {
    const uri = 'arn:aws:apigateway:us-east-1:sns:action/ListTopics'
    const byRole = await serve({ integration: { uri, credentials: roleArn('caller') } })
    assert.deepEqual(await byRole.call(), failed)
    assert.match(await byRole.log(), /no entry of `roles` in the configuration gives it credentials/)
    const byCaller = await serve({ authorizationType: 'AWS_IAM', integration: { uri, credentials: callers } })
    assert.deepEqual(await byCaller.call(alice), failed)
  })
})
