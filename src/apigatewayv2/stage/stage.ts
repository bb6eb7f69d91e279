import type { LoggingLevel, Stage } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'

/** A name under which a deployment is served, with settings of its own. */
export interface StageRecord {
  /** `$default` is served without a path segment of its own. */
  readonly StageName: string
  readonly Description?: string
  /** Absent: the stage serves nothing yet. */
  readonly DeploymentId?: string
  /** Every change of the API is deployed to the stage at once. */
  readonly AutoDeploy: boolean
  /** What came of the last automatic deployment. */
  readonly LastDeploymentStatusMessage?: string
  readonly DefaultRouteSettings: RouteSettingsRecord
  /** By route key. */
  readonly RouteSettings: Record<string, RouteSettingsRecord>
  readonly StageVariables: Record<string, string>
  readonly AccessLogSettings?: { readonly DestinationArn?: string; readonly Format?: string }
  readonly ClientCertificateId?: string
  readonly Tags: Record<string, string>
  /** Made by quick create. */
  readonly ApiGatewayManaged?: boolean
  /** Epoch milliseconds. */
  readonly CreatedDate: number
  /** Epoch milliseconds. */
  readonly LastUpdatedDate: number
}

/** Settings of one route, or of all that have none of their own. */
export interface RouteSettingsRecord {
  readonly DetailedMetricsEnabled?: boolean
  readonly ThrottlingBurstLimit?: number
  /** Calls per second. */
  readonly ThrottlingRateLimit?: number
  /** Of WebSocket APIs. */
  readonly DataTraceEnabled?: boolean
  /** Of WebSocket APIs. */
  readonly LoggingLevel?: LoggingLevel
}

/** By `{apiId}/{stageName}`. */
export const stages = collection<StageRecord>('v2-stage')

/** @throws {ServiceError} `NotFoundException` for a name that no stage of the API has. */
export async function requireStage(
  reader: Reader,
  scope: string,
  apiId: string,
  stageName: string,
): Promise<StageRecord> {
  const stage = await reader.get(stages, scope, `${apiId}/${stageName}`)
  if (!stage) throw notFound('Invalid stage identifier specified')
  return stage
}

/** The answer of every operation on stages. */
export function presentStage({ AutoDeploy, CreatedDate, LastUpdatedDate, ...stage }: StageRecord): Stage {
  return {
    ...stage,
    ...(AutoDeploy && { AutoDeploy }),
    CreatedDate: new Date(CreatedDate),
    LastUpdatedDate: new Date(LastUpdatedDate),
  }
}
