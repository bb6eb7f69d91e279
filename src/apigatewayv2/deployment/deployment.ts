import type { Deployment } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import type { HttpApiDefinition } from '../../openapi/http/definition.ts'
import type { HttpApiSnapshot } from '../../snapshot/http-api.ts'
import { collection, type Reader, type Transaction } from '../../storage/store.ts'

/** A frozen state of an API. */
export interface DeploymentRecord {
  readonly DeploymentId: string
  /** Made by a change of the API, for the stages that deploy every change. */
  readonly AutoDeployed: boolean
  readonly DeploymentStatus: 'DEPLOYED' | 'FAILED'
  readonly DeploymentStatusMessage?: string
  readonly Description?: string
  /** Epoch milliseconds. */
  readonly CreatedDate: number
}

/** By `{apiId}/{deploymentId}`. */
export const deployments = collection<DeploymentRecord>('v2-deployment')

/** What the data plane serves of a deployment that has not failed, by `{apiId}/{deploymentId}`. */
export const snapshots = collection<HttpApiSnapshot>('v2-snapshot')

/** What exports of a deployment that has not failed show, by `{apiId}/{deploymentId}`. */
export const frozenDefinitions = collection<HttpApiDefinition>('v2-frozen-definition')

/** Deletes a deployment with all that was frozen. */
export async function deleteDeployment(
  transaction: Transaction,
  scope: string,
  apiId: string,
  deploymentId: string,
): Promise<void> {
  for (const collection of [deployments, snapshots, frozenDefinitions]) {
    await transaction.delete(collection, scope, `${apiId}/${deploymentId}`)
  }
}

/** @throws {ServiceError} `NotFoundException` for an id that no deployment of the API has. */
export async function requireDeployment(
  reader: Reader,
  scope: string,
  apiId: string,
  deploymentId: string,
): Promise<DeploymentRecord> {
  const deployment = await reader.get(deployments, scope, `${apiId}/${deploymentId}`)
  if (!deployment) throw notFound(`Invalid Deployment identifier specified ${deploymentId}`)
  return deployment
}

/** The answer of every operation on deployments. */
export function presentDeployment({ CreatedDate, ...deployment }: DeploymentRecord): Deployment {
  return { ...deployment, CreatedDate: new Date(CreatedDate) }
}
