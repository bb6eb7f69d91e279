import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '../../storage/store.ts'
import { reviseStages } from '../stage/stage-change.ts'
import { type RestApiRecord, restApis } from './rest-api.ts'

/** Stores an API's changed settings. Documented: where it can be reached from changes without a deployment. */
export async function replaceRestApi(
  transaction: Transaction,
  scope: string,
  stored: RestApiRecord,
  api: RestApiRecord,
): Promise<void> {
  await transaction.put(restApis, scope, api.id, api)
  if (!isDeepStrictEqual(stored.endpointConfiguration, api.endpointConfiguration)) {
    await reviseStages(transaction, scope, api.id)
  }
}
