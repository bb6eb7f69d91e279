import type { IamDependencies } from '../dependencies.ts'
import { attachedPolicies } from '../entity/attached-policies.ts'
import { bind, permissionsBoundary, unbind } from '../entity/boundary.ts'
import { deleteEntity, insertEntity, loadEntity, newEntity, saveEntity } from '../entity/entity.ts'
import { inlinePolicies } from '../entity/inline-policies.ts'
import { listEntities } from '../entity/list.ts'
import { refusePolicies } from '../entity/refuse-in-use.ts'
import { tagging } from '../entity/tagging.ts'
import type { IamOperations } from '../operation-types.ts'
import { readTags } from '../tag/tags.ts'
import { presentListedRole, presentRole } from './present.ts'
import { type RoleRecord, roles } from './role.ts'
import { checkTrustPolicy } from './trust-policy.ts'

/** Documented: a role's sessions last an hour at most unless it says otherwise. */
const defaultSessionSeconds = 3_600

export function roleOperations(dependencies: IamDependencies) {
  const { store } = dependencies
  const attached = attachedPolicies(roles, store)
  const boundary = permissionsBoundary(roles, store)
  const inline = inlinePolicies(roles, store)
  const tags = tagging(roles, store)

  return {
    async CreateRole(input, caller) {
      const { RoleName, Path, AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary } = input
      checkTrustPolicy(AssumeRolePolicyDocument)
      const role: RoleRecord = {
        ...newEntity(roles, caller, { name: RoleName, ...(Path !== undefined && { path: Path }) }, dependencies),
        trustPolicy: AssumeRolePolicyDocument,
        ...(Description !== undefined && { description: Description }),
        maxSessionSeconds: MaxSessionDuration ?? defaultSessionSeconds,
        ...(PermissionsBoundary !== undefined && { permissionsBoundary: PermissionsBoundary }),
        tags: readTags(input.Tags),
      }
      await store.write(async (transaction) => {
        await bind(transaction, roles, caller, role)
        await insertEntity(transaction, roles, caller, role)
      })
      return { Role: presentRole(role) }
    },

    GetRole: ({ RoleName }, caller) =>
      store.read(async (reader) => ({ Role: presentRole(await loadEntity(reader, roles, caller, RoleName)) })),

    ListRoles: (input, caller) =>
      store.read(async (reader) => {
        const { items, position } = await listEntities(reader, roles, caller, input)
        return { Roles: items.map(presentListedRole), ...position }
      }),

    UpdateRole: ({ RoleName, Description, MaxSessionDuration }, caller) =>
      store.write(async (transaction) => {
        const role = await loadEntity(transaction, roles, caller, RoleName)
        await saveEntity(transaction, roles, caller, {
          ...role,
          ...(Description !== undefined && { description: Description }),
          ...(MaxSessionDuration !== undefined && { maxSessionSeconds: MaxSessionDuration }),
        })
        return {}
      }),

    UpdateRoleDescription: ({ RoleName, Description }, caller) =>
      store.write(async (transaction) => {
        const role = { ...(await loadEntity(transaction, roles, caller, RoleName)), description: Description }
        await saveEntity(transaction, roles, caller, role)
        return { Role: presentRole(role) }
      }),

    UpdateAssumeRolePolicy: ({ RoleName, PolicyDocument }, caller) =>
      store.write(async (transaction) => {
        const role = await loadEntity(transaction, roles, caller, RoleName)
        checkTrustPolicy(PolicyDocument)
        await saveEntity(transaction, roles, caller, { ...role, trustPolicy: PolicyDocument })
        return {}
      }),

    DeleteRole: ({ RoleName }, caller) =>
      store.write(async (transaction) => {
        const role = await loadEntity(transaction, roles, caller, RoleName)
        refusePolicies(role)
        await unbind(transaction, roles, caller, role)
        await deleteEntity(transaction, roles, caller, role)
        return {}
      }),

    async PutRolePermissionsBoundary({ RoleName, PermissionsBoundary }, caller) {
      await boundary.put(RoleName, PermissionsBoundary, caller)
      return {}
    },
    async DeleteRolePermissionsBoundary({ RoleName }, caller) {
      await boundary.delete(RoleName, caller)
      return {}
    },

    PutRolePolicy: ({ RoleName, ...policy }, caller) => inline.put(RoleName, policy, caller),
    async GetRolePolicy({ RoleName, PolicyName }, caller) {
      return { RoleName, ...(await inline.get(RoleName, PolicyName, caller)) }
    },
    DeleteRolePolicy: ({ RoleName, PolicyName }, caller) => inline.delete(RoleName, PolicyName, caller),
    ListRolePolicies: ({ RoleName, ...request }, caller) => inline.list(RoleName, request, caller),

    AttachRolePolicy: ({ RoleName, PolicyArn }, caller) => attached.attach(RoleName, PolicyArn, caller),
    DetachRolePolicy: ({ RoleName, PolicyArn }, caller) => attached.detach(RoleName, PolicyArn, caller),
    ListAttachedRolePolicies: ({ RoleName, ...request }, caller) => attached.list(RoleName, request, caller),

    async TagRole({ RoleName, Tags }, caller) {
      await tags.tag(RoleName, Tags, caller)
      return {}
    },
    async UntagRole({ RoleName, TagKeys }, caller) {
      await tags.untag(RoleName, TagKeys, caller)
      return {}
    },
    ListRoleTags: ({ RoleName, ...request }, caller) => tags.list(RoleName, request, caller),
  } satisfies Partial<IamOperations>
}
