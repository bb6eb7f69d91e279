import { findUsableKey } from '../../iam/access-key/access-key.ts'
import type { IamDependencies } from '../../iam/dependencies.ts'
import { identityOf } from '../../iam/identity/identity.ts'
import { revisePrincipal } from '../../iam/publication/topic.ts'
import { validationError } from '../../iam/refusal.ts'
import { iamScope } from '../../iam/scope.ts'
import type { StsOperations } from '../operation-types.ts'
import { accessDenied, refuseParameters } from '../refusal.ts'
import { openSession } from './open-session.ts'

/** Documented: twelve hours unless asked otherwise, and an hour at most for a root. */
const defaultSeconds = 43_200
const maxRootSeconds = 3_600

export function sessionOperations(dependencies: IamDependencies) {
  const { store, now } = dependencies
  return {
    GetCallerIdentity: (_input, caller) =>
      store.read(async (reader) => {
        const { userId, account, arn } = await identityOf(reader, caller, now())
        return { UserId: userId, Account: account, Arn: arn }
      }),

    GetSessionToken: ({ DurationSeconds = defaultSeconds, SerialNumber, TokenCode, MinimumSessionTokenSize }, caller) =>
      store.write(async (transaction) => {
        refuseParameters('GetSessionToken', { SerialNumber, TokenCode, MinimumSessionTokenSize })
        const identity = await identityOf(transaction, caller, now())
        if (identity.kind === 'session') throw accessDenied('Cannot call GetSessionToken with session credentials')
        const { account, arn, userId, kind } = identity
        if (kind === 'root') await revisePrincipal(transaction, iamScope(identity), account)
        const credentials = await openSession(transaction, dependencies, {
          account,
          principalId: kind === 'root' ? account : userId,
          seconds: kind === 'root' ? Math.min(DurationSeconds, maxRootSeconds) : DurationSeconds,
          session: { arn, userId, policies: [], tags: [], transitiveTagKeys: [] },
        })
        return { Credentials: credentials }
      }),

    GetAccessKeyInfo: ({ AccessKeyId }) =>
      store.read(async (reader) => {
        const key = await findUsableKey(reader, AccessKeyId, now())
        if (!key) throw validationError('The access key ID provided does not exist in our records.')
        return { Account: key.account }
      }),
  } satisfies Partial<StsOperations>
}
