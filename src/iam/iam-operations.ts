import { accessKeyOperations } from './access-key/operations.ts'
import { absentOperations } from './account/absent.ts'
import { accountDetailOperations } from './account/details.ts'
import { accountOperations } from './account/operations.ts'
import type { IamDependencies } from './dependencies.ts'
import { groupOperations } from './group/operations.ts'
import { identityProviderOperations } from './identity-provider/operations.ts'
import { policyEntityOperations } from './managed-policy/entities.ts'
import { managedPolicyOperations } from './managed-policy/operations.ts'
import { policyVersionOperations } from './managed-policy/version-operations.ts'
import type { IamOperations } from './operation-types.ts'
import { roleOperations } from './role/operations.ts'
import { simulationOperations } from './simulation/operations.ts'
import { userOperations } from './user/operations.ts'

/** Every operation of IAM that is built. Each change of who may do what appends revisions of topic `identity`. */
export function iamOperations(dependencies: IamDependencies) {
  return {
    ...userOperations(dependencies),
    ...accessKeyOperations(dependencies),
    ...groupOperations(dependencies),
    ...roleOperations(dependencies),
    ...identityProviderOperations(dependencies),
    ...managedPolicyOperations(dependencies),
    ...policyVersionOperations(dependencies),
    ...policyEntityOperations(dependencies),
    ...simulationOperations(dependencies),
    ...accountOperations(dependencies),
    ...accountDetailOperations(dependencies),
    ...absentOperations(dependencies),
  } satisfies Partial<IamOperations>
}
