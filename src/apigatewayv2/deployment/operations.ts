import { byCreation } from '../../apigateway/paging.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { scopeOf } from '../../wire/operation.ts'
import { requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { merged } from '../merge.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { requireStage, stages } from '../stage/stage.ts'
import { reviseHttpStage } from '../stage/stage-change.ts'
import { deployable, insertDeployment } from './create-deployment.ts'
import {
  type DeploymentRecord,
  deleteDeployment,
  deployments,
  presentDeployment,
  requireDeployment,
} from './deployment.ts'

/** Frozen states of an API. */
export function deploymentOperations({ store, now, newId }: HttpDependencies) {
  return {
    async CreateDeployment({ ApiId, StageName, Description }, caller) {
      const scope = scopeOf(caller)
      const nowMs = now().getTime()
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const stage = StageName === undefined ? undefined : await requireStage(transaction, scope, ApiId, StageName)
        if (stage?.AutoDeploy) throw deployedAutomatically()
        const deploying = { transaction, caller, newId, nowMs }
        const { definition, problem } = await deployable(deploying, api)
        if (problem !== undefined) throw badRequest(problem)
        const deployment = await insertDeployment(deploying, definition, {
          AutoDeployed: false,
          CreatedDate: nowMs,
          DeploymentStatus: 'DEPLOYED',
          ...(Description && { Description }),
        })
        if (stage) {
          const { DeploymentId } = deployment
          const deployed = { ...stage, DeploymentId, LastUpdatedDate: nowMs }
          await transaction.put(stages, scope, `${ApiId}/${stage.StageName}`, deployed)
          await reviseHttpStage(transaction, scope, ApiId, stage.StageName)
        }
        return presentDeployment(deployment)
      })
    },

    async GetDeployment({ ApiId, DeploymentId }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        return presentDeployment(await requireDeployment(reader, scopeOf(caller), ApiId, DeploymentId))
      })
    },

    async GetDeployments({ ApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const all = await documentsOf(reader, deployments, scopeOf(caller), `${ApiId}/`)
        const { Items, ...rest } = listPage(
          all,
          ({ CreatedDate, DeploymentId }) => byCreation({ createdDate: CreatedDate, id: DeploymentId }),
          request,
        )
        return { Items: Items.map(presentDeployment), ...rest }
      })
    },

    async UpdateDeployment({ ApiId, DeploymentId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        const stored = await requireDeployment(transaction, scope, ApiId, DeploymentId)
        const deployment = merged<DeploymentRecord>(stored, settings)
        await transaction.put(deployments, scope, `${ApiId}/${DeploymentId}`, deployment)
        return presentDeployment(deployment)
      })
    },

    async DeleteDeployment({ ApiId, DeploymentId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireApi(transaction, caller, ApiId)
        await requireDeployment(transaction, scope, ApiId, DeploymentId)
        const all = await documentsOf(transaction, stages, scope, `${ApiId}/`)
        if (all.some((stage) => stage.DeploymentId === DeploymentId)) {
          throw badRequest('Active stages pointing to this deployment must be moved or deleted')
        }
        await deleteDeployment(transaction, scope, ApiId, DeploymentId)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

/** A stage that deploys every change takes no deployment from elsewhere. */
export function deployedAutomatically(): Error {
  return badRequest('Deployment ID cannot be set on a stage while Auto Deploy is enabled.')
}
