import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Reader, Transaction } from '../../storage/store.ts'
import type { Input } from '../../wire/operation.ts'
import { badRequest } from '../refusal.ts'
import { losesCache, withCacheSize } from '../stage/caching.ts'
import { withCanaryDefaults } from '../stage/canary.ts'
import { insertStage, newStage } from '../stage/new-stage.ts'
import { checkStage } from '../stage/rules.ts'
import { type StageRecord, stages } from '../stage/stage.ts'
import { reviseStage } from '../stage/stage-change.ts'
import { refuseUnsupportedStage } from './unsupported.ts'

type Request = Input<typeof Sdk, 'CreateDeployment'>

/** The stage that a new deployment goes to; its `deploymentId` is not the new one yet. */
export interface TargetStage {
  readonly stage: StageRecord
  readonly isNew: boolean
  /** The deployment is for the stage's canary; the stage keeps its own. */
  readonly isCanary: boolean
  /** The stage has a cache that goes, or gets another size. */
  readonly losesCache: boolean
}

/**
 * Reads the stage that a `CreateDeployment` names, with the settings that the request gives it.
 *
 * @returns `undefined` when it names none.
 * @throws {ServiceError} `BadRequestException` for a stage that cannot be, and for settings that are not enforced yet.
 */
export async function targetStage(
  reader: Reader,
  scope: string,
  request: Request,
  nowMs: number,
): Promise<TargetStage | undefined> {
  const { restApiId, stageName } = request
  const stored = stageName ? await reader.get(stages, scope, `${restApiId}/${stageName}`) : undefined
  if (request.canarySettings && !stored) throw badRequest(withoutStage(stageName))
  if (!stageName) return undefined
  const settings = settingsOf(request)
  const stage = stored
    ? withCacheSize({ ...stored, ...settings, lastUpdatedDate: nowMs })
    : newStage({ stageName, deploymentId: '', ...settings }, nowMs)
  checkStage(stage)
  refuseUnsupportedStage(stage)
  return {
    stage,
    isNew: stored === undefined,
    isCanary: request.canarySettings !== undefined,
    losesCache: stored !== undefined && losesCache(stored, stage),
  }
}

/** Points the stage, or its canary, at the deployment, creating it if it is new, and has it served. */
export async function deployTo(
  transaction: Transaction,
  scope: string,
  restApiId: string,
  target: TargetStage,
  deploymentId: string,
): Promise<void> {
  const stage = target.isCanary ? withCanary(target.stage, deploymentId) : { ...target.stage, deploymentId }
  if (target.isNew) {
    await insertStage(transaction, scope, restApiId, stage)
    return
  }
  await transaction.put(stages, scope, `${restApiId}/${stage.stageName}`, stage)
  await reviseStage(transaction, scope, restApiId, stage.stageName)
}

function withCanary(stage: StageRecord, deploymentId: string): StageRecord {
  return withCanaryDefaults({ ...stage, canarySettings: { ...stage.canarySettings, deploymentId } })
}

/** The members that belong to the stage; those that the request leaves out stay as they are. */
function settingsOf(request: Request) {
  const { stageDescription, variables, cacheClusterEnabled, cacheClusterSize, canarySettings, tracingEnabled } = request
  return {
    ...(stageDescription !== undefined && { description: stageDescription }),
    ...(variables !== undefined && { variables }),
    ...(cacheClusterEnabled !== undefined && { cacheClusterEnabled }),
    ...(cacheClusterSize !== undefined && { cacheClusterSize }),
    ...(canarySettings !== undefined && { canarySettings }),
    ...(tracingEnabled !== undefined && { tracingEnabled }),
  }
}

/** Observed texts. */
function withoutStage(stageName: string | undefined): string {
  return stageName
    ? `Invalid deployment content specified.Stage ${stageName} must already be created before making a canary release deployment`
    : `Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? 'null'}`
}
