import type { Transaction } from '../../storage/store.ts'

/** The topic of the revisions that tell of changed API keys; their keys are the ids. */
export const apiKeyTopic = 'api-key'

/** Tells the data plane that an API key, or what it may do, has changed. */
export async function reviseApiKey(transaction: Transaction, scope: string, keyId: string): Promise<void> {
  await transaction.revise(apiKeyTopic, scope, keyId)
}
