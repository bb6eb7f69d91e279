import type { CacheClusterSize, Stage } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'
import type { MethodSettingRecord } from './method-setting.ts'

/** A name under which a deployment is served, with settings of its own. */
export interface StageRecord {
  readonly stageName: string
  readonly deploymentId: string
  readonly description?: string
  readonly cacheClusterEnabled: boolean
  readonly cacheClusterSize?: CacheClusterSize
  /** By `{resource path without its first slash}/{VERB}`, or for all methods under a star, a slash and a star. */
  readonly methodSettings: Record<string, MethodSettingRecord>
  readonly variables?: Record<string, string>
  readonly documentationVersion?: string
  readonly accessLogSettings?: { readonly destinationArn?: string; readonly format?: string }
  readonly canarySettings?: CanaryRecord
  readonly clientCertificateId?: string
  readonly tracingEnabled: boolean
  readonly tags: Record<string, string>
  /** Epoch milliseconds. */
  readonly createdDate: number
  /** Epoch milliseconds. */
  readonly lastUpdatedDate: number
}

/** A share of calls that another deployment answers. */
export interface CanaryRecord {
  /** 0 to 100. */
  readonly percentTraffic?: number
  readonly deploymentId?: string
  readonly useStageCache?: boolean
  readonly stageVariableOverrides?: Record<string, string>
}

/** By `{restApiId}/{stageName}`. */
export const stages = collection<StageRecord>('rest-stage')

/** @throws {ServiceError} `NotFoundException` for a name that no stage of the API has. */
export async function requireStage(
  reader: Reader,
  scope: string,
  restApiId: string,
  stageName: string,
): Promise<StageRecord> {
  const stage = await reader.get(stages, scope, `${restApiId}/${stageName}`)
  if (!stage) throw notFound('Invalid stage identifier specified')
  return stage
}

/** The stages of an API, by name. */
export async function stagesOf(reader: Reader, scope: string, restApiId: string): Promise<StageRecord[]> {
  const entries = await reader.list(stages, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}

/** Whether a deployment answers calls of a stage: its own, or its canary's. */
export function isServedBy(stage: StageRecord, deploymentId: string): boolean {
  return stage.deploymentId === deploymentId || stage.canarySettings?.deploymentId === deploymentId
}

/** The answer of every stage operation. */
export function presentStage({ variables, tags, createdDate, lastUpdatedDate, ...stage }: StageRecord): Stage {
  const { canarySettings: canary } = stage
  return {
    ...stage,
    ...(canary && { canarySettings: { ...canary, stageVariableOverrides: nonEmpty(canary.stageVariableOverrides) } }),
    cacheClusterStatus: stage.cacheClusterEnabled ? 'AVAILABLE' : 'NOT_AVAILABLE',
    variables: nonEmpty(variables),
    tags: nonEmpty(tags),
    createdDate: new Date(createdDate),
    lastUpdatedDate: new Date(lastUpdatedDate),
  }
}
