import type { DeployedStage } from '../../snapshot/rest-api.ts'
import type { StageChange } from '../../snapshot/stage-change.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { type Opening, openClientCertificate } from '../client-certificate/open.ts'
import { snapshots } from '../deployment/deployment.ts'
import { privateEndpointOf } from '../rest-api/endpoint-configuration.ts'
import { restApis } from '../rest-api/rest-api.ts'
import { cacheOf } from './caching.ts'
import { defaultMethodSetting } from './method-setting.ts'
import { type StageRecord, stages, stagesOf } from './stage.ts'

/** The topic of the revisions that tell of changed stages; their keys are `{restApiId}/{stageName}`. */
export const restStageTopic = 'rest-stage'

/** Tells the data plane that what a stage serves has changed, or that the stage is gone. */
export async function reviseStage(
  transaction: Transaction,
  scope: string,
  restApiId: string,
  stageName: string,
): Promise<void> {
  await transaction.revise(restStageTopic, scope, `${restApiId}/${stageName}`)
}

/** Tells the data plane that something of an API has changed which takes effect without a deployment. */
export async function reviseStages(transaction: Transaction, scope: string, restApiId: string): Promise<void> {
  for (const { stageName } of await stagesOf(transaction, scope, restApiId)) {
    await reviseStage(transaction, scope, restApiId, stageName)
  }
}

/**
 * Reads what the data plane must know of one stage.
 *
 * @param key `{restApiId}/{stageName}`, as revisions of `restStageTopic` carry it.
 * @param cipher Opens the private key of the stage's client certificate.
 * @returns A change without `stage` when the stage does not exist.
 */
export async function readStageChange(
  reader: Reader,
  scope: string,
  key: string,
  cipher: Opening,
): Promise<StageChange<DeployedStage>> {
  const stage = await reader.get(stages, scope, key)
  const [apiId = '', stageName = ''] = key.split('/')
  if (!stage) return { apiId, stageName }
  return deployedChange(reader, scope, apiId, stage, cipher)
}

/** Reads every stage of every account and region: what a data plane that starts has to serve. */
export async function listStageChanges(reader: Reader, cipher: Opening): Promise<StageChange<DeployedStage>[]> {
  const changes: StageChange<DeployedStage>[] = []
  for (const scope of await reader.scopes(stages)) {
    for (const { key, document } of await reader.list(stages, scope)) {
      const [apiId = ''] = key.split('/')
      changes.push(await deployedChange(reader, scope, apiId, document, cipher))
    }
  }
  return changes
}

/** The ids of all APIs, of every account and region, that have a stage. */
export async function listServedApis(reader: Reader): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const scope of await reader.scopes(stages)) {
    for (const { key } of await reader.list(stages, scope)) ids.add(key.slice(0, key.indexOf('/')))
  }
  return ids
}

async function deployedChange(
  reader: Reader,
  scope: string,
  apiId: string,
  stage: StageRecord,
  cipher: Opening,
): Promise<StageChange<DeployedStage>> {
  const { stageName, clientCertificateId, canarySettings: canary } = stage
  const [account = '', region = ''] = scope.split('/')
  const clientCertificate = clientCertificateId
    ? await openClientCertificate(reader, scope, clientCertificateId, cipher)
    : undefined
  const record = await reader.get(restApis, scope, apiId)
  if (!record) throw new Error(`The API of stage ${apiId}/${stageName} is missing`)
  const privateEndpoint = privateEndpointOf(record.endpointConfiguration)
  const deployed = async (deploymentId: string, variables: Record<string, string> = {}): Promise<DeployedStage> => {
    const api = await reader.get(snapshots, scope, `${apiId}/${deploymentId}`)
    if (!api) throw new Error(`The deployment ${deploymentId} of stage ${apiId}/${stageName} is missing`)
    return {
      account,
      region,
      stageName,
      deploymentId,
      variables,
      ...throttlingOf(stage),
      ...cacheOf(stage),
      ...(clientCertificate && { clientCertificate }),
      ...(privateEndpoint && { privateEndpoint }),
      api,
    }
  }
  const whole = await deployed(stage.deploymentId, stage.variables)
  if (!canary) return { apiId, stageName, stage: whole }
  const { percentTraffic = 0, deploymentId = stage.deploymentId, stageVariableOverrides, useStageCache } = canary
  const ofCanary = await deployed(deploymentId, { ...stage.variables, ...stageVariableOverrides })
  const canaryStage = { ...ofCanary, ...canaryCache(ofCanary, useStageCache), isCanary: true }
  return {
    apiId,
    stageName,
    stage: { ...whole, isCanary: false, canary: { percentTraffic, stage: canaryStage } },
  }
}

/** A canary shares the stage's responses only where it is told to. */
function canaryCache({ cache }: DeployedStage, useStageCache = false): Pick<DeployedStage, 'cache'> {
  return cache && !useStageCache ? { cache: { ...cache, ofCanary: true } } : {}
}

/** The limits of the stage's methods. Observed: whoever sets anything of a method sets these, too. */
function throttlingOf({ methodSettings }: StageRecord): Pick<DeployedStage, 'throttling'> {
  const rates = Object.entries(methodSettings).flatMap(([key, setting]) => {
    const { throttlingRateLimit: rateLimit, throttlingBurstLimit: burst } = setting
    // A limit below 0 is none: Terraform sets both so, unless it is told otherwise.
    if (rateLimit < 0) return []
    return [[key, { rateLimit, burstLimit: burst < 0 ? defaultMethodSetting.throttlingBurstLimit : burst }] as const]
  })
  return rates.length > 0 ? { throttling: Object.fromEntries(rates) } : {}
}
