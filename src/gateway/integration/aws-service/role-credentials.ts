import type { Role } from '../../../config/role.ts'
import { matchesGlob } from '../../../policy/glob.ts'
import type { SigningCredentials } from '../../../sigv4/signer.ts'
import { configurationError, type GatewayError } from '../../error.ts'

/** The credentials that a role's requests are signed with: of the first configured role that matches. */
export function credentialsOf(roleArn: string, roles: readonly Role[]): SigningCredentials | undefined {
  return roles.find(({ arn }) => matchesGlob(arn, roleArn))?.credentials
}

/** Why a call through such a role fails, in AWS's words and for whoever runs this gateway. */
export function cannotAssume(roleArn: string): GatewayError {
  return configurationError(
    `Execution failed due to configuration error: API Gateway does not have permission to assume the provided role ${roleArn}: ` +
      'no entry of `roles` in the configuration gives it credentials',
  )
}
