import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { freePort } from '../../src/control/free-port.ts'
import { clientsOf, createFunction, permit } from '../api.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { allowing, connectIam, type Key, keyOf } from '../iam/clients.ts'
import { connect, replace, required } from '../management/client.ts'
import { type Answer, type Call, send, signBySdk } from './signed/call.ts'

const [office, plant] = ['vpce-0a1b2c3d4e5f60718', 'vpce-0f1e2d3c4b5a69788'] as const
const forbidden = { status: 403, errorType: 'ForbiddenException', body: '{"message":"Forbidden"}' }

function policy(...conditions: readonly object[]): string {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }
  const Statement = conditions.map((Condition) => ({ ...statement, Condition }))
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

const fromOffice = { StringEquals: { 'aws:SourceVpce': office } }

describe('a private API of a whole gateway', () => {
  let folder: string
  let gatehouse: Gatehouse
  let api: APIGateway
  let functionArn: string
  let alice: Key
  let listeners: { readonly api: string; readonly office: string; readonly plant: string }
  before(async () => {
    folder = await temporaryFolder()
    const ports = await Promise.all(['', '', ''].map(() => freePort('127.0.0.1', 0)))
    const [apiPort, officePort, plantPort] = ports
    const vpcEndpoints = [
      { vpcEndpointId: office, vpcId: 'vpc-0a1b2c3d4e5f60718', port: officePort },
      { vpcEndpointId: plant, vpcId: 'vpc-0f1e2d3c4b5a69788', port: plantPort },
    ]
    const config = join(folder, 'gatehouse.json')
    await writeFile(config, JSON.stringify({ apiPort, vpcEndpoints }))
    gatehouse = await startGatehouse({ args: ['--config', config] })
    const [forApis = '', forOffice = '', forPlant = ''] = ports.map((port) => `http://127.0.0.1:${port}`)
    listeners = { api: forApis, office: forOffice, plant: forPlant }
    api = connect(gatehouse.url)
    const source = `export const handler = async ({ requestContext: { identity } }) => ({ statusCode: 200,
      body: [identity.vpceId, identity.vpcId, identity.sourceIp, identity.userArn].join(' ') })`
    functionArn = await createFunction(clientsOf(gatehouse.url), 'who', source)
    const iam = connectIam(gatehouse.url)
    await iam.createUser({ UserName: 'alice' })
    await iam.putUserPolicy({ UserName: 'alice', PolicyName: 'p', PolicyDocument: allowing('execute-api:Invoke') })
    alice = keyOf((await iam.createAccessKey({ UserName: 'alice' })).AccessKey)
  })
  after(async () => {
    await gatehouse[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  async function create(authorizationType: 'NONE' | 'AWS_IAM', ofPolicy: string) {
    const endpointConfiguration = { types: ['PRIVATE' as const], vpcEndpointIds: [office] }
    const { id, rootResourceId } = await api.createRestApi({ name: 'staff', endpointConfiguration, policy: ofPolicy })
    const restApiId = required(id)
    const method = { restApiId, resourceId: required(rootResourceId), httpMethod: 'GET' }
    await api.putMethod({ ...method, authorizationType })
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
    await api.putIntegration({ ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri })
    await permit(clientsOf(gatehouse.url), functionArn, restApiId)
    await api.createDeployment({ restApiId, stageName: 'dev' })
    const name = `${restApiId}.execute-api.us-east-1.amazonaws.com`
    return { restApiId, method, name }
  }

  /** Several connections, so that more than one worker answers. */
  async function call(gateway: string, host: string, more: Partial<Call> = {}): Promise<Answer> {
    const sent = await signBySdk({ gateway, host, path: '/dev', ...more })
    const answers = [await send(sent), await send(sent), await send(sent), await send(sent)]
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    return answers[0] ?? assert.fail('no answer')
  }

  test('is open to the VPC endpoint that its policy names, and to no listener of the public', async () => {
    const { restApiId, name } = await create('NONE', policy(fromOffice))
    const { status, body } = await call(listeners.office, name)
    assert.deepEqual([status, body], [200, `${office} vpc-0a1b2c3d4e5f60718 127.0.0.1 `])
    const elsewhere = await call(listeners.plant, name)
    assert.deepEqual([elsewhere.status, elsewhere.errorType], [403, 'AccessDeniedException'])
    for (const gateway of [gatehouse.url, listeners.api]) {
      assert.deepEqual(await call(gateway, name), forbidden)
      assert.deepEqual(await call(gateway, `${restApiId}-${office}.execute-api.us-east-1.amazonaws.com`), forbidden)
      assert.deepEqual(await call(gateway, 'localhost', { path: `/_aws/execute-api/${restApiId}/dev` }), forbidden)
    }
    const alias = `${restApiId}-${office}.execute-api.us-east-1.amazonaws.com`
    assert.equal((await call(listeners.office, alias)).status, 200)
    const headers = { 'x-apigw-api-id': restApiId }
    const own = `${office}-x1y2z3ab.execute-api.us-east-1.vpce.amazonaws.com`
    assert.equal((await call(listeners.office, own, { headers })).status, 200)
  })

  test('asks signed calls for both: the way, and the caller', async () => {
    const both = { ...fromOffice, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/alice' } }
    const Deny = { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }
    const denying = { ...Deny, Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d4e5f60718' } } }
    const written = JSON.parse(policy(both))
    const ofPolicy = JSON.stringify({ ...written, Statement: [...written.Statement, denying] })
    const { name } = await create('AWS_IAM', ofPolicy)
    const answer = await call(listeners.office, name, { key: alice })
    assert.deepEqual([answer.status, answer.body.endsWith('user/alice')], [200, true])
    assert.equal((await call(listeners.office, name)).errorType, 'MissingAuthenticationTokenException')
    const forged = { ...alice, secretAccessKey: 'guess' }
    assert.equal((await call(listeners.office, name, { key: forged })).errorType, 'InvalidSignatureException')
    const elsewhere = await call(listeners.plant, name, { key: alice })
    assert.match(
      elsewhere.body,
      /User: .*user\/alice is not authorized .* with an explicit deny in a resource-based policy/,
    )
    assert.deepEqual(await call(gatehouse.url, name, { key: alice }), forbidden)
  })

  test('can be tested, and becomes public and private again without a deployment', async () => {
    const { restApiId, method, name } = await create(
      'NONE',
      policy(fromOffice, { Bool: { 'aws:SecureTransport': 'false' } }),
    )
    const { status, log } = await api.testInvokeMethod(method)
    assert.equal(status, 200, log ?? '')
    const types = (from: string, to: string) => replace(`/endpointConfiguration/types/${from}`, to)
    const removed = { op: 'remove', path: '/endpointConfiguration/vpcEndpointIds', value: office } as const
    await api.updateRestApi({ restApiId, patchOperations: [removed, types('PRIVATE', 'REGIONAL')] })
    assert.equal((await call(gatehouse.url, name)).status, 200)
    assert.deepEqual(await call(listeners.office, name), forbidden)
    await api.updateRestApi({ restApiId, patchOperations: [types('REGIONAL', 'PRIVATE')] })
    assert.deepEqual(await call(gatehouse.url, name), forbidden)
    assert.equal((await call(listeners.office, name)).status, 200)
  })

  test('has no management behind its listeners', async () => {
    const { restApiId } = await create('NONE', policy(fromOffice))
    for (const path of ['/restapis', `/restapis/${restApiId}`, '/2015-03-31/functions', '/_gatehouse/status']) {
      assert.deepEqual(await call(listeners.office, '127.0.0.1', { path }), forbidden)
    }
  })
})
