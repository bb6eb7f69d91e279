import assert from 'node:assert/strict'
import type { IAM } from '@aws-sdk/client-iam'
import { allowing, required } from '../clients.ts'

const rootArn = 'arn:aws:iam::123456789012:root'

/** A user from its creation to its end, with keys, policies, boundary and tags. */
export async function walkUsers(iam: IAM): Promise<void> {
  const { User } = await iam.createUser({ UserName: 'Alice', Path: '/pets/', Tags: [{ Key: 'team', Value: 'pets' }] })
  const { UserId, CreateDate, ...rest } = required(User)
  assert.match(required(UserId), /^AIDA[A-Z2-7]{17}$/)
  assert.ok(required(CreateDate).getTime() > Date.now() - 60_000)
  const arn = 'arn:aws:iam::123456789012:user/pets/Alice'
  assert.deepEqual(rest, { Path: '/pets/', UserName: 'Alice', Arn: arn, Tags: [{ Key: 'team', Value: 'pets' }] })
  assert.equal((await iam.getUser({ UserName: 'Alice' })).User?.Arn, arn)
  const { User: root } = await iam.getUser({})
  assert.deepEqual([root?.Arn, root?.UserId, root?.UserName], [rootArn, '123456789012', undefined])
  assert.deepEqual(
    (await iam.listUsers({ PathPrefix: '/pets/' })).Users?.map(({ UserName }) => UserName),
    ['Alice'],
  )
  await assert.rejects(iam.createUser({ UserName: 'a b' }), {
    name: 'ValidationError',
    message:
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  })
  await assert.rejects(iam.createUser({ UserName: 'a', Path: 'x' }), {
    name: 'ValidationError',
    message: /^The specified value for path is invalid. It must begin and end with \//,
  })
  await walkKeys(iam)
  await walkPolicies(iam)
  await walkBoundaryAndTags(iam)

  await iam.updateUser({ UserName: 'Alice', NewUserName: 'Bob', NewPath: '/' })
  const renamed = required((await iam.getUser({ UserName: 'Bob' })).User)
  assert.deepEqual([renamed.Arn, renamed.UserId], ['arn:aws:iam::123456789012:user/Bob', UserId])
  await iam.deleteUser({ UserName: 'Bob' })
  await assert.rejects(iam.getUser({ UserName: 'Bob' }), {
    name: 'NoSuchEntityException',
    message: 'The user with name Bob cannot be found.',
  })
}

async function walkKeys(iam: IAM): Promise<void> {
  const { AccessKey } = await iam.createAccessKey({ UserName: 'Alice' })
  const { AccessKeyId, SecretAccessKey, Status, UserName } = required(AccessKey)
  assert.match(required(AccessKeyId), /^AKIA[A-Z2-7]{16}$/)
  assert.match(required(SecretAccessKey), /^[A-Za-z0-9+/]{40}$/)
  assert.deepEqual([Status, UserName], ['Active', 'Alice'])
  const key = { UserName: 'Alice', AccessKeyId: required(AccessKeyId) }
  await iam.updateAccessKey({ ...key, Status: 'Inactive' })
  const [listed, ...others] = required((await iam.listAccessKeys({ UserName: 'Alice' })).AccessKeyMetadata)
  assert.deepEqual([listed?.AccessKeyId, listed?.Status, others], [AccessKeyId, 'Inactive', []])
  assert.ok(!('SecretAccessKey' in required(listed)))
  await iam.deleteAccessKey(key)
  await assert.rejects(iam.deleteAccessKey(key), {
    name: 'NoSuchEntityException',
    message: `The Access Key with id ${AccessKeyId} cannot be found.`,
  })
}

async function walkPolicies(iam: IAM): Promise<void> {
  const user = { UserName: 'Alice' }
  const inline = { ...user, PolicyName: 'read' }
  const PolicyDocument = allowing('apigateway:GET')
  await iam.putUserPolicy({ ...inline, PolicyDocument })
  const found = await iam.getUserPolicy(inline)
  assert.equal(decodeURIComponent(required(found.PolicyDocument)), PolicyDocument)
  assert.deepEqual((await iam.listUserPolicies(user)).PolicyNames, ['read'])
  await iam.deleteUserPolicy(inline)

  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await iam.attachUserPolicy({ ...user, PolicyArn })
  assert.deepEqual((await iam.listAttachedUserPolicies(user)).AttachedPolicies, [
    { PolicyName: 'AdministratorAccess', PolicyArn },
  ])
  await assert.rejects(iam.deleteUser(user), {
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must detach all policies first.',
  })
  await iam.detachUserPolicy({ ...user, PolicyArn })
}

async function walkBoundaryAndTags(iam: IAM): Promise<void> {
  const user = { UserName: 'Alice' }
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
  await iam.putUserPermissionsBoundary({ ...user, PermissionsBoundary })
  const bounded = required((await iam.getUser(user)).User)
  assert.equal(bounded.PermissionsBoundary?.PermissionsBoundaryArn, PermissionsBoundary)
  await iam.deleteUserPermissionsBoundary(user)
  assert.equal((await iam.getUser(user)).User?.PermissionsBoundary, undefined)

  await iam.tagUser({
    ...user,
    Tags: [
      { Key: 'Team', Value: 'dogs' },
      { Key: 'cost', Value: '7' },
    ],
  })
  assert.deepEqual((await iam.listUserTags(user)).Tags, [
    { Key: 'Team', Value: 'dogs' },
    { Key: 'cost', Value: '7' },
  ])
  await iam.untagUser({ ...user, TagKeys: ['TEAM', 'cost'] })
  assert.deepEqual((await iam.listUserTags(user)).Tags, [])
}
