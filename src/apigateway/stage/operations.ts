import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchOperation } from '../../wire/patch-operations.ts'
import { requireClientCertificate } from '../client-certificate/client-certificate.ts'
import type { Dependencies } from '../dependencies.ts'
import { deployments, requireDeployment } from '../deployment/deployment.ts'
import { refuseUnsupportedStage } from '../deployment/unsupported.ts'
import { requireDocumentationVersion } from '../documentation-version/documentation-version.ts'
import type { RestOperations } from '../operations.ts'
import { badRequest } from '../refusal.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { detachStages } from '../usage-plan/detach-stages.ts'
import { cacheName, losesCache, withCacheSize } from './caching.ts'
import { withCanaryDefaults } from './canary.ts'
import { canonicalPath } from './method-setting.ts'
import { insertStage, newStage } from './new-stage.ts'
import { stagePatch } from './patch.ts'
import { checkStage } from './rules.ts'
import { presentStage, requireStage, type StageRecord, stages, stagesOf } from './stage.ts'
import { reviseStage } from './stage-change.ts'

/** The names under which deployments are served. A change of a stage takes effect at once. */
export function stageOperations({ store, now, flushResponses }: Dependencies) {
  return {
    async CreateStage({ restApiId, ...settings }, caller) {
      const scope = scopeOf(caller)
      const stage = withCanaryDefaults(newStage(settings, now().getTime()))
      return store.write(async (transaction) => {
        await requireRestApi(transaction, caller, restApiId)
        checkStage(stage)
        await requireNamed(transaction, scope, restApiId, stage)
        refuseUnsupportedStage(stage)
        await insertStage(transaction, scope, restApiId, stage)
        return presentStage(stage)
      })
    },

    async GetStage({ restApiId, stageName }, caller) {
      return store.read(async (reader) =>
        presentStage(await requireStage(reader, scopeOf(caller), restApiId, stageName)),
      )
    },

    async GetStages({ restApiId, deploymentId }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const all = await stagesOf(reader, scopeOf(caller), restApiId)
        const found = all.filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId)
        return { item: found.map(presentStage) }
      })
    },

    async UpdateStage({ restApiId, stageName, patchOperations = [] }, caller) {
      const scope = scopeOf(caller)
      const lastUpdatedDate = now().getTime()
      const { stored, stage } = await store.write(async (transaction) => {
        const stored = await requireStage(transaction, scope, restApiId, stageName)
        const patched = applyPatch(stagePatch, stored, patchOperations.map(canonical))
        const stage = withCacheSize(withCanaryDefaults({ ...patched, lastUpdatedDate }))
        checkStage(stage)
        await requireNamed(transaction, scope, restApiId, stage)
        refuseUnsupportedStage(stage)
        await transaction.put(stages, scope, `${restApiId}/${stageName}`, stage)
        await reviseStage(transaction, scope, restApiId, stageName)
        return { stored, stage }
      })
      if (losesCache(stored, stage)) await flushResponses(cacheName(scope, restApiId, stageName))
      return presentStage(stage)
    },

    async DeleteStage({ restApiId, stageName }, caller) {
      const scope = scopeOf(caller)
      const { cacheClusterEnabled } = await store.write(async (transaction) => {
        const stage = await requireStage(transaction, scope, restApiId, stageName)
        await transaction.delete(stages, scope, `${restApiId}/${stageName}`)
        await detachStages(transaction, scope, restApiId, stageName)
        await reviseStage(transaction, scope, restApiId, stageName)
        return stage
      })
      if (cacheClusterEnabled) await flushResponses(cacheName(scope, restApiId, stageName))
      return {}
    },
  } satisfies Partial<RestOperations>
}

function canonical(operation: PatchOperation): PatchOperation {
  return operation.path === undefined ? operation : { ...operation, path: canonicalPath(operation.path) }
}

/** @throws {ServiceError} `NotFoundException` unless what the stage names exists; for a canary's, `BadRequestException`. */
async function requireNamed(reader: Reader, scope: string, restApiId: string, stage: StageRecord): Promise<void> {
  const { deploymentId, canarySettings, documentationVersion, clientCertificateId } = stage
  await requireDeployment(reader, scope, restApiId, deploymentId)
  const canaryId = canarySettings?.deploymentId
  if (canaryId !== undefined && !(await reader.get(deployments, scope, `${restApiId}/${canaryId}`))) {
    throw badRequest('Deployment id does not exist')
  }
  if (documentationVersion) await requireDocumentationVersion(reader, scope, restApiId, documentationVersion)
  if (clientCertificateId) await requireClientCertificate(reader, scope, clientCertificateId)
}
