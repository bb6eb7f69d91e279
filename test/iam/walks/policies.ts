import assert from 'node:assert/strict'
import type { IAM } from '@aws-sdk/client-iam'
import { allowing, required } from '../clients.ts'

/** A managed policy, its versions, and what it is attached to. */
export async function walkManagedPolicies(iam: IAM): Promise<void> {
  const document = { PolicyDocument: allowing('execute-api:Invoke') }
  const { Policy } = await iam.createPolicy({ PolicyName: 'invoke', ...document, Description: 'Calls every API' })
  const created = required(Policy)
  assert.match(required(created.PolicyId), /^ANPA[A-Z2-7]{17}$/)
  assert.equal(created.Arn, 'arn:aws:iam::123456789012:policy/invoke')
  const policy = { PolicyArn: required(created.Arn) }
  assert.deepEqual((await iam.getPolicy(policy)).Policy, created)
  await walkVersions(iam, policy)

  await iam.createUser({ UserName: 'dave' })
  await iam.attachUserPolicy({ ...policy, UserName: 'dave' })
  const { PolicyUsers, PolicyGroups, PolicyRoles } = await iam.listEntitiesForPolicy(policy)
  assert.deepEqual([PolicyUsers?.map(({ UserName }) => UserName), PolicyGroups, PolicyRoles], [['dave'], [], []])
  const [attached, ...others] = required((await iam.listPolicies({ OnlyAttached: true })).Policies)
  assert.deepEqual([attached?.PolicyName, attached?.AttachmentCount, others], ['invoke', 1, []])
  await assert.rejects(iam.deletePolicy(policy), {
    name: 'DeleteConflictException',
    message: 'Cannot delete a policy attached to entities.',
  })
  await iam.detachUserPolicy({ ...policy, UserName: 'dave' })
  await iam.deleteUser({ UserName: 'dave' })

  await iam.tagPolicy({ ...policy, Tags: [{ Key: 'team', Value: 'pets' }] })
  assert.deepEqual((await iam.listPolicyTags(policy)).Tags, [{ Key: 'team', Value: 'pets' }])
  await iam.untagPolicy({ ...policy, TagKeys: ['team'] })
  await iam.deletePolicy(policy)
  await assert.rejects(iam.getPolicy(policy), {
    name: 'NoSuchEntityException',
    message: 'Policy arn:aws:iam::123456789012:policy/invoke was not found.',
  })
}

async function walkVersions(iam: IAM, policy: { PolicyArn: string }): Promise<void> {
  for (const id of ['v2', 'v3', 'v4', 'v5']) {
    const { PolicyVersion } = await iam.createPolicyVersion({ ...policy, PolicyDocument: allowing(`s3:${id}`) })
    assert.deepEqual([PolicyVersion?.VersionId, PolicyVersion?.IsDefaultVersion], [id, false])
  }
  await assert.rejects(iam.createPolicyVersion({ ...policy, PolicyDocument: allowing('s3:*') }), {
    name: 'LimitExceededException',
  })
  await iam.setDefaultPolicyVersion({ ...policy, VersionId: 'v3' })
  assert.equal((await iam.getPolicy(policy)).Policy?.DefaultVersionId, 'v3')
  const { PolicyVersion } = await iam.getPolicyVersion({ ...policy, VersionId: 'v3' })
  assert.equal(decodeURIComponent(required(PolicyVersion?.Document)), allowing('s3:v3'))
  await assert.rejects(iam.deletePolicyVersion({ ...policy, VersionId: 'v3' }), {
    name: 'DeleteConflictException',
    message: 'Cannot delete the default version of a policy.',
  })
  for (const VersionId of ['v1', 'v2', 'v4', 'v5']) await iam.deletePolicyVersion({ ...policy, VersionId })
  const { Versions } = await iam.listPolicyVersions(policy)
  assert.deepEqual(
    Versions?.map(({ VersionId }) => VersionId),
    ['v3'],
  )
}
