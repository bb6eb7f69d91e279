import { scopeOf } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import { documentsOf } from '../paging.ts'
import { stages } from '../stage/stage.ts'
import { reviseHttpStage } from '../stage/stage-change.ts'
import { type Deploying, deployable, insertDeployment } from './create-deployment.ts'
import type { Definition } from './definition.ts'
import { type DeploymentRecord, deleteDeployment, deployments } from './deployment.ts'

/** So many automatic deployments that no stage serves stay, to go back to. */
const keptDeployments = 100

/**
 * Deploys an API to its stages that want every change, in the transaction of the change. What comes of it shows in the
 * stages, and never fails the change: a stage goes on with what it served before.
 */
export async function autoDeploy(deploying: Deploying, api: ApiRecord): Promise<void> {
  const { transaction, caller, nowMs } = deploying
  const scope = scopeOf(caller)
  const all = await documentsOf(transaction, stages, scope, `${api.ApiId}/`)
  const following = all.filter(({ AutoDeploy }) => AutoDeploy)
  if (following.length === 0) return
  const { definition, problem } = await deployable(deploying, api)
  const isEmpty = definition.routes.length === 0
  const isNew = following.every(({ DeploymentId }) => DeploymentId === undefined)
  // A stage whose last route has gone serves none any more; one of an API that never had any has nothing to serve yet.
  const failure = isEmpty && !isNew ? undefined : problem
  const deployment = isEmpty && isNew ? undefined : await insertAutomatic(deploying, definition, failure)
  const outcome =
    failure === undefined && deployment
      ? {
          DeploymentId: deployment.DeploymentId,
          LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deployment.DeploymentId}'`,
        }
      : // Observed words.
        { LastDeploymentStatusMessage: `Deployment attempt failed: ${failure}` }
  for (const stage of following) {
    await transaction.put(stages, scope, `${api.ApiId}/${stage.StageName}`, {
      ...stage,
      ...outcome,
      LastUpdatedDate: nowMs,
    })
    await reviseHttpStage(transaction, scope, api.ApiId, stage.StageName)
  }
  await forgetOldest(deploying, api.ApiId)
}

function insertAutomatic(
  deploying: Deploying,
  definition: Definition,
  failure: string | undefined,
): Promise<DeploymentRecord> {
  return insertDeployment(deploying, definition, {
    AutoDeployed: true,
    CreatedDate: deploying.nowMs,
    Description: 'Automatic deployment triggered by changes to the Api configuration',
    DeploymentStatus: failure === undefined ? 'DEPLOYED' : 'FAILED',
    ...(failure !== undefined && { DeploymentStatusMessage: failure }),
  })
}

async function forgetOldest({ transaction, caller }: Deploying, apiId: string): Promise<void> {
  const scope = scopeOf(caller)
  const served = new Set(
    (await documentsOf(transaction, stages, scope, `${apiId}/`)).map(({ DeploymentId }) => DeploymentId),
  )
  const all = await documentsOf(transaction, deployments, scope, `${apiId}/`)
  const idle = all.filter(({ AutoDeployed, DeploymentId }) => AutoDeployed && !served.has(DeploymentId))
  const byAge = idle.sort((a, b) => b.CreatedDate - a.CreatedDate)
  for (const { DeploymentId } of byAge.slice(keptDeployments)) {
    await deleteDeployment(transaction, scope, apiId, DeploymentId)
  }
}
