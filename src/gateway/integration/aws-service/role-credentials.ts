import type { Role } from '../../../config/role.ts'
import { matchesGlob } from '../../../policy/glob.ts'
import type { SigningCredentials } from '../../../sigv4/signer.ts'

/** The credentials that a role's requests are signed with: of the first configured role that matches. */
export function credentialsOf(roleArn: string, roles: readonly Role[]): SigningCredentials | undefined {
  return roles.find(({ arn }) => matchesGlob(arn, roleArn))?.credentials
}
