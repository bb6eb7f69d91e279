import type { Deployment } from '@aws-sdk/client-api-gateway'
import type { RestApiSnapshot } from '../../snapshot/rest-api.ts'
import { collection, type Reader } from '../../storage/store.ts'
import { notFound } from '../refusal.ts'

/** What a frozen method requires of its callers, as `embed=apisummary` shows it. */
export interface MethodSummary {
  readonly authorizationType: string
  readonly apiKeyRequired: boolean
}

/** What is told about a deployment; the frozen API itself is beside it in `snapshots`. */
export interface DeploymentRecord {
  readonly id: string
  readonly description?: string
  /** Epoch milliseconds. */
  readonly createdDate: number
  /** By resource path, then by verb. */
  readonly apiSummary: Record<string, Record<string, MethodSummary>>
}

/** By `{restApiId}/{deploymentId}`. */
export const deployments = collection<DeploymentRecord>('rest-deployment')

/** By `{restApiId}/{deploymentId}`: apart, so that a list of deployments reads no frozen APIs. */
export const snapshots = collection<RestApiSnapshot>('rest-snapshot')

/** @throws {ServiceError} `NotFoundException` for an id that names no deployment of the API. */
export async function requireDeployment(
  reader: Reader,
  scope: string,
  restApiId: string,
  deploymentId: string,
): Promise<DeploymentRecord> {
  const deployment = await reader.get(deployments, scope, `${restApiId}/${deploymentId}`)
  if (!deployment) throw notFound('Invalid Deployment identifier specified')
  return deployment
}

/** The answer, without the summary unless it was asked for. */
export function presentDeployment({ apiSummary, ...deployment }: DeploymentRecord, embedSummary = false): Deployment {
  const { createdDate } = deployment
  return { ...deployment, createdDate: new Date(createdDate), ...(embedSummary && { apiSummary }) }
}
