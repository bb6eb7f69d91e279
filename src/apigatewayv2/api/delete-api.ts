import { releaseApiId } from '../../apigateway/api-id.ts'
import type { Transaction } from '../../storage/store.ts'
import { authorizers } from '../authorizer/authorizer.ts'
import { deployments, frozenDefinitions, snapshots } from '../deployment/deployment.ts'
import { integrations } from '../integration/integration.ts'
import { integrationResponses } from '../integration-response/integration-response.ts'
import { models } from '../model/model.ts'
import { documentsOf } from '../paging.ts'
import { routes } from '../route/route.ts'
import { routeResponses } from '../route-response/route-response.ts'
import { stages } from '../stage/stage.ts'
import { reviseHttpStage } from '../stage/stage-change.ts'
import { apis } from './api.ts'

/** What an API is made of: what an import over it replaces. Keys begin with `{apiId}/`. */
export const definitionCollections = [
  routes,
  routeResponses,
  integrations,
  integrationResponses,
  authorizers,
  models,
] as const

/** Deletes an API with everything that belongs to it; its stages stop being served. */
export async function deleteApi(transaction: Transaction, scope: string, apiId: string): Promise<void> {
  const prefix = `${apiId}/`
  for (const { StageName } of await documentsOf(transaction, stages, scope, prefix)) {
    await reviseHttpStage(transaction, scope, apiId, StageName)
  }
  for (const collection of [...definitionCollections, deployments, snapshots, frozenDefinitions, stages]) {
    await transaction.deletePrefix(collection, scope, prefix)
  }
  await transaction.delete(apis, scope, apiId)
  await releaseApiId(transaction, apiId)
}
