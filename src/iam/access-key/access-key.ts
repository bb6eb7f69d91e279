import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import { reviseAccessKey } from '../publication/topic.ts'
import { everyAccount } from '../scope.ts'
import type { TagRecord } from '../tag/tags.ts'

/** An access key as it is stored: a user's, or that of a session. */
export interface AccessKeyRecord {
  /** `AKIA…`, or `ASIA…` of a session. */
  readonly accessKeyId: string
  readonly account: string
  /** Of the user or role whose key it is; of a root's session, its account. */
  readonly principalId: string
  /** The secret access key, sealed. */
  readonly sealedSecret: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly status: 'Active' | 'Inactive'
  readonly session?: SessionRecord
}

/** What temporary credentials have beyond other keys. */
export interface SessionRecord {
  /** The session token, sealed. */
  readonly sealedToken: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** Who the session acts as. */
  readonly arn: string
  /** `{role id}:{session name}`, or the user's id. */
  readonly userId: string
  /** Documents that limit the session. */
  readonly policies: readonly string[]
  readonly tags: readonly TagRecord[]
  /** Keys of the tags that sessions take over which this session opens. */
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity?: string
  readonly federatedProvider?: string
}

/** By id, in the scope of every account. */
export const accessKeys = collection<AccessKeyRecord>('iam-access-key')

/** A key that may be used now: active, and not expired. */
export async function findUsableKey(
  reader: Reader,
  accessKeyId: string,
  now: Date,
): Promise<AccessKeyRecord | undefined> {
  const key = await reader.get(accessKeys, everyAccount, accessKeyId)
  return key && isUsable(key, now) ? key : undefined
}

export function isUsable({ status, session }: AccessKeyRecord, now: Date): boolean {
  return status === 'Active' && (session === undefined || session.expiresAt > now.getTime())
}

export async function saveAccessKey(transaction: Transaction, key: AccessKeyRecord): Promise<void> {
  await transaction.put(accessKeys, everyAccount, key.accessKeyId, key)
  await reviseAccessKey(transaction, key.accessKeyId)
}

export async function deleteAccessKey(transaction: Transaction, accessKeyId: string): Promise<void> {
  await transaction.delete(accessKeys, everyAccount, accessKeyId)
  await reviseAccessKey(transaction, accessKeyId)
}
