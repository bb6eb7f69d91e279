import type { IamDependencies } from '../dependencies.ts'
import { attachedPolicies } from '../entity/attached-policies.ts'
import { bind, permissionsBoundary, unbind } from '../entity/boundary.ts'
import { deleteEntity, insertEntity, loadEntity, newEntity, renameEntity } from '../entity/entity.ts'
import { inlinePolicies } from '../entity/inline-policies.ts'
import { listEntities } from '../entity/list.ts'
import { refusePolicies } from '../entity/refuse-in-use.ts'
import { tagging } from '../entity/tagging.ts'
import { identityOf, userNameOf } from '../identity/identity.ts'
import type { IamOperations } from '../operation-types.ts'
import { deleteConflict } from '../refusal.ts'
import { readTags } from '../tag/tags.ts'
import { presentListedUser, presentUser } from './present.ts'
import { type UserRecord, users } from './user.ts'

export function userOperations(dependencies: IamDependencies) {
  const { store } = dependencies
  const attached = attachedPolicies(users, store)
  const boundary = permissionsBoundary(users, store)
  const inline = inlinePolicies(users, store)
  const tags = tagging(users, store)

  return {
    async CreateUser({ UserName, Path, PermissionsBoundary, Tags }, caller) {
      const user: UserRecord = {
        ...newEntity(users, caller, { name: UserName, ...(Path !== undefined && { path: Path }) }, dependencies),
        tags: readTags(Tags),
        ...(PermissionsBoundary !== undefined && { permissionsBoundary: PermissionsBoundary }),
        groupIds: [],
        accessKeyIds: [],
      }
      await store.write(async (transaction) => {
        await bind(transaction, users, caller, user)
        await insertEntity(transaction, users, caller, user)
      })
      return { User: presentUser(user) }
    },

    GetUser: ({ UserName }, caller) =>
      store.read(async (reader) => {
        const identity = UserName === undefined ? await identityOf(reader, caller, dependencies.now()) : undefined
        // Observed: a root is answered as a user without a name.
        if (identity?.kind === 'root') {
          const { account, arn } = identity
          return { User: { Path: undefined, UserName: undefined, UserId: account, Arn: arn, CreateDate: undefined } }
        }
        const name = UserName ?? (await userNameOf(reader, caller, dependencies.now()))
        return { User: presentUser(await loadEntity(reader, users, caller, name)) }
      }),

    ListUsers: (input, caller) =>
      store.read(async (reader) => {
        const { items, position } = await listEntities(reader, users, caller, input)
        return { Users: items.map(presentListedUser), ...position }
      }),

    UpdateUser: ({ UserName, NewUserName, NewPath }, caller) =>
      store.write(async (transaction) => {
        const user = await loadEntity(transaction, users, caller, UserName)
        await renameEntity(transaction, users, caller, user, {
          ...(NewUserName !== undefined && { name: NewUserName }),
          ...(NewPath !== undefined && { path: NewPath }),
        })
        return {}
      }),

    DeleteUser: ({ UserName }, caller) =>
      store.write(async (transaction) => {
        const user = await loadEntity(transaction, users, caller, UserName)
        if (user.groupIds.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.')
        refusePolicies(user)
        if (user.accessKeyIds.length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.')
        await unbind(transaction, users, caller, user)
        await deleteEntity(transaction, users, caller, user)
        return {}
      }),

    async PutUserPermissionsBoundary({ UserName, PermissionsBoundary }, caller) {
      await boundary.put(UserName, PermissionsBoundary, caller)
      return {}
    },
    async DeleteUserPermissionsBoundary({ UserName }, caller) {
      await boundary.delete(UserName, caller)
      return {}
    },

    PutUserPolicy: ({ UserName, ...policy }, caller) => inline.put(UserName, policy, caller),
    async GetUserPolicy({ UserName, PolicyName }, caller) {
      return { UserName, ...(await inline.get(UserName, PolicyName, caller)) }
    },
    DeleteUserPolicy: ({ UserName, PolicyName }, caller) => inline.delete(UserName, PolicyName, caller),
    ListUserPolicies: ({ UserName, ...request }, caller) => inline.list(UserName, request, caller),

    AttachUserPolicy: ({ UserName, PolicyArn }, caller) => attached.attach(UserName, PolicyArn, caller),
    DetachUserPolicy: ({ UserName, PolicyArn }, caller) => attached.detach(UserName, PolicyArn, caller),
    ListAttachedUserPolicies: ({ UserName, ...request }, caller) => attached.list(UserName, request, caller),

    async TagUser({ UserName, Tags }, caller) {
      await tags.tag(UserName, Tags, caller)
      return {}
    },
    async UntagUser({ UserName, TagKeys }, caller) {
      await tags.untag(UserName, TagKeys, caller)
      return {}
    },
    ListUserTags: ({ UserName, ...request }, caller) => tags.list(UserName, request, caller),
  } satisfies Partial<IamOperations>
}
