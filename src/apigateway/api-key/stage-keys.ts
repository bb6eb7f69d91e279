import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import type { ApiKeyRecord } from './api-key.ts'

/** That a key names a stage, by `{restApiId}/{stageName}/{apiKeyId}`: a stage that goes does not read all keys. */
const keysOfStages = collection<object>('api-key-of-stage')

type Named = Pick<ApiKeyRecord, 'id' | 'stageKeys'>

/** Notes which stages a key names from now on, instead of those that it named `before`. */
export async function noteStageKeys(
  transaction: Transaction,
  scope: string,
  { id, stageKeys }: Named,
  before: readonly string[] = [],
): Promise<void> {
  for (const stageKey of before) await transaction.delete(keysOfStages, scope, `${stageKey}/${id}`)
  for (const stageKey of stageKeys) await transaction.put(keysOfStages, scope, `${stageKey}/${id}`, {})
}

/** The ids of the keys that name a stage of an API, or any of its stages. */
export async function keysNaming(
  reader: Reader,
  scope: string,
  restApiId: string,
  stageName?: string,
): Promise<Set<string>> {
  const prefix = stageName === undefined ? `${restApiId}/` : `${restApiId}/${stageName}/`
  const entries = await reader.list(keysOfStages, scope, { prefix })
  return new Set(entries.map(({ key }) => key.slice(key.lastIndexOf('/') + 1)))
}
