import type { Transaction } from '../../storage/store.ts'
import { insertTopLevel } from '../insert-top-level.ts'
import { countOneLess, countOneMore } from '../quota.ts'
import { conflict } from '../refusal.ts'
import { requireStage } from '../stage/stage.ts'
import { dissociateKey } from '../usage-plan/association.ts'
import { type ApiKeyRecord, apiKeys, apiKeyValues } from './api-key.ts'
import { reviseApiKey } from './revise.ts'
import { noteStageKeys } from './stage-keys.ts'

/** Keys of one account and region: the service's 10,000 can be raised there on request. Each is counted in memory that is shared. */
const maxApiKeys = 250_000
const counted = 'api-key'

/**
 * Stores a new key under a fresh id.
 * @throws {ServiceError} `ConflictException` for a value that another key has, `LimitExceededException` for one too many.
 */
export async function insertApiKey(
  transaction: Transaction,
  scope: string,
  draft: Omit<ApiKeyRecord, 'id'>,
  newId: (length: number) => string,
): Promise<ApiKeyRecord> {
  if (await transaction.get(apiKeyValues, scope, draft.valueDigest)) throw conflict('API Key already exists')
  await countOneMore(transaction, scope, counted, maxApiKeys, 'API Keys limit exceeded')
  const key = await insertTopLevel(transaction, apiKeys, scope, () => ({ ...draft, id: newId(10) }))
  await transaction.put(apiKeyValues, scope, key.valueDigest, { id: key.id })
  await noteStageKeys(transaction, scope, key)
  await reviseApiKey(transaction, scope, key.id)
  return key
}

/** Deletes a key, and takes it out of its usage plans. */
export async function deleteApiKey(transaction: Transaction, scope: string, key: ApiKeyRecord): Promise<void> {
  await dissociateKey(transaction, scope, key.id)
  await noteStageKeys(transaction, scope, { ...key, stageKeys: [] }, key.stageKeys)
  await transaction.delete(apiKeyValues, scope, key.valueDigest)
  await transaction.delete(apiKeys, scope, key.id)
  await countOneLess(transaction, scope, counted)
  await reviseApiKey(transaction, scope, key.id)
}

/** @throws {ServiceError} `NotFoundException` when one of the stages that a key names is not there. */
export async function requireStageKeys(
  transaction: Transaction,
  scope: string,
  stageKeys: readonly string[],
): Promise<void> {
  for (const stageKey of stageKeys) {
    const [restApiId = '', stageName = ''] = stageKey.split('/')
    await requireStage(transaction, scope, restApiId, stageName)
  }
}
