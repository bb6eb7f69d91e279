import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { type AccessKeyRecord, findUsableKey, type SessionRecord } from '../access-key/access-key.ts'
import { validationError } from '../refusal.ts'
import { roles } from '../role/role.ts'
import { iamArn, iamScope } from '../scope.ts'
import { type UserRecord, users } from '../user/user.ts'

/** Who calls. */
export type Identity = RootIdentity | UserIdentity | SessionIdentity

/** The account itself. */
export interface RootIdentity {
  readonly kind: 'root'
  readonly account: string
  readonly arn: string
  readonly userId: string
}

export interface UserIdentity {
  readonly kind: 'user'
  readonly account: string
  readonly arn: string
  readonly userId: string
  readonly key: AccessKeyRecord
  readonly user: UserRecord
}

/** Who uses temporary credentials. */
export interface SessionIdentity {
  readonly kind: 'session'
  readonly account: string
  readonly arn: string
  readonly userId: string
  readonly key: AccessKeyRecord
  readonly session: SessionRecord
}

/**
 * Says who calls by the access key that the request names. While signatures are not verified, keys that IAM and STS did
 * not give out, or that are not in force, stand for the account's root.
 *
 * @throws {ServiceError} `InvalidClientTokenId` for a key that was verified and has gone since.
 */
export async function identityOf(reader: Reader, caller: Caller, now: Date): Promise<Identity> {
  const { accessKeyId, verifiedAs } = caller
  if (verifiedAs === 'root') return rootOf(caller)
  const found = accessKeyId === undefined ? undefined : await holderOf(reader, accessKeyId, now)
  if (found) return found
  if (verifiedAs === undefined) return rootOf(caller)
  throw new ServiceError('InvalidClientTokenId', 'The security token included in the request is invalid.', {
    status: 403,
  })
}

function rootOf(caller: Caller): RootIdentity {
  const { account } = caller
  return { kind: 'root', account, arn: iamArn(caller, 'root'), userId: account }
}

/** Whose key it is; `undefined` also when its user or role is gone. */
async function holderOf(reader: Reader, accessKeyId: string, now: Date): Promise<Identity | undefined> {
  const key = await findUsableKey(reader, accessKeyId, now)
  if (!key) return undefined
  const { account, principalId, session } = key
  const scope = iamScope(key)
  const user = await reader.get(users.collection, scope, principalId)
  if (!session) return user && { kind: 'user', account, arn: user.arn, userId: user.id, key, user }
  const isHeld =
    user !== undefined || principalId === account || (await reader.get(roles.collection, scope, principalId))
  return isHeld ? { kind: 'session', account, arn: session.arn, userId: session.userId, key, session } : undefined
}

/**
 * The name of the user who calls, for operations that take none.
 * @throws {ServiceError} `ValidationError` when the caller is no user.
 */
export async function userNameOf(reader: Reader, caller: Caller, now: Date): Promise<string> {
  const identity = await identityOf(reader, caller, now)
  if (identity.kind !== 'user') throw validationError('Must specify userName when calling with non-User credentials')
  return identity.user.name
}
