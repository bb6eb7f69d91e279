import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createCipher } from '../../secrets/cipher.ts'
import type { IdentityChange, Principal } from '../../snapshot/identity.ts'
import { type Fixture, openFixture } from '../fixture.ts'
import { identitySource } from './source.ts'

const allowing = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } })
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' },
})

/** The documents of the only principal among changes. */
function documentsIn(changes: readonly IdentityChange[]): string[] {
  return principalIn(changes).policies.map(({ document }) => document)
}

function principalIn(changes: readonly IdentityChange[]): Principal {
  const [principal, ...others] = changes.flatMap((change) =>
    change.kind === 'principal' ? (change.principal ?? []) : [],
  )
  assert.ok(principal)
  assert.deepEqual(others, [])
  return principal
}

describe('what the data plane is told', () => {
  test('is a user with everything about it', async () => {
    await using fixture = await openFixture()
    const { iam, caller } = fixture
    const { User } = await iam.CreateUser({ UserName: 'alice', Tags: [{ Key: 'team', Value: 'pets' }] }, caller)
    await iam.PutUserPolicy({ UserName: 'alice', PolicyName: 'own', PolicyDocument: allowing('a:*') }, caller)
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess'
    await iam.PutUserPermissionsBoundary({ UserName: 'alice', PermissionsBoundary }, caller)
    const { permissionsBoundary, ...principal } = principalIn(await fixture.published())
    assert.equal(permissionsBoundary?.arn, PermissionsBoundary)
    assert.deepEqual(principal, {
      kind: 'user',
      id: User?.UserId,
      arn: 'arn:aws:iam::123456789012:user/alice',
      account: '123456789012',
      name: 'alice',
      tags: { team: 'pets' },
      policies: [{ name: 'own', document: allowing('a:*') }],
    })
    await iam.DeleteUserPermissionsBoundary({ UserName: 'alice' }, caller)
    assert.equal(principalIn(await fixture.published()).permissionsBoundary, undefined)
  })

  test('follows every change of what a user may do', async () => {
    await using fixture = await openFixture()
    const { iam, caller } = fixture
    const user = { UserName: 'alice' }
    const group = { GroupName: 'keepers' }
    await iam.CreateUser(user, caller)
    await iam.CreateGroup(group, caller)
    const { Policy } = await iam.CreatePolicy({ PolicyName: 'p', PolicyDocument: allowing('p:1') }, caller)
    const policy = { PolicyArn: Policy?.Arn ?? '' }
    await fixture.published()

    const steps: [what: string, step: () => Promise<unknown>, documents: string[]][] = [
      ['a group joined that has nothing', () => iam.AddUserToGroup({ ...user, ...group }, caller), []],
      [
        "the group's own policy",
        () => iam.PutGroupPolicy({ ...group, PolicyName: 'g', PolicyDocument: allowing('g:*') }, caller),
        ['g:*'],
      ],
      ["the group's managed policy", () => iam.AttachGroupPolicy({ ...group, ...policy }, caller), ['g:*', 'p:1']],
      [
        'a new version of it',
        () => iam.CreatePolicyVersion({ ...policy, PolicyDocument: allowing('p:2'), SetAsDefault: true }, caller),
        ['g:*', 'p:2'],
      ],
      ['the old version', () => iam.SetDefaultPolicyVersion({ ...policy, VersionId: 'v1' }, caller), ['g:*', 'p:1']],
      ['it attached to the user', () => iam.AttachUserPolicy({ ...user, ...policy }, caller), ['p:1', 'g:*', 'p:1']],
      ['it detached from the group', () => iam.DetachGroupPolicy({ ...group, ...policy }, caller), ['p:1', 'g:*']],
      ['the group left', () => iam.RemoveUserFromGroup({ ...user, ...group }, caller), ['p:1']],
      ['it detached', () => iam.DetachUserPolicy({ ...user, ...policy }, caller), []],
    ]
    for (const [what, step, actions] of steps) {
      await step()
      assert.deepEqual(documentsIn(await fixture.published()), actions.map(allowing), what)
    }
    await iam.PutGroupPolicy({ ...group, PolicyName: 'h', PolicyDocument: allowing('h:*') }, caller)
    assert.deepEqual(await fixture.published(), [], 'a group that the user has left')
  })

  test('is a role, and then its end', async () => {
    await using fixture = await openFixture()
    const { iam, caller } = fixture
    const { Role } = await iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: trust }, caller)
    await iam.PutRolePolicy({ RoleName: 'r', PolicyName: 'own', PolicyDocument: allowing('r:*') }, caller)
    assert.deepEqual(documentsIn(await fixture.published()), [allowing('r:*')])
    await iam.DeleteRolePolicy({ RoleName: 'r', PolicyName: 'own' }, caller)
    await iam.DeleteRole({ RoleName: 'r' }, caller)
    assert.deepEqual(await fixture.published(), [{ kind: 'principal', id: Role?.RoleId }])
  })

  test('is an access key while it is active', async () => {
    await using fixture = await openFixture()
    const { iam, caller } = fixture
    const { User } = await iam.CreateUser({ UserName: 'alice' }, caller)
    const { AccessKey } = await iam.CreateAccessKey({ UserName: 'alice' }, caller)
    const { AccessKeyId: id = '', SecretAccessKey: secretAccessKey } = AccessKey ?? {}
    const key = { UserName: 'alice', AccessKeyId: id }
    const active = {
      kind: 'access-key',
      id,
      accessKey: { accessKeyId: id, secretAccessKey, principalId: User?.UserId },
    }
    const keyChange = async () => (await fixture.published()).find(({ kind }) => kind === 'access-key')
    assert.deepEqual(await keyChange(), active)
    await iam.UpdateAccessKey({ ...key, Status: 'Inactive' }, caller)
    assert.deepEqual(await keyChange(), { kind: 'access-key', id })
    await iam.UpdateAccessKey({ ...key, Status: 'Active' }, caller)
    assert.deepEqual(await keyChange(), active)
    assert.deepEqual(
      (await fixture.publishedToAll()).filter(({ kind }) => kind === 'access-key'),
      [active],
    )
    await iam.DeleteAccessKey(key, caller)
    assert.deepEqual(await keyChange(), { kind: 'access-key', id })
  })

  test('is everything at the start, whatever the account', async () => {
    await using fixture = await openFixture()
    const { iam, caller } = fixture
    const other = { ...caller, account: '999999999999' }
    await iam.CreateUser({ UserName: 'alice' }, caller)
    await iam.CreateUser({ UserName: 'alice' }, other)
    await iam.CreateRole({ RoleName: 'r', AssumeRolePolicyDocument: trust }, other)
    const told = (await fixture.publishedToAll()).map((change) => change.kind === 'principal' && change.principal?.arn)
    assert.deepEqual(told, [
      'arn:aws:iam::123456789012:user/alice',
      'arn:aws:iam::999999999999:user/alice',
      'arn:aws:iam::999999999999:role/r',
    ])
  })

  test("is the roots' keys that the configuration gives", async () => {
    await using fixture = await openFixture()
    const rootKey = { account: '123456789012', accessKeyId: 'AKIAROOT', secretAccessKey: 'secret' }
    const other = { account: '210987654321', accessKeyId: 'AKIAOTHER', secretAccessKey: 'another' }
    const source = identitySource({ ...fixture.dependencies, region: 'cn-north-1', rootKeys: [rootKey, other] })
    const [principal, second, key, ...others] = await fixture.store.read((reader) => source.loadAll(reader))
    assert.deepEqual(
      others.map(({ id }) => id),
      ['AKIAOTHER'],
    )
    assert.partialDeepStrictEqual(
      [principal, second],
      [
        { id: '123456789012', principal: { kind: 'root', arn: 'arn:aws-cn:iam::123456789012:root' } },
        { id: '210987654321', principal: { kind: 'root', arn: 'arn:aws-cn:iam::210987654321:root' } },
      ],
    )
    const { account: principalId, ...secrets } = rootKey
    assert.deepEqual(key, { kind: 'access-key', id: 'AKIAROOT', accessKey: { ...secrets, principalId } })
  })

  test('is unsealed with the key of the data folder only', async () => {
    await using fixture: Fixture = await openFixture()
    const { iam, caller } = fixture
    await iam.CreateUser({ UserName: 'alice' }, caller)
    await iam.CreateAccessKey({ UserName: 'alice' }, caller)
    const cipher = createCipher(new Uint8Array(32).fill(1))
    const source = identitySource({ ...fixture.dependencies, cipher, region: 'us-east-1', rootKeys: [] })
    await assert.rejects(fixture.store.read((reader) => source.loadAll(reader)))
  })
})
