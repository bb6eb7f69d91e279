import type { Rate } from '../../limiter/token-bucket.ts'
import type { DeployedHttpStage, HttpApiSnapshot } from '../../snapshot/http-api.ts'
import type { StageChange } from '../../snapshot/stage-change.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { apis } from '../api/api.ts'
import { snapshots } from '../deployment/deployment.ts'
import { type RouteSettingsRecord, type StageRecord, stages } from './stage.ts'

/** The topic of the revisions that tell of changed stages; their keys are `{apiId}/{stageName}`. */
export const httpStageTopic = 'http-stage'

/** What holds for whoever sets one limit of the two: the account's own. */
const accountRate: Rate = { rateLimit: 10_000, burstLimit: 5_000 }

/** Tells the data plane that what a stage serves has changed, or that the stage is gone. */
export async function reviseHttpStage(
  transaction: Transaction,
  scope: string,
  apiId: string,
  stageName: string,
): Promise<void> {
  await transaction.revise(httpStageTopic, scope, `${apiId}/${stageName}`)
}

/**
 * Reads what the data plane must know of one stage.
 *
 * @param key `{apiId}/{stageName}`, as revisions of `httpStageTopic` carry it.
 * @returns A change without `stage` when the stage does not exist, or is none of an HTTP API.
 */
export async function readHttpStageChange(
  reader: Reader,
  scope: string,
  key: string,
): Promise<StageChange<DeployedHttpStage>> {
  const [apiId = '', stageName = ''] = key.split('/')
  const stage = await reader.get(stages, scope, key)
  const deployed = stage && (await deployedStage(reader, scope, apiId, stage))
  return { apiId, stageName, ...(deployed && { stage: deployed }) }
}

/** Reads every stage of every account and region: what a data plane that starts has to serve. */
export async function listHttpStageChanges(reader: Reader): Promise<StageChange<DeployedHttpStage>[]> {
  const changes: StageChange<DeployedHttpStage>[] = []
  for (const scope of await reader.scopes(stages)) {
    for (const { key } of await reader.list(stages, scope)) changes.push(await readHttpStageChange(reader, scope, key))
  }
  return changes
}

/** The ids of all HTTP APIs, of every account and region, that have a stage with a deployment. */
export async function listServedHttpApis(reader: Reader): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const scope of await reader.scopes(stages)) {
    for (const { key, document } of await reader.list(stages, scope)) {
      if (document.DeploymentId !== undefined) ids.add(key.slice(0, key.indexOf('/')))
    }
  }
  return ids
}

async function deployedStage(
  reader: Reader,
  scope: string,
  apiId: string,
  stage: StageRecord,
): Promise<DeployedHttpStage | undefined> {
  const { StageName, DeploymentId, StageVariables, DefaultRouteSettings, RouteSettings } = stage
  const api = await servedApi(reader, scope, apiId, stage)
  if (!api) return undefined
  const [account = '', region = ''] = scope.split('/')
  const defaultThrottling = rateOf(DefaultRouteSettings)
  const keys = Object.keys(RouteSettings)
  return {
    protocolType: 'HTTP',
    account,
    region,
    stageName: StageName,
    ...(DeploymentId !== undefined && { deploymentId: DeploymentId }),
    variables: StageVariables,
    ...(defaultThrottling && { defaultThrottling }),
    // Observed: a route with settings of its own takes nothing from the stage's.
    ...(keys.length > 0 && {
      throttling: Object.fromEntries(keys.map((key) => [key, rateOf(RouteSettings[key] ?? {}) ?? accountRate])),
    }),
    api,
  }
}

async function servedApi(
  reader: Reader,
  scope: string,
  apiId: string,
  { StageName, DeploymentId }: StageRecord,
): Promise<HttpApiSnapshot | undefined> {
  if (DeploymentId === undefined) return undeployedApi(reader, scope, apiId)
  const api = await reader.get(snapshots, scope, `${apiId}/${DeploymentId}`)
  if (!api) throw new Error(`The deployment ${DeploymentId} of stage ${apiId}/${StageName} is missing`)
  return api
}

/** What a stage serves before its first deployment: the API is there, and finds no route. */
async function undeployedApi(reader: Reader, scope: string, apiId: string): Promise<HttpApiSnapshot | undefined> {
  const api = await reader.get(apis, scope, apiId)
  if (api?.ProtocolType !== 'HTTP') return undefined
  return { apiId, name: api.Name, disableExecuteApiEndpoint: api.DisableExecuteApiEndpoint, routes: [] }
}

function rateOf({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }: RouteSettingsRecord): Rate | undefined {
  if (rate === undefined && burst === undefined) return undefined
  return {
    rateLimit: orDefault(rate, accountRate.rateLimit),
    burstLimit: orDefault(burst, accountRate.burstLimit),
  }
}

/** A limit below 0 is none. */
function orDefault(limit: number | undefined, byDefault: number): number {
  return limit === undefined || limit < 0 ? byDefault : limit
}
