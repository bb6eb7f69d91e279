import type { Role } from '../../../config/role.ts'
import { matchesGlob } from '../../../policy/glob.ts'
import type { SigningCredentials } from '../../../sigv4/signer.ts'
import { roleRefused } from '../../credentials/authority.ts'
import type { GatewayError } from '../../error.ts'

/** The credentials that a role's requests are signed with: of the first configured role that matches. */
export function credentialsOf(roleArn: string, roles: readonly Role[]): SigningCredentials | undefined {
  return roles.find(({ arn }) => matchesGlob(arn, roleArn))?.credentials
}

/** Why a call through a role fails that signs with such credentials alone. */
export function cannotAssume(roleArn: string): GatewayError {
  return roleRefused(roleArn, ': no entry of `roles` in the configuration gives it credentials')
}
