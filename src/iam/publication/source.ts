import type { RootKey } from '../../config/root-key-list.ts'
import type { Cipher } from '../../secrets/cipher.ts'
import type { AccessKey, IdentityChange, Principal, Session } from '../../snapshot/identity.ts'
import type { Reader } from '../../storage/store.ts'
import { type AccessKeyRecord, accessKeys, isUsable, type SessionRecord } from '../access-key/access-key.ts'
import { roles } from '../role/role.ts'
import { everyAccount } from '../scope.ts'
import { users } from '../user/user.ts'
import { readPrincipal, rolePrincipal, rootPrincipal, tagRecord, userPrincipal } from './principal.ts'

export interface IdentitySourceOptions {
  readonly cipher: Cipher
  readonly now: () => Date
  /** Names the partition of the roots' ARNs. */
  readonly region: string
  /** What the configuration gives. */
  readonly rootKeys: readonly RootKey[]
}

/** Reads what the data plane must know of identities, for a publisher's feed of topic `identity`. */
export function identitySource({ cipher, now, region, rootKeys }: IdentitySourceOptions) {
  const keyChange = (record: AccessKeyRecord): IdentityChange => {
    const id = record.accessKeyId
    return { kind: 'access-key', id, ...(isUsable(record, now()) && { accessKey: openKey(cipher, record) }) }
  }

  return {
    /** @param key `principal/{id}` or `access-key/{id}`, as revisions carry it. */
    async load(reader: Reader, scope: string, key: string): Promise<IdentityChange> {
      const slashAt = key.indexOf('/')
      const id = key.slice(slashAt + 1)
      if (key.slice(0, slashAt) === 'access-key') {
        const record = await reader.get(accessKeys, everyAccount, id)
        return record ? keyChange(record) : { kind: 'access-key', id }
      }
      if (isAccount(id)) return principalChange(rootPrincipal(id, region))
      const [account = ''] = scope.split('/')
      const principal = await readPrincipal(reader, account, id)
      return principal ? principalChange(principal) : { kind: 'principal', id }
    },

    async loadAll(reader: Reader): Promise<IdentityChange[]> {
      const keys = (await reader.list(accessKeys, everyAccount)).map(({ document }) => document)
      const accounts = keys.map(({ principalId }) => principalId).filter(isAccount)
      const roots = new Set([...accounts, ...rootKeys.map(({ account }) => account)])
      return [
        ...[...roots].map((account) => principalChange(rootPrincipal(account, region))),
        ...(await listPrincipals(reader)).map(principalChange),
        ...rootKeys.map(rootKeyChange),
        ...keys.filter((record) => isUsable(record, now())).map(keyChange),
      ]
    },
  }
}

async function listPrincipals(reader: Reader): Promise<Principal[]> {
  const found: Principal[] = []
  for (const scope of await reader.scopes(users.collection)) {
    const [account = ''] = scope.split('/')
    for (const { document } of await reader.list(users.collection, scope)) {
      found.push(await userPrincipal(reader, account, document))
    }
  }
  for (const scope of await reader.scopes(roles.collection)) {
    const [account = ''] = scope.split('/')
    for (const { document } of await reader.list(roles.collection, scope)) {
      found.push(await rolePrincipal(reader, account, document))
    }
  }
  return found
}

function isAccount(id: string): boolean {
  return /^\d{12}$/.test(id)
}

function principalChange(principal: Principal): IdentityChange {
  return { kind: 'principal', id: principal.id, principal }
}

function rootKeyChange({ account, accessKeyId, secretAccessKey }: RootKey): IdentityChange {
  return { kind: 'access-key', id: accessKeyId, accessKey: { accessKeyId, secretAccessKey, principalId: account } }
}

/** Unseals a key: from here on it is a secret in memory. */
export function openKey(
  cipher: Cipher,
  { accessKeyId, principalId, sealedSecret, createdAt, session }: AccessKeyRecord,
): AccessKey {
  return {
    accessKeyId,
    secretAccessKey: cipher.open(sealedSecret),
    principalId,
    ...(session && { session: openSession(cipher, session, createdAt) }),
  }
}

function openSession(cipher: Cipher, session: SessionRecord, issuedAt: number): Session {
  const { sealedToken, expiresAt, arn, userId, policies, tags, sourceIdentity, federatedProvider } = session
  return {
    token: cipher.open(sealedToken),
    issuedAt,
    expiresAt,
    arn,
    userId,
    policies,
    tags: tagRecord(tags),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(federatedProvider !== undefined && { federatedProvider }),
  }
}
