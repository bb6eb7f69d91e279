import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, loosePaths, type PatchTable, replaceOnly } from '../../wire/patch-operations.ts'
import { optionalText } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import { freezeDefinition, frozenDefinitions } from '../import-export/frozen-definition.ts'
import { insertNew } from '../insert-new.ts'
import type { RestOperations } from '../operations.ts'
import { byCreation, page } from '../paging.ts'
import { badRequest } from '../refusal.ts'
import { type RestApiRecord, requireRestApi } from '../rest-api/rest-api.ts'
import { cacheName } from '../stage/caching.ts'
import { isServedBy, stagesOf } from '../stage/stage.ts'
import { linkUses, vpcLinkUses } from '../vpc-link/link-use.ts'
import { refuseCallersCredentials } from './callers-credentials.ts'
import { readDefinition } from './definition.ts'
import { deployTo, targetStage } from './deploy-to-stage.ts'
import { type DeploymentRecord, deployments, presentDeployment, requireDeployment, snapshots } from './deployment.ts'
import { freeze, summarize } from './freeze.ts'
import { refuseUnsupported } from './unsupported.ts'

/** What `UpdateDeployment` accepts. */
const deploymentPatch: PatchTable<DeploymentRecord> = {
  refuse: loosePaths,
  rules: [{ ...optionalText('/description', 'description'), refuse: replaceOnly }],
}

/** Frozen states of an API. */
export function deploymentOperations({ store, now, newId, flushResponses }: Dependencies) {
  return {
    async CreateDeployment(input, caller) {
      const { restApiId, description } = input
      const scope = scopeOf(caller)
      const createdDate = now().getTime()
      const { deployment, target } = await store.write(async (transaction) => {
        const api = await requireRestApi(transaction, caller, restApiId)
        const target = await targetStage(transaction, scope, input, createdDate)
        const definition = await readDefinition(transaction, scope, api)
        requirePolicy(api)
        refuseUnsupported(definition)
        refuseCallersCredentials(definition)
        const deployment = await insertNew(transaction, deployments, scope, restApiId, () => ({
          id: newId(6),
          ...(description !== undefined && { description }),
          createdDate,
          apiSummary: summarize(definition),
        }))
        await transaction.put(snapshots, scope, `${restApiId}/${deployment.id}`, freeze(definition))
        await freezeDefinition(transaction, scope, api, deployment.id)
        const uses = linkUses(definition)
        if (uses.length > 0) await transaction.put(vpcLinkUses, scope, `${restApiId}/${deployment.id}`, uses)
        if (target) await deployTo(transaction, scope, restApiId, target, deployment.id)
        return { deployment, target }
      })
      if (target?.losesCache) await flushResponses(cacheName(scope, restApiId, target.stage.stageName))
      return presentDeployment(deployment)
    },

    async GetDeployment({ restApiId, deploymentId, embed = [] }, caller) {
      const unknown = embed.find((name) => name !== 'apisummary')
      if (unknown !== undefined) throw badRequest(`Invalid embed value specified: ${unknown}`)
      return store.read(async (reader) => {
        const deployment = await requireDeployment(reader, scopeOf(caller), restApiId, deploymentId)
        return presentDeployment(deployment, embed.includes('apisummary'))
      })
    },

    async GetDeployments({ restApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireRestApi(reader, caller, restApiId)
        const entries = await reader.list(deployments, scopeOf(caller), { prefix: `${restApiId}/` })
        const found = entries.map(({ document }) => document)
        const { items, ...rest } = page(found, byCreation, request)
        return { items: items.map((deployment) => presentDeployment(deployment)), ...rest }
      })
    },

    async UpdateDeployment({ restApiId, deploymentId, patchOperations }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireDeployment(transaction, scope, restApiId, deploymentId)
        const deployment = applyPatch(deploymentPatch, stored, patchOperations)
        await transaction.put(deployments, scope, `${restApiId}/${deploymentId}`, deployment)
        return presentDeployment(deployment)
      })
    },

    async DeleteDeployment({ restApiId, deploymentId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        await requireDeployment(transaction, scope, restApiId, deploymentId)
        const all = await stagesOf(transaction, scope, restApiId)
        if (all.some((stage) => isServedBy(stage, deploymentId))) {
          throw badRequest('Active stages pointing to this deployment must be moved or deleted')
        }
        await transaction.delete(deployments, scope, `${restApiId}/${deploymentId}`)
        await transaction.delete(snapshots, scope, `${restApiId}/${deploymentId}`)
        await transaction.delete(frozenDefinitions, scope, `${restApiId}/${deploymentId}`)
        await transaction.delete(vpcLinkUses, scope, `${restApiId}/${deploymentId}`)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** Observed: a private API would let in nobody without it. */
function requirePolicy({ endpointConfiguration, policy }: RestApiRecord): void {
  if (endpointConfiguration.types.includes('PRIVATE') && policy === undefined) {
    throw badRequest("Private REST API doesn't have a resource policy attached to it")
  }
}
