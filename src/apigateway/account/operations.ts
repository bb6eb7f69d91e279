import { scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { checkPassRole } from '../pass-role.ts'
import { accountKey, accounts, presentAccount, readAccount } from './account.ts'
import { accountPatch } from './patch.ts'

/** The settings for all APIs of an account in a region. */
export function accountOperations({ store, accountRate }: Dependencies) {
  return {
    async GetAccount(_, caller) {
      return presentAccount(await store.read((reader) => readAccount(reader, scopeOf(caller))), accountRate)
    },

    async UpdateAccount({ patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const account = applyPatch(accountPatch, await readAccount(transaction, scope), patchOperations)
        if (account.cloudwatchRoleArn !== undefined) checkPassRole(account.cloudwatchRoleArn, caller)
        await transaction.put(accounts, scope, accountKey, account)
        return presentAccount(account, accountRate)
      })
    },
  } satisfies Partial<RestOperations>
}
