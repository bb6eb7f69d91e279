import { findEntity } from '../../iam/entity/entity.ts'
import { validationError } from '../../iam/refusal.ts'
import { type RoleRecord, roles } from '../../iam/role/role.ts'
import type { Reader } from '../../storage/store.ts'
import { formatArn, parseArn } from '../../wire/arn.ts'

/** A role that is to be assumed, and whose it is. */
export interface FoundRole {
  readonly account: string
  readonly role: RoleRecord
}

/**
 * Finds a role of any account by its ARN; `undefined` when there is none.
 * @throws {ServiceError} `ValidationError` for what is no role's ARN.
 */
export async function findRole(reader: Reader, arn: string): Promise<FoundRole | undefined> {
  const parsed = parseArn(arn)
  const isRole = parsed?.service === 'iam' && /^\d{12}$/.test(parsed.account) && /^role\/./.test(parsed.resource)
  if (!isRole) throw validationError(`${arn} is invalid`)
  const { account, resource } = parsed
  const role = await findEntity(reader, roles, { account }, resource.slice(resource.lastIndexOf('/') + 1))
  return role?.arn === arn ? { account, role } : undefined
}

/** Who a session of a role is. */
export function assumedRole({ account, role }: FoundRole, sessionName: string): { AssumedRoleId: string; Arn: string } {
  const { partition = 'aws' } = parseArn(role.arn) ?? {}
  const resource = `assumed-role/${role.name}/${sessionName}`
  return {
    AssumedRoleId: `${role.id}:${sessionName}`,
    Arn: formatArn({ partition, service: 'sts', account, resource }),
  }
}

/** Documented: an hour unless asked otherwise. */
const defaultSeconds = 3_600

/** @throws {ServiceError} `ValidationError` for longer than the role allows, or than one that another role's session opens. */
export function sessionSeconds(
  { maxSessionSeconds }: RoleRecord,
  asked: number | undefined,
  isChained: boolean,
): number {
  const seconds = asked ?? defaultSeconds
  if (isChained && seconds > defaultSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  if (seconds > maxSessionSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  return seconds
}
