import type { Collection } from '../../storage/store.ts'
import type { IamDependencies } from '../dependencies.ts'
import { groups } from '../group/group.ts'
import { providers } from '../identity-provider/identity-provider.ts'
import { policies } from '../managed-policy/managed-policy.ts'
import type { IamOperations } from '../operation-types.ts'
import { roles } from '../role/role.ts'
import { iamScope } from '../scope.ts'
import { users } from '../user/user.ts'

export function accountOperations({ store }: IamDependencies) {
  return {
    GetAccountSummary: (_input, caller) =>
      store.read(async (reader) => {
        const scope = iamScope(caller)
        const count = async (collection: Collection<object>) => (await reader.list(collection, scope)).length
        const own = (await reader.list(policies, scope)).map(({ document }) => document)
        return {
          SummaryMap: {
            Users: await count(users.collection),
            Groups: await count(groups.collection),
            Roles: await count(roles.collection),
            Providers: await count(providers),
            Policies: own.length,
            PolicyVersionsInUse: own.reduce((sum, { versions }) => sum + versions.length, 0),
            AccessKeysPerUserQuota: 2,
            GroupsPerUserQuota: 10,
            AttachedPoliciesPerGroupQuota: 20,
            AttachedPoliciesPerRoleQuota: 20,
            AttachedPoliciesPerUserQuota: 20,
            PolicySizeQuota: 6_144,
            VersionsPerPolicyQuota: 5,
            UserPolicySizeQuota: users.maxInlineSize,
            GroupPolicySizeQuota: groups.maxInlineSize,
            RolePolicySizeQuota: roles.maxInlineSize,
            AssumeRolePolicySizeQuota: 4_096,
            AccountMFAEnabled: 0,
            MFADevices: 0,
            MFADevicesInUse: 0,
            InstanceProfiles: 0,
            ServerCertificates: 0,
          },
        }
      }),
  } satisfies Partial<IamOperations>
}
