import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { CreateDeploymentCommand, UpdateMethodCommand } from '@aws-sdk/client-api-gateway'
import type { IAM } from '@aws-sdk/client-iam'
import { signRequest } from '../../src/sigv4/sign-request.ts'
import { clientsOf, createApi, deploy, putMock } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { allowing, connectIam, connectSts, type Key, keyOf, trusting } from './clients.ts'

const account = '123456789012'
const rootKey: Key = { accessKeyId: 'AKIAGATEHOUSEROOT234', secretAccessKey: 'the-secret-of-the-root-1234567890' }

describe('what IAM and STS say takes effect with the next call of an AWS_IAM method', () => {
  let gatehouse: Gatehouse
  let iam: IAM
  let restApiId: string
  before(async () => {
    gatehouse = await startGatehouse({
      env: {
        GATEHOUSE_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
        GATEHOUSE_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      },
    })
    iam = connectIam(gatehouse.url)
    const clients = clientsOf(gatehouse.url)
    const api = await createApi(clients, 'guarded')
    restApiId = api.restApiId
    await putMock(clients, { restApiId, resourceId: api.rootId, text: 'hello' })
    const patchOperations = [{ op: 'replace', path: '/authorizationType', value: 'AWS_IAM' } as const]
    const method = { restApiId, resourceId: api.rootId, httpMethod: 'GET' }
    await clients.apigateway.send(new UpdateMethodCommand({ ...method, patchOperations }))
    await deploy(clients, restApiId)
    await clients.apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod' }))
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  /** @returns the status of a call of the stage dev, or another, signed with the key. */
  async function call(credentials: Key, stage = 'dev'): Promise<number> {
    const url = new URL(`${gatehouse.url}/_aws/execute-api/${restApiId}/${stage}/`)
    const options = { credentials, region: 'us-east-1', service: 'execute-api', date: new Date() }
    const headers = { ...signRequest({ method: 'GET', url }, options), connection: 'close' }
    const statuses: number[] = []
    // Several connections, so that more than one worker answers.
    for (let count = 0; count < 6; count++) {
      const response = await fetch(url, { headers })
      statuses.push(response.status)
    }
    return statuses.every((status) => status === statuses[0]) ? (statuses[0] ?? 0) : -1
  }

  test('a user', async () => {
    const user = { UserName: 'alice' }
    await iam.createUser(user)
    const key = keyOf((await iam.createAccessKey(user)).AccessKey)
    assert.equal(await call(key), 403)
    await iam.putUserPolicy({ ...user, PolicyName: 'call', PolicyDocument: allowing('execute-api:Invoke') })
    assert.equal(await call(key), 200)
    assert.equal(await call({ ...key, secretAccessKey: `${key.secretAccessKey}x` }), 403)
    await iam.putUserPermissionsBoundary({
      ...user,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
    })
    assert.equal(await call(key), 403)
    await iam.deleteUserPermissionsBoundary(user)
    assert.equal(await call(key), 200)
    await iam.updateAccessKey({ ...user, AccessKeyId: key.accessKeyId, Status: 'Inactive' })
    assert.equal(await call(key), 403)
  })

  test('a member of a group, and the versions of its policy', async () => {
    const user = { UserName: 'bob' }
    const group = { GroupName: 'callers' }
    await iam.createUser(user)
    await iam.createGroup(group)
    const key = keyOf((await iam.createAccessKey(user)).AccessKey)
    const { Policy } = await iam.createPolicy({ PolicyName: 'call', PolicyDocument: allowing('execute-api:Invoke') })
    const policy = { PolicyArn: Policy?.Arn }
    await iam.attachGroupPolicy({ ...group, ...policy })
    assert.equal(await call(key), 403)
    await iam.addUserToGroup({ ...group, ...user })
    assert.equal(await call(key), 200)
    await iam.createPolicyVersion({ ...policy, PolicyDocument: allowing('s3:*'), SetAsDefault: true })
    assert.equal(await call(key), 403)
    await iam.setDefaultPolicyVersion({ ...policy, VersionId: 'v1' })
    assert.equal(await call(key), 200)
    await iam.removeUserFromGroup({ ...group, ...user })
    assert.equal(await call(key), 403)
  })

  test('a session of a role', async () => {
    const role = { RoleName: 'caller' }
    await iam.createRole({ ...role, AssumeRolePolicyDocument: trusting({ AWS: account }) })
    const sts = connectSts(gatehouse.url)
    const RoleArn = `arn:aws:iam::${account}:role/caller`
    const open = async (Policy?: string) =>
      keyOf((await sts.assumeRole({ RoleArn, RoleSessionName: 'tour', ...(Policy && { Policy }) })).Credentials)
    const key = await open()
    assert.equal(await call(key), 403)
    await iam.putRolePolicy({ ...role, PolicyName: 'call', PolicyDocument: allowing('execute-api:Invoke') })
    assert.equal(await call(key), 200)
    const { sessionToken: _, ...withoutToken } = key
    assert.equal(await call(withoutToken), 403)
    assert.equal(await call({ ...key, sessionToken: (await open()).sessionToken ?? '' }), 403)
    assert.equal(await call(await open(allowing('s3:*'))), 403)
    const devOnly = allowing('execute-api:Invoke').replace('"*"', `"arn:aws:execute-api:*:*:${restApiId}/dev/*"`)
    const limited = await open(devOnly)
    assert.deepEqual([await call(limited), await call(limited, 'prod')], [200, 403])
    await iam.deleteRolePolicy({ ...role, PolicyName: 'call' })
    await iam.deleteRole(role)
    assert.equal(await call(key), 403)
  })

  test("the root's key, and a session of it", async () => {
    assert.equal(await call(rootKey), 200)
    const session = keyOf((await connectSts(gatehouse.url, rootKey).getSessionToken({})).Credentials)
    assert.equal(await call(session), 200)
    assert.equal(await call({ ...rootKey, accessKeyId: 'AKIANOBODYHASTHISKEY' }), 403)
  })
})
