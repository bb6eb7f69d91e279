import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Transaction } from '../../storage/store.ts'
import type { Input } from '../../wire/operation.ts'
import { conflict, limitExceeded } from '../refusal.ts'
import { checkedTags } from '../tag/tags.ts'
import { withCacheSize } from './caching.ts'
import { type StageRecord, stages, stagesOf } from './stage.ts'
import { reviseStage } from './stage-change.ts'

/** Documented quota of one API. */
const maxStages = 10

type Settings = Omit<Input<typeof Sdk, 'CreateStage'>, 'restApiId'>

/** Fills in what a request leaves open. */
export function newStage({ tags, ...settings }: Settings, createdDate: number): StageRecord {
  return withCacheSize({
    cacheClusterEnabled: false,
    tracingEnabled: false,
    ...settings,
    methodSettings: {},
    tags: checkedTags(tags),
    createdDate,
    lastUpdatedDate: createdDate,
  })
}

/**
 * Stores a new stage and has it served.
 * @throws {ServiceError} `ConflictException` for a name that is taken, `LimitExceededException` for one too many.
 */
export async function insertStage(
  transaction: Transaction,
  scope: string,
  restApiId: string,
  stage: StageRecord,
): Promise<void> {
  const { length } = await stagesOf(transaction, scope, restApiId)
  if (!(await transaction.insert(stages, scope, `${restApiId}/${stage.stageName}`, stage))) {
    throw conflict('Stage already exists')
  }
  if (length >= maxStages) throw limitExceeded('Maximum number of Stages for this API has been reached.')
  await reviseStage(transaction, scope, restApiId, stage.stageName)
}
