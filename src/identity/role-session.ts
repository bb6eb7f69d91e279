import type { SigningCredentials } from '../sigv4/signer.ts'
import type { RoleSource } from './service-trust.ts'

/**
 * Opens a session of a role as the service, where identities are kept.
 * @returns Undefined when there is no such role, or when it does not trust the service.
 */
export type OpenRoleSession = (role: RoleToAssume) => Promise<RoleSession | undefined>

/** Plain data. */
export interface RoleToAssume {
  readonly roleArn: string
  readonly source: RoleSource
}

/** Plain data. */
export interface RoleSession {
  readonly credentials: SigningCredentials
  /** Epoch milliseconds. */
  readonly expiresAt: number
}
