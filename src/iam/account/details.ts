import type {
  AttachedPolicy,
  EntityType,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam'
import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import type { IamDependencies } from '../dependencies.ts'
import { presentBoundary } from '../entity/boundary.ts'
import type { EntityRecord } from '../entity/entity.ts'
import { type GroupRecord, groups } from '../group/group.ts'
import { presentGroup } from '../group/present.ts'
import { listAttachments } from '../managed-policy/attachments.ts'
import { awsManagedPolicies } from '../managed-policy/aws-managed.ts'
import { type PolicyRecord, policies } from '../managed-policy/managed-policy.ts'
import { presentPolicy, presentVersion } from '../managed-policy/present.ts'
import type { IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { encodeDocument } from '../policy-document.ts'
import { presentListedRole } from '../role/present.ts'
import { type RoleRecord, roles } from '../role/role.ts'
import { iamScope } from '../scope.ts'
import { presentTags } from '../tag/tags.ts'
import { presentListedUser } from '../user/present.ts'
import { type UserRecord, users } from '../user/user.ts'

/** What an account has, by kind. */
interface Details {
  readonly UserDetailList: UserDetail[]
  readonly GroupDetailList: GroupDetail[]
  readonly RoleDetailList: RoleDetail[]
  readonly Policies: ManagedPolicyDetail[]
}

/** One thing of an account; it is read whole when it is on the page. */
interface Item {
  readonly type: EntityType
  /** Its place in the list. */
  readonly key: string
  addTo(details: Details): Promise<void>
}

export function accountDetailOperations({ store }: IamDependencies) {
  return {
    GetAccountAuthorizationDetails: ({ Filter = [], ...request }, caller) =>
      store.read(async (reader) => {
        const all = await listItems(reader, caller)
        const wanted = Filter.length === 0 ? all : all.filter(({ type }) => Filter.includes(type))
        const { items, position } = page(wanted, ({ key }) => key, request)
        const details: Details = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }
        for (const item of items) await item.addTo(details)
        return { ...details, ...position }
      }),
  } satisfies Partial<IamOperations>
}

async function listItems(reader: Reader, caller: Caller): Promise<Item[]> {
  const scope = iamScope(caller)
  const items: Item[] = []
  const add = (type: EntityType, id: string, addTo: Item['addTo']) => void items.push({ type, key: type + id, addTo })
  for (const { document: user } of await reader.list(users.collection, scope)) {
    add('User', user.id, async ({ UserDetailList: list }) => void list.push(await userDetail(reader, scope, user)))
  }
  for (const { document: group } of await reader.list(groups.collection, scope)) {
    add('Group', group.id, async ({ GroupDetailList: list }) => void list.push(groupDetail(group)))
  }
  for (const { document: role } of await reader.list(roles.collection, scope)) {
    add('Role', role.id, async ({ RoleDetailList: list }) => void list.push(roleDetail(role)))
  }
  for (const policy of await listPolicies(reader, scope)) {
    const type = policy.arn.startsWith('arn:aws:iam::aws:') ? 'AWSManagedPolicy' : 'LocalManagedPolicy'
    add(type, policy.id, async ({ Policies: list }) => void list.push(await policyDetail(reader, scope, policy)))
  }
  return items.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The account's own, and those of AWS that are in use. */
async function listPolicies(reader: Reader, scope: string): Promise<PolicyRecord[]> {
  const found = (await reader.list(policies, scope)).map(({ document }) => document)
  for (const policy of awsManagedPolicies()) {
    if ((await listAttachments(reader, scope, policy.id)).length > 0) found.push(policy)
  }
  return found
}

async function userDetail(reader: Reader, scope: string, user: UserRecord): Promise<UserDetail> {
  const joined = await Promise.all(user.groupIds.map((id) => reader.get(groups.collection, scope, id)))
  return {
    ...presentListedUser(user),
    UserPolicyList: inlinePolicies(user),
    GroupList: joined.flatMap((group) => group?.name ?? []),
    AttachedManagedPolicies: attachedPolicies(user),
    ...presentBoundary(user),
    Tags: presentTags(user.tags),
  }
}

function groupDetail(group: GroupRecord): GroupDetail {
  return {
    ...presentGroup(group),
    GroupPolicyList: inlinePolicies(group),
    AttachedManagedPolicies: attachedPolicies(group),
  }
}

function roleDetail(role: RoleRecord): RoleDetail {
  const { Description: _, MaxSessionDuration: __, ...presented } = presentListedRole(role)
  return {
    ...presented,
    InstanceProfileList: [],
    RolePolicyList: inlinePolicies(role),
    AttachedManagedPolicies: attachedPolicies(role),
    ...presentBoundary(role),
    Tags: presentTags(role.tags),
  }
}

async function policyDetail(reader: Reader, scope: string, policy: PolicyRecord): Promise<ManagedPolicyDetail> {
  const { Tags: _, ...presented } = await presentPolicy(reader, scope, policy)
  return {
    ...presented,
    PolicyVersionList: policy.versions.toReversed().map((version) => presentVersion(policy, version)),
  }
}

function inlinePolicies({ inlinePolicies: documents }: EntityRecord): PolicyDetail[] {
  return Object.entries(documents).map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: encodeDocument(document),
  }))
}

function attachedPolicies({ attachedPolicies: arns }: EntityRecord): AttachedPolicy[] {
  return arns.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))
}
