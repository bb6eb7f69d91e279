import assert from 'node:assert/strict'
import type { IAM } from '@aws-sdk/client-iam'
import { allowing, required, trusting } from '../clients.ts'

/** A role from its creation to its end. */
export async function walkRoles(iam: IAM): Promise<void> {
  const role = { RoleName: 'gateway' }
  const AssumeRolePolicyDocument = trusting({ Service: 'apigateway.amazonaws.com' })
  const created = required((await iam.createRole({ ...role, AssumeRolePolicyDocument, Description: 'Calls' })).Role)
  assert.match(required(created.RoleId), /^AROA[A-Z2-7]{17}$/)
  assert.equal(created.Arn, 'arn:aws:iam::123456789012:role/gateway')
  assert.equal(decodeURIComponent(required(created.AssumeRolePolicyDocument)), AssumeRolePolicyDocument)
  assert.deepEqual((await iam.getRole(role)).Role, created)
  assert.deepEqual((await iam.listRoles({})).Roles, [created])

  const trust = trusting({ AWS: '123456789012' })
  await iam.updateAssumeRolePolicy({ ...role, PolicyDocument: trust })
  await iam.updateRole({ ...role, MaxSessionDuration: 7_200 })
  const described = await iam.updateRoleDescription({ ...role, Description: 'Assumed' })
  const updated = required((await iam.getRole(role)).Role)
  assert.deepEqual(described.Role, updated)
  assert.deepEqual([updated.MaxSessionDuration, updated.Description], [7_200, 'Assumed'])
  assert.equal(decodeURIComponent(required(updated.AssumeRolePolicyDocument)), trust)

  await walkPolicies(iam)
  await iam.tagRole({ ...role, Tags: [{ Key: 'team', Value: 'pets' }] })
  assert.deepEqual((await iam.listRoleTags(role)).Tags, [{ Key: 'team', Value: 'pets' }])
  await iam.untagRole({ ...role, TagKeys: ['team'] })
  await iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' })
  await iam.deleteRolePermissionsBoundary(role)
  await iam.deleteRole(role)
  await assert.rejects(iam.getRole(role), {
    name: 'NoSuchEntityException',
    message: 'The role with name gateway cannot be found.',
  })
}

async function walkPolicies(iam: IAM): Promise<void> {
  const role = { RoleName: 'gateway' }
  const inline = { ...role, PolicyName: 'log' }
  await iam.putRolePolicy({ ...inline, PolicyDocument: allowing('logs:*') })
  assert.equal(decodeURIComponent(required((await iam.getRolePolicy(inline)).PolicyDocument)), allowing('logs:*'))
  assert.deepEqual((await iam.listRolePolicies(role)).PolicyNames, ['log'])
  await iam.deleteRolePolicy(inline)
  await assert.rejects(iam.deleteRolePolicy(inline), { message: 'The role policy with name log cannot be found.' })

  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
  await iam.attachRolePolicy({ ...role, PolicyArn })
  assert.equal((await iam.listAttachedRolePolicies(role)).AttachedPolicies?.[0]?.PolicyArn, PolicyArn)
  await assert.rejects(iam.deleteRole(role), { name: 'DeleteConflictException' })
  await iam.detachRolePolicy({ ...role, PolicyArn })
  await assert.rejects(iam.attachRolePolicy({ ...role, PolicyArn: 'arn:aws:iam::aws:policy/Nothing' }), {
    name: 'NoSuchEntityException',
    message: 'Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.',
  })
}
