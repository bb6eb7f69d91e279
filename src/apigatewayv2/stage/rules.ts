import { badRequest, notFound } from '../../apigateway/refusal.ts'
import { checkStageName, checkVariables } from '../../apigateway/stage/rules.ts'
import type { Reader } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import type { ApiRecord } from '../api/api.ts'
import { requireDeployment } from '../deployment/deployment.ts'
import { documentsOf } from '../paging.ts'
import { routes } from '../route/route.ts'
import type { RouteSettingsRecord, StageRecord } from './stage.ts'

/** Documented. */
const maxFormatLength = 3072

/**
 * Checks a stage against its API.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold, `NotFoundException` for a
 *   deployment or a route that is not there.
 */
export async function checkStage(reader: Reader, scope: string, api: ApiRecord, stage: StageRecord): Promise<void> {
  const { ApiId, ProtocolType } = api
  const { StageName, StageVariables, AccessLogSettings, DefaultRouteSettings, RouteSettings, DeploymentId } = stage
  if (StageName !== '$default' || ProtocolType === 'WEBSOCKET') checkStageName(StageName)
  checkVariables(StageVariables)
  if (AccessLogSettings) checkAccessLog(AccessLogSettings)
  if (stage.ClientCertificateId !== undefined) {
    throw badRequest(`Client certificates are not supported for ${ProtocolType} protocolType by this version`)
  }
  for (const settings of [DefaultRouteSettings, ...Object.values(RouteSettings)]) {
    checkRouteSettings(api, settings)
  }
  if (DeploymentId !== undefined) await requireServable(reader, scope, ApiId, DeploymentId)
}

/** @throws {ServiceError} `NotFoundException` for the first key that no route of the API has. */
export async function requireRouteKeys(
  reader: Reader,
  scope: string,
  apiId: string,
  routeKeys: readonly string[],
): Promise<void> {
  if (routeKeys.length === 0) return
  const known = new Set((await documentsOf(reader, routes, scope, `${apiId}/`)).map(({ RouteKey }) => RouteKey))
  const unknown = routeKeys.find((key) => !known.has(key))
  if (unknown !== undefined) throw notFound(`Unable to find Route by key ${unknown} within the provided RouteSettings`)
}

function checkRouteSettings({ ProtocolType }: ApiRecord, settings: RouteSettingsRecord): void {
  const { DataTraceEnabled, LoggingLevel = 'OFF', DetailedMetricsEnabled } = settings
  const logs = DataTraceEnabled || LoggingLevel !== 'OFF'
  if (logs && ProtocolType === 'HTTP') {
    throw badRequest('Execution logs are not supported on protocolType HTTP')
  }
  if (logs) throw badRequest('Cannot set execution logs, as this version does not write them')
  if (DetailedMetricsEnabled) throw badRequest('Cannot set DetailedMetricsEnabled, as this version keeps no metrics')
}

/** Kept for the logging to come; a stage serves without it. */
function checkAccessLog({ DestinationArn, Format }: NonNullable<StageRecord['AccessLogSettings']>): void {
  const { service = '' } = parseArn(DestinationArn ?? '') ?? {}
  if (DestinationArn !== undefined && service !== 'logs' && service !== 'firehose') {
    throw badRequest('The ARN must be a valid CloudWatch Logs log group or Kinesis Data Firehose delivery stream')
  }
  if (Format === undefined) return
  if (Format.length > maxFormatLength) throw badRequest(`Access Log format cannot exceed ${maxFormatLength} characters`)
  if (!Format.includes('$context.requestId') && !Format.includes('$context.extendedRequestId')) {
    throw badRequest('Access Log format must include either $context.requestId or $context.extendedRequestId')
  }
}

async function requireServable(reader: Reader, scope: string, apiId: string, deploymentId: string): Promise<void> {
  const { DeploymentStatus } = await requireDeployment(reader, scope, apiId, deploymentId)
  if (DeploymentStatus === 'FAILED') throw badRequest(`Deployment ${deploymentId} has failed`)
}
