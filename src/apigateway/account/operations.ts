import { parseArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { badRequest } from '../refusal.ts'
import { accountKey, accounts, presentAccount, readAccount } from './account.ts'
import { accountPatch } from './patch.ts'

/** The settings for all APIs of an account in a region. */
export function accountOperations({ store }: Dependencies) {
  return {
    async GetAccount(_, caller) {
      return presentAccount(await store.read((reader) => readAccount(reader, scopeOf(caller))))
    },

    async UpdateAccount({ patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const account = applyPatch(accountPatch, await readAccount(transaction, scope), patchOperations)
        checkRole(account.cloudwatchRoleArn, caller)
        await transaction.put(accounts, scope, accountKey, account)
        return presentAccount(account)
      })
    },
  } satisfies Partial<RestOperations>
}

/** What the role may do, and who may assume it, is not checked: this version has no roles of its own. */
function checkRole(roleArn: string | undefined, caller: Caller): void {
  if (roleArn === undefined) return
  const arn = parseArn(roleArn)
  if (arn?.service !== 'iam' || !arn.resource.startsWith('role/')) {
    throw badRequest('Invalid ARN specified in the request')
  }
  if (arn.account !== caller.account) {
    throw new ServiceError('AccessDeniedException', 'Cross-account pass role is not allowed.', { status: 403 })
  }
}
