import { partitionOf } from '../../wire/arn.ts'
import type { GuardedCall } from '../../wire/guard.ts'
import { type Permission, tagValues, textAt } from './permission.ts'

/** Those whose callers show a token of another kind. */
export const unsignedStsOperations: ReadonlySet<string> = new Set(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'])

/** Documented: these need no permission, and nothing denies them; the one of `AssumeRole` is asked together with the role's trust. */
const free: ReadonlySet<string> = new Set(['AssumeRole', 'GetCallerIdentity', 'GetSessionToken'])

export function stsPermissions({ operation, input, caller }: GuardedCall): Permission[] {
  if (free.has(operation)) return []
  const name = operation === 'GetFederationToken' ? textAt(input, 'Name') : undefined
  const federated = `arn:${partitionOf(caller.region)}:sts::${caller.account}:federated-user/${name}`
  const values = tagValues(input['Tags'])
  return [{ action: `sts:${operation}`, resource: name === undefined ? '*' : federated, values }]
}
