import type { IamDependencies } from '../dependencies.ts'
import { attachedPolicies } from '../entity/attached-policies.ts'
import { deleteEntity, insertEntity, loadEntity, newEntity, renameEntity, saveEntity } from '../entity/entity.ts'
import { inlinePolicies } from '../entity/inline-policies.ts'
import { listEntities } from '../entity/list.ts'
import { refusePolicies } from '../entity/refuse-in-use.ts'
import type { IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { deleteConflict, quotaExceeded } from '../refusal.ts'
import { iamScope } from '../scope.ts'
import { presentListedUser } from '../user/present.ts'
import { users } from '../user/user.ts'
import { groups, memberIds, memberships } from './group.ts'
import { presentGroup } from './present.ts'

/** Documented. */
const maxGroupsPerUser = 10

export function groupOperations(dependencies: IamDependencies) {
  const { store } = dependencies
  const attached = attachedPolicies(groups, store)
  const inline = inlinePolicies(groups, store)

  return {
    async CreateGroup({ GroupName, Path }, caller) {
      const given = { name: GroupName, ...(Path !== undefined && { path: Path }) }
      const group = newEntity(groups, caller, given, dependencies)
      await store.write((transaction) => insertEntity(transaction, groups, caller, group))
      return { Group: presentGroup(group) }
    },

    GetGroup: ({ GroupName, ...request }, caller) =>
      store.read(async (reader) => {
        const group = await loadEntity(reader, groups, caller, GroupName)
        const scope = iamScope(caller)
        const ids = await memberIds(reader, scope, group.id)
        const members = await Promise.all(ids.map((id) => reader.get(users.collection, scope, id)))
        const { items, position } = page(
          members.flatMap((member) => member ?? []),
          ({ id }) => id,
          request,
        )
        return { Group: presentGroup(group), Users: items.map(presentListedUser), ...position }
      }),

    ListGroups: (input, caller) =>
      store.read(async (reader) => {
        const { items, position } = await listEntities(reader, groups, caller, input)
        return { Groups: items.map(presentGroup), ...position }
      }),

    ListGroupsForUser: ({ UserName, ...request }, caller) =>
      store.read(async (reader) => {
        const { groupIds } = await loadEntity(reader, users, caller, UserName)
        const joined = await Promise.all(groupIds.map((id) => reader.get(groups.collection, iamScope(caller), id)))
        const sorted = joined.flatMap((group) => group ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))
        const { items, position } = page(sorted, ({ name }) => name, request)
        return { Groups: items.map(presentGroup), ...position }
      }),

    UpdateGroup: ({ GroupName, NewGroupName, NewPath }, caller) =>
      store.write(async (transaction) => {
        const group = await loadEntity(transaction, groups, caller, GroupName)
        await renameEntity(transaction, groups, caller, group, {
          ...(NewGroupName !== undefined && { name: NewGroupName }),
          ...(NewPath !== undefined && { path: NewPath }),
        })
        return {}
      }),

    DeleteGroup: ({ GroupName }, caller) =>
      store.write(async (transaction) => {
        const group = await loadEntity(transaction, groups, caller, GroupName)
        const members = await memberIds(transaction, iamScope(caller), group.id)
        if (members.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.')
        refusePolicies(group)
        await deleteEntity(transaction, groups, caller, group)
        return {}
      }),

    /** Adding a member again changes nothing. */
    AddUserToGroup: ({ GroupName, UserName }, caller) =>
      store.write(async (transaction) => {
        const group = await loadEntity(transaction, groups, caller, GroupName)
        const user = await loadEntity(transaction, users, caller, UserName)
        if (user.groupIds.includes(group.id)) return {}
        if (user.groupIds.length >= maxGroupsPerUser) throw quotaExceeded('GroupsPerUser', maxGroupsPerUser)
        await transaction.put(memberships, iamScope(caller), `${group.id}/${user.id}`, {})
        await saveEntity(transaction, users, caller, { ...user, groupIds: [...user.groupIds, group.id] })
        return {}
      }),

    /** Removing whoever is no member changes nothing. */
    RemoveUserFromGroup: ({ GroupName, UserName }, caller) =>
      store.write(async (transaction) => {
        const group = await loadEntity(transaction, groups, caller, GroupName)
        const user = await loadEntity(transaction, users, caller, UserName)
        await transaction.delete(memberships, iamScope(caller), `${group.id}/${user.id}`)
        const groupIds = user.groupIds.filter((id) => id !== group.id)
        await saveEntity(transaction, users, caller, { ...user, groupIds })
        return {}
      }),

    PutGroupPolicy: ({ GroupName, ...policy }, caller) => inline.put(GroupName, policy, caller),
    async GetGroupPolicy({ GroupName, PolicyName }, caller) {
      return { GroupName, ...(await inline.get(GroupName, PolicyName, caller)) }
    },
    DeleteGroupPolicy: ({ GroupName, PolicyName }, caller) => inline.delete(GroupName, PolicyName, caller),
    ListGroupPolicies: ({ GroupName, ...request }, caller) => inline.list(GroupName, request, caller),

    AttachGroupPolicy: ({ GroupName, PolicyArn }, caller) => attached.attach(GroupName, PolicyArn, caller),
    DetachGroupPolicy: ({ GroupName, PolicyArn }, caller) => attached.detach(GroupName, PolicyArn, caller),
    ListAttachedGroupPolicies: ({ GroupName, ...request }, caller) => attached.list(GroupName, request, caller),
  } satisfies Partial<IamOperations>
}
