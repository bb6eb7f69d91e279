import type { ApiDefinition } from '../../openapi/rest/definition.ts'
import { collection, type Transaction } from '../../storage/store.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'
import { readStoredDefinition } from './stored-definition.ts'

/** By `{restApiId}/{deploymentId}`: the API as it was deployed, for exports; the data plane's own form is in `snapshots`. */
export const frozenDefinitions = collection<ApiDefinition>('rest-definition')

/** Keeps the API as it stands with a deployment. */
export async function freezeDefinition(
  transaction: Transaction,
  scope: string,
  api: RestApiRecord,
  deploymentId: string,
): Promise<void> {
  const definition = await readStoredDefinition(transaction, scope, api)
  // Documentation is published by versions of its own, which stages name.
  await transaction.put(frozenDefinitions, scope, `${api.id}/${deploymentId}`, {
    ...definition,
    documentationParts: [],
  })
}
