import assert from 'node:assert/strict'
import type { IAM } from '@aws-sdk/client-iam'
import { allowing, required } from '../clients.ts'

/** A group, its members and its policies. */
export async function walkGroups(iam: IAM): Promise<void> {
  const group = { GroupName: 'keepers' }
  const created = required((await iam.createGroup(group)).Group)
  assert.match(required(created.GroupId), /^AGPA[A-Z2-7]{17}$/)
  assert.equal(created.Arn, 'arn:aws:iam::123456789012:group/keepers')
  assert.deepEqual((await iam.listGroups({})).Groups, [created])

  const member = { ...group, UserName: 'carol' }
  await iam.createUser({ UserName: 'carol' })
  await iam.addUserToGroup(member)
  await iam.addUserToGroup(member)
  const { Group, Users } = await iam.getGroup(group)
  assert.deepEqual([Group, Users?.map(({ UserName }) => UserName)], [created, ['carol']])
  assert.deepEqual((await iam.listGroupsForUser({ UserName: 'carol' })).Groups, [created])

  const inline = { ...group, PolicyName: 'feed' }
  const PolicyDocument = allowing('execute-api:Invoke')
  await iam.putGroupPolicy({ ...inline, PolicyDocument })
  assert.equal(decodeURIComponent(required((await iam.getGroupPolicy(inline)).PolicyDocument)), PolicyDocument)
  assert.deepEqual((await iam.listGroupPolicies(group)).PolicyNames, ['feed'])
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess'
  await iam.attachGroupPolicy({ ...group, PolicyArn })
  assert.equal((await iam.listAttachedGroupPolicies(group)).AttachedPolicies?.[0]?.PolicyArn, PolicyArn)
  const conflict = (message: string) =>
    assert.rejects(iam.deleteGroup(group), { name: 'DeleteConflictException', message })

  await conflict('Cannot delete entity, must remove users from group first.')
  await assert.rejects(iam.deleteUser({ UserName: 'carol' }), { name: 'DeleteConflictException' })
  await iam.removeUserFromGroup(member)
  await conflict('Cannot delete entity, must detach all policies first.')
  await iam.detachGroupPolicy({ ...group, PolicyArn })
  await conflict('Cannot delete entity, must delete policies first.')
  await iam.deleteGroupPolicy(inline)
  await iam.updateGroup({ ...group, NewGroupName: 'Keepers', NewPath: '/zoo/' })
  assert.equal((await iam.getGroup({ GroupName: 'Keepers' })).Group?.Arn, 'arn:aws:iam::123456789012:group/zoo/Keepers')
  await iam.deleteGroup({ GroupName: 'Keepers' })
  await iam.deleteUser({ UserName: 'carol' })
}
