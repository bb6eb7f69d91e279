import type { IdentityPolicy, Principal } from '../../snapshot/identity.ts'
import type { Reader } from '../../storage/store.ts'
import { formatArn, partitionOf } from '../../wire/arn.ts'
import type { EntityRecord } from '../entity/entity.ts'
import { type GroupRecord, groups } from '../group/group.ts'
import { defaultVersion, findPolicy } from '../managed-policy/managed-policy.ts'
import { type RoleRecord, roles } from '../role/role.ts'
import { iamScope } from '../scope.ts'
import type { TagRecord } from '../tag/tags.ts'
import { type UserRecord, users } from '../user/user.ts'

/** What the policies of a user or a role allow; `undefined` when there is none with this id. */
export async function readPrincipal(reader: Reader, account: string, id: string): Promise<Principal | undefined> {
  const scope = iamScope({ account })
  const user = await reader.get(users.collection, scope, id)
  if (user) return userPrincipal(reader, account, user)
  const role = await reader.get(roles.collection, scope, id)
  return role && rolePrincipal(reader, account, role)
}

export async function userPrincipal(reader: Reader, account: string, user: UserRecord): Promise<Principal> {
  const scope = iamScope({ account })
  const joined = await Promise.all(user.groupIds.map((id) => reader.get(groups.collection, scope, id)))
  const granting = [user, ...joined.flatMap((group) => group ?? [])]
  const policies = await Promise.all(granting.map((entity) => policiesOf(reader, account, entity)))
  return { kind: 'user', ...(await facts(reader, account, user)), policies: policies.flat() }
}

export function groupPolicies(reader: Reader, account: string, group: GroupRecord): Promise<IdentityPolicy[]> {
  return policiesOf(reader, account, group)
}

export async function rolePrincipal(reader: Reader, account: string, role: RoleRecord): Promise<Principal> {
  const policies = await policiesOf(reader, account, role)
  return { kind: 'role', ...(await facts(reader, account, role)), policies, trustPolicy: role.trustPolicy }
}

/**
 * An account's root: nobody has to allow it anything.
 *
 * @param region Names the partition of its ARN.
 */
export function rootPrincipal(account: string, region: string): Principal {
  const arn = formatArn({ partition: partitionOf(region), service: 'iam', account, resource: 'root' })
  return { kind: 'root', id: account, arn, account, name: '', tags: {}, policies: [] }
}

async function facts(reader: Reader, account: string, entity: UserRecord | RoleRecord) {
  const { id, arn, name, permissionsBoundary: boundaryArn } = entity
  const boundary = boundaryArn === undefined ? undefined : await managedPolicy(reader, account, boundaryArn)
  return {
    id,
    arn,
    account,
    name,
    tags: tagRecord(entity.tags),
    ...(boundary && { permissionsBoundary: boundary }),
  }
}

async function policiesOf(reader: Reader, account: string, entity: EntityRecord): Promise<IdentityPolicy[]> {
  const inline = Object.entries(entity.inlinePolicies).map(([name, document]) => ({ name, document }))
  const attached = await Promise.all(entity.attachedPolicies.map((arn) => managedPolicy(reader, account, arn)))
  return [...inline, ...attached]
}

/** @throws {Error} when it is gone, which deleting a policy in use prevents: without it, rights would be wrong. */
async function managedPolicy(reader: Reader, account: string, arn: string): Promise<IdentityPolicy> {
  const policy = await findPolicy(reader, { account }, arn)
  if (!policy) throw new Error(`The policy ${arn} is attached, but missing`)
  return { name: policy.name, arn, document: defaultVersion(policy).document }
}

export function tagRecord(tags: readonly TagRecord[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]))
}
