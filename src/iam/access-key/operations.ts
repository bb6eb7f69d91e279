import type { Reader, Transaction } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import type { IamDependencies } from '../dependencies.ts'
import { loadEntity, saveEntity } from '../entity/entity.ts'
import { userNameOf } from '../identity/identity.ts'
import type { IamOperations } from '../operation-types.ts'
import { page } from '../page.ts'
import { noSuchEntity, quotaExceeded } from '../refusal.ts'
import { everyAccount } from '../scope.ts'
import { type UserRecord, users } from '../user/user.ts'
import { type AccessKeyRecord, accessKeys, deleteAccessKey, saveAccessKey } from './access-key.ts'

/** Documented. */
const maxKeysPerUser = 2

export function accessKeyOperations({ store, now, newId, newSecret, cipher }: IamDependencies) {
  /** The user that an operation names, or else the one who calls. */
  async function userOf(reader: Reader, caller: Caller, name: string | undefined): Promise<UserRecord> {
    return loadEntity(reader, users, caller, name ?? (await userNameOf(reader, caller, now())))
  }

  return {
    CreateAccessKey: ({ UserName }, caller) =>
      store.write(async (transaction) => {
        const user = await userOf(transaction, caller, UserName)
        if (user.accessKeyIds.length >= maxKeysPerUser) throw quotaExceeded('AccessKeysPerUser', maxKeysPerUser)
        const secret = newSecret(40)
        const key: AccessKeyRecord = {
          accessKeyId: `AKIA${newId(16)}`,
          account: caller.account,
          principalId: user.id,
          sealedSecret: cipher.seal(secret),
          createdAt: now().getTime(),
          status: 'Active',
        }
        await saveAccessKey(transaction, key)
        const accessKeyIds = [...user.accessKeyIds, key.accessKeyId]
        await saveEntity(transaction, users, caller, { ...user, accessKeyIds })
        return { AccessKey: { ...presentKey(user, key), SecretAccessKey: secret } }
      }),

    ListAccessKeys: ({ UserName, ...request }, caller) =>
      store.read(async (reader) => {
        const user = await userOf(reader, caller, UserName)
        const keys = await Promise.all(user.accessKeyIds.map((id) => loadKey(reader, user, id)))
        const { items, position } = page(keys, ({ accessKeyId }) => accessKeyId, request)
        return { AccessKeyMetadata: items.map((key) => presentKey(user, key)), ...position }
      }),

    UpdateAccessKey: ({ UserName, AccessKeyId, Status }, caller) =>
      store.write(async (transaction) => {
        const user = await userOf(transaction, caller, UserName)
        const key = await loadKey(transaction, user, AccessKeyId)
        // The model's third value, Expired, is one that keys are shown with only.
        await saveAccessKey(transaction, { ...key, status: Status === 'Active' ? 'Active' : 'Inactive' })
        return {}
      }),

    DeleteAccessKey: ({ UserName, AccessKeyId }, caller) =>
      store.write(async (transaction) => {
        const user = await userOf(transaction, caller, UserName)
        await loadKey(transaction, user, AccessKeyId)
        await deleteAccessKey(transaction, AccessKeyId)
        const accessKeyIds = user.accessKeyIds.filter((id) => id !== AccessKeyId)
        await saveEntity(transaction, users, caller, { ...user, accessKeyIds })
        return {}
      }),
  } satisfies Partial<IamOperations>
}

/** @throws {ServiceError} `NoSuchEntity` for a key that the user does not have. */
async function loadKey(reader: Reader | Transaction, user: UserRecord, accessKeyId: string): Promise<AccessKeyRecord> {
  const key = user.accessKeyIds.includes(accessKeyId)
    ? await reader.get(accessKeys, everyAccount, accessKeyId)
    : undefined
  if (!key) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`)
  return key
}

function presentKey({ name }: UserRecord, { accessKeyId, status, createdAt }: AccessKeyRecord) {
  return { UserName: name, AccessKeyId: accessKeyId, Status: status, CreateDate: new Date(createdAt) }
}
