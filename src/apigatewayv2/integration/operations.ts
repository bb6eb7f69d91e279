import { conflict } from '../../apigateway/refusal.ts'
import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { type ApiRecord, requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { integrationResponses } from '../integration-response/integration-response.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { integrationIdOf, routes } from '../route/route.ts'
import { createIntegration } from './create-integration.ts'
import { type IntegrationRecord, integrations, requireIntegration } from './integration.ts'
import { updatedIntegration } from './new-integration.ts'
import { checkIntegration } from './rules.ts'

/** The backends of an API. */
export function integrationOperations({ store, now, newId }: HttpDependencies) {
  async function save(transaction: Transaction, caller: Caller, api: ApiRecord, integration: IntegrationRecord) {
    await checkIntegration(transaction, caller, api, integration)
    await transaction.put(integrations, scopeOf(caller), `${api.ApiId}/${integration.IntegrationId}`, integration)
    await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
  }

  return {
    async CreateIntegration({ ApiId, ...settings }, caller) {
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const deploying = { transaction, caller, newId, nowMs: now().getTime() }
        const integration = await createIntegration(deploying, api, settings)
        await autoDeploy(deploying, api)
        return integration
      })
    },

    async GetIntegration({ ApiId, IntegrationId }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        return requireIntegration(reader, scopeOf(caller), ApiId, IntegrationId)
      })
    },

    async GetIntegrations({ ApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const all = await documentsOf(reader, integrations, scopeOf(caller), `${ApiId}/`)
        return listPage(all, ({ IntegrationId }) => IntegrationId, request)
      })
    },

    async UpdateIntegration({ ApiId, IntegrationId, ...settings }, caller) {
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const stored = await requireIntegration(transaction, scopeOf(caller), ApiId, IntegrationId)
        const integration = updatedIntegration(stored, settings)
        await save(transaction, caller, api, integration)
        return integration
      })
    },

    async DeleteIntegration({ ApiId, IntegrationId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        await requireIntegration(transaction, scope, ApiId, IntegrationId)
        const all = await documentsOf(transaction, routes, scope, `${ApiId}/`)
        const users = all.filter(({ Target = '' }) => integrationIdOf(Target) === IntegrationId)
        if (users.length > 0) {
          const ids = users.map(({ RouteId }) => RouteId).join(', ')
          throw conflict(
            `Cannot delete Integration because it is referenced by the following Routes with Ids: [${ids}]`,
          )
        }
        await transaction.delete(integrations, scope, `${ApiId}/${IntegrationId}`)
        await transaction.deletePrefix(integrationResponses, scope, `${ApiId}/${IntegrationId}/`)
        await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}
