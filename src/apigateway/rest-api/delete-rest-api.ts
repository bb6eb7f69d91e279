import type { Transaction } from '../../storage/store.ts'
import { releaseApiId } from '../api-id.ts'
import { authorizers } from '../authorizer/authorizer.ts'
import { deployments, snapshots } from '../deployment/deployment.ts'
import { documentationParts } from '../documentation-part/documentation-part.ts'
import { documentationSnapshots, documentationVersions } from '../documentation-version/documentation-version.ts'
import { gatewayResponses } from '../gateway-response/gateway-response.ts'
import { frozenDefinitions } from '../import-export/frozen-definition.ts'
import { methods } from '../method/method.ts'
import { models } from '../model/model.ts'
import { requestValidators } from '../request-validator/request-validator.ts'
import { resources } from '../resource/resource.ts'
import { stages } from '../stage/stage.ts'
import { reviseStage } from '../stage/stage-change.ts'
import { detachStages } from '../usage-plan/detach-stages.ts'
import { vpcLinkUses } from '../vpc-link/link-use.ts'
import { restApis } from './rest-api.ts'

/** Everything whose keys begin with `{restApiId}/`. */
const children = [
  resources,
  methods,
  models,
  authorizers,
  requestValidators,
  gatewayResponses,
  documentationParts,
  documentationVersions,
  documentationSnapshots,
  deployments,
  snapshots,
  frozenDefinitions,
  vpcLinkUses,
  stages,
]

/** Deletes an API with everything that belongs to it; its stages stop being served. */
export async function deleteRestApi(transaction: Transaction, scope: string, restApiId: string): Promise<void> {
  const prefix = `${restApiId}/`
  for (const { document } of await transaction.list(stages, scope, { prefix })) {
    await reviseStage(transaction, scope, restApiId, document.stageName)
  }
  for (const collection of children) await transaction.deletePrefix(collection, scope, prefix)
  await detachStages(transaction, scope, restApiId)
  await transaction.delete(restApis, scope, restApiId)
  await releaseApiId(transaction, restApiId)
}
