import assert from 'node:assert/strict'
import type { IAM } from '@aws-sdk/client-iam'
import { allowing, required } from '../clients.ts'

/** What is said of an account as a whole. */
export async function walkAccount(iam: IAM): Promise<void> {
  const user = { UserName: 'erin' }
  await iam.createUser({ ...user, Tags: [{ Key: 'team', Value: 'pets' }] })
  await iam.createGroup({ GroupName: 'vets' })
  await iam.addUserToGroup({ ...user, GroupName: 'vets' })
  await iam.putGroupPolicy({ GroupName: 'vets', PolicyName: 'in', PolicyDocument: allowing('s3:*') })
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await iam.attachUserPolicy({ ...user, PolicyArn })

  const { SummaryMap = {} } = await iam.getAccountSummary({})
  assert.deepEqual([SummaryMap.Users, SummaryMap.Groups, SummaryMap.AccessKeysPerUserQuota], [1, 1, 2])
  const details = await iam.getAccountAuthorizationDetails({})
  const [erin] = required(details.UserDetailList)
  assert.deepEqual(erin?.AttachedManagedPolicies, [{ PolicyName: 'AdministratorAccess', PolicyArn }])
  assert.deepEqual([erin?.UserName, erin?.GroupList, erin?.Tags], ['erin', ['vets'], [{ Key: 'team', Value: 'pets' }]])
  const [vets] = required(details.GroupDetailList)
  assert.equal(decodeURIComponent(required(vets?.GroupPolicyList?.[0]?.PolicyDocument)), allowing('s3:*'))
  const [administrator] = required(details.Policies)
  assert.deepEqual([administrator?.Arn, administrator?.AttachmentCount], [PolicyArn, 1])
  const filtered = await iam.getAccountAuthorizationDetails({ Filter: ['Group'], MaxItems: 1 })
  assert.deepEqual([filtered.UserDetailList, filtered.GroupDetailList], [[], [vets]])

  await iam.detachUserPolicy({ ...user, PolicyArn })
  await iam.removeUserFromGroup({ ...user, GroupName: 'vets' })
  await iam.deleteGroupPolicy({ GroupName: 'vets', PolicyName: 'in' })
  await iam.deleteGroup({ GroupName: 'vets' })
  await walkAbsent(iam)
  await iam.deleteUser(user)
}

/** What tools ask before they delete a user. */
async function walkAbsent(iam: IAM): Promise<void> {
  const user = { UserName: 'erin' }
  assert.deepEqual((await iam.listInstanceProfiles({})).InstanceProfiles, [])
  assert.deepEqual((await iam.listMFADevices(user)).MFADevices, [])
  assert.deepEqual((await iam.listVirtualMFADevices({})).VirtualMFADevices, [])
  assert.deepEqual((await iam.listSigningCertificates(user)).Certificates, [])
  assert.deepEqual((await iam.listSSHPublicKeys(user)).SSHPublicKeys, [])
  assert.deepEqual((await iam.listServiceSpecificCredentials(user)).ServiceSpecificCredentials, [])
  assert.deepEqual((await iam.listServerCertificates({})).ServerCertificateMetadataList, [])
  assert.deepEqual((await iam.listSAMLProviders({})).SAMLProviderList, [])
  assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, [])
  const nothing = { name: 'NoSuchEntityException' }
  await assert.rejects(iam.listInstanceProfilesForRole({ RoleName: 'nobody' }), nothing)
  await assert.rejects(iam.listMFADevices({ UserName: 'nobody' }), nothing)
  await assert.rejects(iam.getLoginProfile(user), nothing)
  await assert.rejects(iam.getAccountPasswordPolicy({}), nothing)
}
