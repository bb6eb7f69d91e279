import { assumeRoleOperations } from './assume-role/operations.ts'
import type { StsDependencies } from './dependencies.ts'
import type { StsOperations } from './operation-types.ts'
import { sessionOperations } from './session/operations.ts'
import { webIdentityOperations } from './web-identity/operations.ts'

/** Every operation of STS that is built. Each new session appends revisions of topic `identity`. */
export function stsOperations(dependencies: StsDependencies) {
  return {
    ...assumeRoleOperations(dependencies),
    ...webIdentityOperations(dependencies),
    ...sessionOperations(dependencies),
  } satisfies Partial<StsOperations>
}
