import type { Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { type AccessKeyRecord, findUsableKey, type SessionRecord } from '../access-key/access-key.ts'
import { validationError } from '../refusal.ts'
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
 * Says who calls by the access key that the request names. Keys that IAM and STS did not give out, or that are not in
 * force, stand for the account's root.
 */
export async function identityOf(reader: Reader, caller: Caller, now: Date): Promise<Identity> {
  const { account, accessKeyId } = caller
  const root: RootIdentity = { kind: 'root', account, arn: iamArn(caller, 'root'), userId: account }
  const key = accessKeyId === undefined ? undefined : await findUsableKey(reader, accessKeyId, now)
  if (!key) return root
  const { session, principalId } = key
  if (session) return { kind: 'session', account: key.account, arn: session.arn, userId: session.userId, key, session }
  const user = await reader.get(users.collection, iamScope(key), principalId)
  return user ? { kind: 'user', account: key.account, arn: user.arn, userId: user.id, user } : root
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
