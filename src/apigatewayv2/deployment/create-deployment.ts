import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import { documentedDefinition } from '../import-export/documented-definition.ts'
import { insertChild } from '../insert-child.ts'
import { type Definition, readDefinition } from './definition.ts'
import { type DeploymentRecord, deployments, frozenDefinitions, snapshots } from './deployment.ts'
import { freeze } from './freeze.ts'
import { unsupportedSettings } from './unsupported.ts'

/** What a deployment is made with. */
export interface Deploying {
  readonly transaction: Transaction
  readonly caller: Caller
  readonly newId: (length: number) => string
  readonly nowMs: number
}

/** An API as it stands, and why it cannot be deployed. */
export interface Deployable {
  readonly definition: Definition
  /** Absent: it can. */
  readonly problem?: string
}

/** Observed words. */
const withoutRoutes = {
  HTTP: 'Unable to deploy API because no routes exist in this API',
  WEBSOCKET: 'At least one route is required before deploying the Api.',
}

/** Looks at an API before it is deployed. */
export async function deployable({ transaction, caller }: Deploying, api: ApiRecord): Promise<Deployable> {
  const definition = await readDefinition(transaction, scopeOf(caller), api)
  if (definition.routes.length === 0) {
    return { definition, problem: withoutRoutes[api.ProtocolType] }
  }
  const problems = unsupportedSettings(definition)
  return { definition, ...(problems.length > 0 && { problem: `Cannot deploy: ${problems.join('; ')}` }) }
}

/** Stores a deployment, with what the data plane serves and exports show of it unless it has failed. */
export async function insertDeployment(
  { transaction, caller, newId }: Deploying,
  definition: Definition,
  draft: Omit<DeploymentRecord, 'DeploymentId'>,
): Promise<DeploymentRecord> {
  const scope = scopeOf(caller)
  const { ApiId } = definition.api
  const deployment = await insertChild(
    transaction,
    deployments,
    scope,
    ApiId,
    () => newId(6),
    (DeploymentId) => ({ DeploymentId, ...draft }),
  )
  if (deployment.DeploymentStatus === 'DEPLOYED') {
    const key = `${ApiId}/${deployment.DeploymentId}`
    await transaction.put(snapshots, scope, key, freeze(definition))
    await transaction.put(frozenDefinitions, scope, key, documentedDefinition(definition))
  }
  return deployment
}
