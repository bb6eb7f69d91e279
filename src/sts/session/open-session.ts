import type { Credentials } from '@aws-sdk/client-sts'
import {
  type AccessKeyRecord,
  deleteAccessKey,
  type SessionRecord,
  saveAccessKey,
} from '../../iam/access-key/access-key.ts'
import type { IamDependencies } from '../../iam/dependencies.ts'
import { everyAccount } from '../../iam/scope.ts'
import { collection, type Transaction } from '../../storage/store.ts'

/** What a new session is to be. */
export type NewSession = Pick<AccessKeyRecord, 'account' | 'principalId'> & {
  readonly seconds: number
  readonly session: Omit<SessionRecord, 'sealedToken' | 'expiresAt'>
}

/** Temporary credentials. */
export type OpenedSession = { readonly [M in keyof Credentials]-?: NonNullable<Credentials[M]> }

/** Sessions by the time of their end: `{epoch milliseconds, 15 digits}/{access key id}`. */
const sessionEnds = collection<Record<never, never>>('sts-session-end')

/** Ended sessions that go when a new one comes, at most: more than one, so that they do not pile up. */
const sweptAtOnce = 8

/** Begins every session token, as it begins AWS's. */
const tokenPrefix = 'IQoJb3JpZ2luX2Vj'

/** Draws temporary credentials and keeps them until they expire; their secrets are answered here and never again. */
export async function openSession(
  transaction: Transaction,
  { now, newId, newSecret, cipher }: IamDependencies,
  { account, principalId, seconds, session }: NewSession,
): Promise<OpenedSession> {
  const createdAt = now().getTime()
  const expiresAt = createdAt + seconds * 1_000
  const accessKeyId = `ASIA${newId(16)}`
  const secret = newSecret(40)
  const token = tokenPrefix + newSecret(240)
  await sweep(transaction, createdAt)
  await saveAccessKey(transaction, {
    accessKeyId,
    account,
    principalId,
    sealedSecret: cipher.seal(secret),
    createdAt,
    status: 'Active',
    session: { ...session, sealedToken: cipher.seal(token), expiresAt },
  })
  await transaction.put(sessionEnds, everyAccount, endKey(expiresAt, accessKeyId), {})
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secret,
    SessionToken: token,
    Expiration: new Date(expiresAt),
  }
}

async function sweep(transaction: Transaction, nowMs: number): Promise<void> {
  for (const { key } of await transaction.list(sessionEnds, everyAccount, { limit: sweptAtOnce })) {
    if (key >= endKey(nowMs + 1, '')) return
    await deleteAccessKey(transaction, key.slice(key.indexOf('/') + 1))
    await transaction.delete(sessionEnds, everyAccount, key)
  }
}

function endKey(expiresAt: number, accessKeyId: string): string {
  return `${String(expiresAt).padStart(15, '0')}/${accessKeyId}`
}
