import type { Transaction } from '../../storage/store.ts'
import { everyAccount } from '../scope.ts'

/** The topic of the revisions that tell of changed identities. */
export const identityTopic = 'identity'

/** Tells the data plane that a user or a role, or what it may do, has changed, or that it is gone. */
export async function revisePrincipal(transaction: Transaction, scope: string, id: string): Promise<void> {
  await transaction.revise(identityTopic, scope, `principal/${id}`)
}

/** Tells the data plane that an access key, long-term or temporary, has come, changed or gone. */
export async function reviseAccessKey(transaction: Transaction, accessKeyId: string): Promise<void> {
  await transaction.revise(identityTopic, everyAccount, `access-key/${accessKeyId}`)
}
