import { conflict } from '../../apigateway/refusal.ts'
import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { type ApiRecord, requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { insertChild } from '../insert-child.ts'
import { integrationResponses } from '../integration-response/integration-response.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { integrationIdOf, routes } from '../route/route.ts'
import { refuseOneTooMany } from '../too-many.ts'
import { type IntegrationRecord, integrations, requireIntegration } from './integration.ts'
import { newIntegration, updatedIntegration } from './new-integration.ts'
import { checkIntegration } from './rules.ts'

/** Documented quota of one API. */
const maxIntegrations = 300

/** The backends of an API. */
export function integrationOperations({ store, now, newId }: HttpDependencies) {
  async function save(transaction: Transaction, caller: Caller, api: ApiRecord, integration: IntegrationRecord) {
    await checkIntegration(transaction, caller, api, integration)
    await transaction.put(integrations, scopeOf(caller), `${api.ApiId}/${integration.IntegrationId}`, integration)
    await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
  }

  return {
    async CreateIntegration({ ApiId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const { length } = await documentsOf(transaction, integrations, scope, `${ApiId}/`)
        const integration = await insertChild(
          transaction,
          integrations,
          scope,
          ApiId,
          () => newId(7),
          (IntegrationId) => newIntegration(IntegrationId, api, settings),
        )
        await save(transaction, caller, api, integration)
        refuseOneTooMany(length, maxIntegrations, 'Integrations')
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
