import type { AccessKey, IdentityChange, Principal } from '../../snapshot/identity.ts'

/** Whose access key it is. */
export interface Identity {
  readonly accessKey: AccessKey
  readonly principal: Principal
}

/** The access keys and roles that there are, of every account. */
export interface Identities {
  publish(changes: readonly IdentityChange[]): void
  /**
   * @returns `undefined` for a key that is unknown or inactive, or whose user or role is gone. A session's key may have
   *   expired: that is for the caller to see.
   */
  find(accessKeyId: string): Identity | undefined
  /** A role by its ARN. */
  findRole(arn: string): Principal | undefined
}

export function identities(): Identities {
  const principals = new Map<string, Principal>()
  const accessKeys = new Map<string, AccessKey>()
  const roles = new Map<string, Principal>()

  function replacePrincipal(id: string, principal: Principal | undefined): void {
    const known = principals.get(id)
    // A role of this ARN may have been deleted and made anew: the later one stays.
    if (known && roles.get(known.arn)?.id === id) roles.delete(known.arn)
    if (principal?.kind === 'role') roles.set(principal.arn, principal)
    replace(principals, id, principal)
  }

  return {
    publish(changes) {
      for (const change of changes) {
        if (change.kind === 'principal') replacePrincipal(change.id, change.principal)
        else replace(accessKeys, change.id, change.accessKey)
      }
    },
    find(accessKeyId) {
      const accessKey = accessKeys.get(accessKeyId)
      const principal = accessKey && principals.get(accessKey.principalId)
      return principal && { accessKey, principal }
    },
    findRole: (arn) => roles.get(arn),
  }
}

function replace<T>(known: Map<string, T>, id: string, value: T | undefined): void {
  if (value === undefined) known.delete(id)
  else known.set(id, value)
}
