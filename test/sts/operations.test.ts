import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { IAM } from '@aws-sdk/client-iam'
import type { STS } from '@aws-sdk/client-sts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { allowing, connectIam, connectSts, type Key, keyOf, required, trusting } from '../iam/clients.ts'

const account = '123456789012'
const RoleArn = `arn:aws:iam::${account}:role/keeper`

describe('STS', () => {
  let gatehouse: Gatehouse
  let iam: IAM
  let aliceKey: Key
  const sts = (key?: Key): STS => connectSts(gatehouse.url, key)

  before(async () => {
    gatehouse = await startGatehouse()
    iam = connectIam(gatehouse.url)
    await iam.createUser({ UserName: 'alice' })
    aliceKey = keyOf((await iam.createAccessKey({ UserName: 'alice' })).AccessKey)
    await iam.createRole({ RoleName: 'keeper', AssumeRolePolicyDocument: trusting({ AWS: account }) })
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  test('knows the root by any key that nobody has', async () => {
    const { UserId, Account, Arn } = await sts().getCallerIdentity({})
    assert.deepEqual([UserId, Account, Arn], [account, account, `arn:aws:iam::${account}:root`])
  })

  test('knows a user by a key', async () => {
    const { UserId, Account, Arn } = await sts(aliceKey).getCallerIdentity({})
    const user = required((await iam.getUser({ UserName: 'alice' })).User)
    assert.deepEqual([UserId, Account, Arn], [user.UserId, account, user.Arn])
    assert.deepEqual((await connectIam(gatehouse.url, aliceKey).getUser({})).User, user)
  })

  test('says whose a key is', async () => {
    const { accessKeyId: AccessKeyId } = aliceKey
    assert.equal((await sts().getAccessKeyInfo({ AccessKeyId })).Account, account)
    await assert.rejects(sts().getAccessKeyInfo({ AccessKeyId: 'AKIANOBODYHASTHISKEY' }), { name: 'ValidationError' })
  })

  test('opens a session of the user', async () => {
    const { Credentials } = await sts(aliceKey).getSessionToken({ DurationSeconds: 900 })
    const key = keyOf(Credentials)
    assert.match(key.accessKeyId, /^ASIA[A-Z2-7]{16}$/)
    const leftMs = required(Credentials?.Expiration).getTime() - Date.now()
    assert.ok(leftMs > 880_000 && leftMs <= 900_000, String(leftMs))
    assert.equal((await sts(key).getCallerIdentity({})).Arn, `arn:aws:iam::${account}:user/alice`)
    await assert.rejects(sts(key).getSessionToken({}), { name: 'AccessDenied' })
  })

  const refused = (key: Key | undefined, action = 'sts:AssumeRole') => ({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${account}:${key ? 'user/alice' : 'root'} is not authorized to perform: ${action} on resource: ${RoleArn}`,
  })

  test('lets nobody assume a role whom their own policies do not allow to', () =>
    assert.rejects(sts(aliceKey).assumeRole({ RoleArn, RoleSessionName: 'feeding' }), refused(aliceKey)))

  test('opens a session of a role that trusts the account, for whom their own policies allow to', async () => {
    await iam.putUserPolicy({ UserName: 'alice', PolicyName: 'assume', PolicyDocument: allowing('sts:AssumeRole') })
    const answer = await sts(aliceKey).assumeRole({ RoleArn, RoleSessionName: 'feeding' })
    const role = required((await iam.getRole({ RoleName: 'keeper' })).Role)
    const Arn = `arn:aws:sts::${account}:assumed-role/keeper/feeding`
    assert.deepEqual(answer.AssumedRoleUser, { AssumedRoleId: `${role.RoleId}:feeding`, Arn })
    const { UserId, Arn: own } = await sts(keyOf(answer.Credentials)).getCallerIdentity({})
    assert.deepEqual([UserId, own], [`${role.RoleId}:feeding`, Arn])
    await iam.deleteUserPolicy({ UserName: 'alice', PolicyName: 'assume' })
  })

  test('asks for permissions of their own to tag a session and to name its source', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:user/alice` },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringEquals: { 'sts:ExternalId': 'zoo-7' } },
    }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement })
    await iam.updateAssumeRolePolicy({ RoleName: 'keeper', PolicyDocument })
    const session = { RoleArn, RoleSessionName: 'feeding' }
    await assert.rejects(sts(aliceKey).assumeRole(session), refused(aliceKey))
    const trusted = { ...session, ExternalId: 'zoo-7' }
    const tagged = await sts(aliceKey).assumeRole({ ...trusted, Tags: [{ Key: 'animal', Value: 'bear' }] })
    assert.equal(tagged.PackedPolicySize, 1)
    await assert.rejects(
      sts(aliceKey).assumeRole({ ...trusted, SourceIdentity: 'alice' }),
      refused(aliceKey, 'sts:SetSourceIdentity'),
    )
    await iam.updateAssumeRolePolicy({ RoleName: 'keeper', PolicyDocument: trusting({ AWS: account }) })
  })

  test('takes a session policy and its limits', async () => {
    const { PackedPolicySize } = await sts().assumeRole({
      RoleArn,
      RoleSessionName: 'feeding',
      Policy: allowing('execute-api:Invoke'),
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess' }],
    })
    assert.equal(PackedPolicySize, 5)
  })

  const session = { RoleArn, RoleSessionName: 'feeding' }
  const bear = { Key: 'animal', Value: 'bear' }
  const refusals: [what: string, input: object, name: string, message: RegExp | string][] = [
    [
      'a role that does not exist',
      { RoleArn: `${RoleArn}s` },
      'AccessDenied',
      /is not authorized to perform: sts:AssumeRole on resource: .*role\/keepers$/,
    ],
    [
      'a role of another path',
      { RoleArn: `arn:aws:iam::${account}:role/zoo/keeper` },
      'AccessDenied',
      /not authorized/,
    ],
    [
      'what is no role',
      { RoleArn: `arn:aws:iam::${account}:user/alice` },
      'ValidationError',
      `arn:aws:iam::${account}:user/alice is invalid`,
    ],
    [
      'a session that is too long',
      { DurationSeconds: 3_601 },
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    [
      'a session that is too short',
      { DurationSeconds: 60 },
      'ValidationError',
      /'durationSeconds' failed to satisfy constraint/,
    ],
    ['a session policy that is none', { Policy: '{}' }, 'MalformedPolicyDocumentException', /.+/],
    [
      'a session policy that is too long',
      { Policy: allowing(`s3:${'x'.repeat(2_048)}`) },
      'PackedPolicyTooLargeException',
      /consumes 1\d\d% of allotted space/,
    ],
    [
      'a managed session policy that does not exist',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/Nothing' }] },
      'ValidationError',
      /does not exist/,
    ],
    ['a tag given twice', { Tags: [bear, { ...bear, Key: 'Animal' }] }, 'InvalidParameterValue', /Duplicate tag keys/],
    [
      'a transitive tag that is not given',
      { TransitiveTagKeys: ['animal'] },
      'InvalidParameterValue',
      /must be included/,
    ],
    [
      'a one-time password',
      { SerialNumber: 'arn:aws:iam::123456789012:mfa/alice', TokenCode: '123456' },
      'NotImplementedException',
      'The parameter SerialNumber of AssumeRole is not implemented.',
    ],
  ]
  for (const [what, input, name, message] of refusals) {
    test(`refuses ${what}`, () => assert.rejects(sts().assumeRole({ ...session, ...input }), { name, message }))
  }

  test('hands transitive tags and the source on when one role assumes another, for an hour at most', async () => {
    const next = `arn:aws:iam::${account}:role/next`
    const chain = (source: string) =>
      trusting({ AWS: account }, 'sts:*', {
        StringEquals: { 'aws:PrincipalTag/animal': 'bear', 'sts:SourceIdentity': source },
      })
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      },
    })
    await iam.updateAssumeRolePolicy({ RoleName: 'keeper', PolicyDocument: trust })
    await iam.putRolePolicy({ RoleName: 'keeper', PolicyName: 'chain', PolicyDocument: allowing('sts:*') })
    await iam.createRole({ RoleName: 'next', AssumeRolePolicyDocument: chain('alice'), MaxSessionDuration: 7_200 })
    const tagging = { Tags: [bear], TransitiveTagKeys: ['animal'], SourceIdentity: 'alice' }
    const first = sts(keyOf((await sts().assumeRole({ ...session, ...tagging })).Credentials))
    const second = await first.assumeRole({ RoleArn: next, RoleSessionName: 'again' })
    assert.equal(second.SourceIdentity, 'alice')
    await assert.rejects(first.assumeRole({ RoleArn: next, RoleSessionName: 'again', DurationSeconds: 3_601 }), {
      name: 'ValidationError',
      message: /1 hour session limit for roles assumed by role chaining/,
    })
    await assert.rejects(first.assumeRole({ RoleArn: next, RoleSessionName: 'again', Tags: [bear] }), {
      name: 'InvalidParameterValue',
      message: /conflicts with a transitive tag key/,
    })
    await iam.updateAssumeRolePolicy({ RoleName: 'next', PolicyDocument: chain('bob') })
    await assert.rejects(first.assumeRole({ RoleArn: next, RoleSessionName: 'again' }), { name: 'AccessDenied' })
  })

  test('says so where an operation is not built', () =>
    assert.rejects(sts().decodeAuthorizationMessage({ EncodedMessage: 'x' }), {
      name: 'NotImplementedException',
      message: 'The operation DecodeAuthorizationMessage of sts is not implemented.',
    }))
})
