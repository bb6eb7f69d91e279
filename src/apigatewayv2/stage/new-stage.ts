import { conflict } from '../../apigateway/refusal.ts'
import { checkedTags } from '../../apigateway/tag/tags.ts'
import type { Transaction } from '../../storage/store.ts'
import type { ApiRecord } from '../api/api.ts'
import { merged } from '../merge.ts'
import type { Request } from '../operations.ts'
import { documentsOf } from '../paging.ts'
import { refuseOneTooMany } from '../too-many.ts'
import { type RouteSettingsRecord, type StageRecord, stages } from './stage.ts'
import { reviseHttpStage } from './stage-change.ts'

/** Documented quota of one API. */
const maxStages = 10

/** Fills in what a request leaves open. */
export function newStage(
  { ProtocolType }: Pick<ApiRecord, 'ProtocolType'>,
  { Tags, DefaultRouteSettings, RouteSettings = {}, ...settings }: Omit<Request<'CreateStage'>, 'ApiId'>,
  nowMs: number,
): StageRecord {
  const defaults: RouteSettingsRecord = {
    DetailedMetricsEnabled: false,
    ...(ProtocolType === 'WEBSOCKET' && { DataTraceEnabled: false, LoggingLevel: 'OFF' }),
  }
  return merged<StageRecord>(
    {
      StageName: settings.StageName,
      AutoDeploy: false,
      DefaultRouteSettings: { ...defaults, ...DefaultRouteSettings },
      RouteSettings,
      StageVariables: {},
      Tags: checkedTags(Tags),
      CreatedDate: nowMs,
      LastUpdatedDate: nowMs,
    },
    settings,
  )
}

/**
 * Stores a new stage and has it served.
 * @throws {ServiceError} `ConflictException` for a name that is taken, `TooManyRequestsException` for one too many.
 */
export async function insertStage(
  transaction: Transaction,
  scope: string,
  apiId: string,
  stage: StageRecord,
): Promise<void> {
  const { length } = await documentsOf(transaction, stages, scope, `${apiId}/`)
  if (!(await transaction.insert(stages, scope, `${apiId}/${stage.StageName}`, stage))) {
    throw conflict('Stage already exists')
  }
  refuseOneTooMany(length, maxStages, 'Stages')
  await reviseHttpStage(transaction, scope, apiId, stage.StageName)
}
