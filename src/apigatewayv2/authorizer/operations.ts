import { conflict } from '../../apigateway/refusal.ts'
import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { type ApiRecord, requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { merged } from '../merge.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { routes } from '../route/route.ts'
import { type AuthorizerRecord, authorizers, requireAuthorizer } from './authorizer.ts'
import { createAuthorizer } from './create-authorizer.ts'
import { checkAuthorizer } from './rules.ts'

/** Who decides about callers. */
export function authorizerOperations({ store, now, newId }: HttpDependencies) {
  async function save(transaction: Transaction, caller: Caller, api: ApiRecord, authorizer: AuthorizerRecord) {
    checkAuthorizer(api, authorizer, caller)
    await transaction.put(authorizers, scopeOf(caller), `${api.ApiId}/${authorizer.AuthorizerId}`, authorizer)
    await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
  }

  async function routesOf(transaction: Transaction, scope: string, apiId: string, authorizerId: string) {
    const all = await documentsOf(transaction, routes, scope, `${apiId}/`)
    return all.filter(({ AuthorizerId }) => AuthorizerId === authorizerId).map(({ RouteId }) => RouteId)
  }

  return {
    async CreateAuthorizer({ ApiId, ...settings }, caller) {
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const deploying = { transaction, caller, newId, nowMs: now().getTime() }
        const authorizer = await createAuthorizer(deploying, api, settings)
        await autoDeploy(deploying, api)
        return authorizer
      })
    },

    async GetAuthorizer({ ApiId, AuthorizerId }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        return requireAuthorizer(reader, scopeOf(caller), ApiId, AuthorizerId)
      })
    },

    async GetAuthorizers({ ApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const all = await documentsOf(reader, authorizers, scopeOf(caller), `${ApiId}/`)
        return listPage(all, ({ AuthorizerId }) => AuthorizerId, request)
      })
    },

    async UpdateAuthorizer({ ApiId, AuthorizerId, JwtConfiguration, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const stored = await requireAuthorizer(transaction, scope, ApiId, AuthorizerId)
        const { AuthorizerType: type } = settings
        if (type && type !== stored.AuthorizerType) {
          const users = await routesOf(transaction, scope, ApiId, AuthorizerId)
          if (users.length > 0) throw conflict(inUse('change the type of', users))
        }
        const authorizer = merged<AuthorizerRecord>(stored, {
          ...settings,
          ...(JwtConfiguration && { JwtConfiguration: { ...stored.JwtConfiguration, ...JwtConfiguration } }),
        })
        await save(transaction, caller, api, authorizer)
        return authorizer
      })
    },

    async DeleteAuthorizer({ ApiId, AuthorizerId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        await requireAuthorizer(transaction, scope, ApiId, AuthorizerId)
        const users = await routesOf(transaction, scope, ApiId, AuthorizerId)
        if (users.length > 0) throw conflict(inUse('delete', users))
        await transaction.delete(authorizers, scope, `${ApiId}/${AuthorizerId}`)
        await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

function inUse(what: string, routeIds: readonly string[]): string {
  return `Cannot ${what} Authorizer because it is referenced by the following Routes with Ids: [${routeIds.join(', ')}]`
}
