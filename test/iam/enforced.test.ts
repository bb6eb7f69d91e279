import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { allowing, connectIam, connectSts, type Key, keyOf, trusting } from './clients.ts'

const account = '123456789012'
const rootKey: Key = { accessKeyId: 'AKIAGATEHOUSEROOT234', secretAccessKey: 'the-secret-of-the-root-1234567890' }

describe('IAM and STS under --iam enforce', () => {
  let gatehouse: Gatehouse
  let aliceKey: Key
  const iam = (key: Key) => connectIam(gatehouse.url, key)
  const sts = (key: Key) => connectSts(gatehouse.url, key)
  before(async () => {
    gatehouse = await startGatehouse({
      args: ['--iam', 'enforce'],
      env: {
        GATEHOUSE_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
        GATEHOUSE_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      },
    })
    await iam(rootKey).createUser({ UserName: 'alice' })
    aliceKey = keyOf((await iam(rootKey).createAccessKey({ UserName: 'alice' })).AccessKey)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  test('know everybody by a key that is theirs, and nobody by another', async () => {
    assert.equal((await sts(rootKey).getCallerIdentity({})).Arn, `arn:aws:iam::${account}:root`)
    assert.equal((await sts(aliceKey).getCallerIdentity({})).Arn, `arn:aws:iam::${account}:user/alice`)
    const unknown: Key[] = [
      { accessKeyId: 'test', secretAccessKey: 'test' },
      { accessKeyId: account, secretAccessKey: 'test' },
    ]
    for (const key of unknown) {
      await assert.rejects(sts(key).getCallerIdentity({}), {
        name: 'InvalidClientTokenId',
        message: 'The security token included in the request is invalid.',
      })
    }
    for (const key of [aliceKey, rootKey]) {
      await assert.rejects(sts({ ...key, secretAccessKey: 'a guess' }).getCallerIdentity({}), {
        name: 'SignatureDoesNotMatch',
      })
    }
  })

  test('let a user do what her policies allow, from the next call on', async () => {
    const createBob = () => iam(aliceKey).createUser({ UserName: 'bob' })
    await assert.rejects(createBob(), {
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${account}:user/bob because no identity-based policy allows the iam:CreateUser action`,
    })
    const policy = { UserName: 'alice', PolicyName: 'users' }
    await iam(rootKey).putUserPolicy({ ...policy, PolicyDocument: allowing('iam:CreateUser') })
    await createBob()
    await iam(rootKey).deleteUserPolicy(policy)
    await assert.rejects(iam(aliceKey).createUser({ UserName: 'carol' }), { name: 'AccessDenied' })
  })

  test('open sessions of roles that trust, which do what the role may do', async () => {
    const role = { RoleName: 'reader' }
    const Principal = { AWS: `arn:aws:iam::${account}:user/alice` }
    const { Role } = await iam(rootKey).createRole({ ...role, AssumeRolePolicyDocument: trusting(Principal) })
    await iam(rootKey).putRolePolicy({ ...role, PolicyName: 'read', PolicyDocument: allowing('iam:List*') })
    const session = { RoleArn: Role?.Arn, RoleSessionName: 'look' }
    const key = keyOf((await sts(aliceKey).assumeRole(session)).Credentials)
    assert.ok(((await iam(key).listUsers({})).Users ?? []).length >= 1)
    await assert.rejects(iam(key).createUser({ UserName: 'dave' }), { name: 'AccessDenied' })
    await assert.rejects(sts({ ...key, sessionToken: 'forged' }).getCallerIdentity({}), {
      name: 'InvalidClientTokenId',
    })
    const limited = keyOf((await sts(aliceKey).assumeRole({ ...session, Policy: allowing('s3:*') })).Credentials)
    await assert.rejects(iam(limited).listUsers({}), { name: 'AccessDenied' })
    await assert.rejects(sts(rootKey).assumeRole(session), { name: 'AccessDenied' })
  })

  test('forget a key that is deleted', async () => {
    const UserName = 'erin'
    await iam(rootKey).createUser({ UserName })
    const key = keyOf((await iam(rootKey).createAccessKey({ UserName })).AccessKey)
    await iam(rootKey).putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: allowing('iam:*') })
    await iam(key).deleteAccessKey({ AccessKeyId: key.accessKeyId })
    await assert.rejects(sts(key).getCallerIdentity({}), { name: 'InvalidClientTokenId' })
  })
})
