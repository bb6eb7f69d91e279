import type { Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { type ApiRecord, requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { autoDeploy } from '../deployment/auto-deploy.ts'
import { merged } from '../merge.ts'
import type { HttpOperations, Request } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { routeResponses } from '../route-response/route-response.ts'
import { createRoute } from './create-route.ts'
import { type RouteRecord, requireRoute, routes } from './route.ts'
import { checkRoute } from './rules.ts'

/** Which calls go where. */
export function routeOperations({ store, now, newId }: HttpDependencies) {
  async function save(transaction: Transaction, caller: Caller, api: ApiRecord, route: RouteRecord): Promise<void> {
    const scope = scopeOf(caller)
    await checkRoute(transaction, scope, api, route)
    await transaction.put(routes, scope, `${api.ApiId}/${route.RouteId}`, route)
    await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
  }

  return {
    async CreateRoute({ ApiId, ...settings }, caller) {
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const deploying = { transaction, caller, newId, nowMs: now().getTime() }
        const route = await createRoute(deploying, api, settings)
        await autoDeploy(deploying, api)
        return route
      })
    },

    async GetRoute({ ApiId, RouteId }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        return requireRoute(reader, scopeOf(caller), ApiId, RouteId)
      })
    },

    async GetRoutes({ ApiId, ...request }, caller) {
      return store.read(async (reader) => {
        await requireApi(reader, caller, ApiId)
        const all = await documentsOf(reader, routes, scopeOf(caller), `${ApiId}/`)
        return listPage(all, ({ RouteId }) => RouteId, request)
      })
    },

    async UpdateRoute({ ApiId, RouteId, ...settings }, caller) {
      return store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const stored = await requireRoute(transaction, scopeOf(caller), ApiId, RouteId)
        const route = updatedRoute(stored, settings)
        await save(transaction, caller, api, route)
        return route
      })
    },

    async DeleteRoute({ ApiId, RouteId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        await requireRoute(transaction, scope, ApiId, RouteId)
        await transaction.delete(routes, scope, `${ApiId}/${RouteId}`)
        await transaction.deletePrefix(routeResponses, scope, `${ApiId}/${RouteId}/`)
        await autoDeploy({ transaction, caller, newId, nowMs: now().getTime() }, api)
      })
      return {}
    },

    async DeleteRouteRequestParameter({ ApiId, RouteId, RequestParameterKey }, caller) {
      await store.write(async (transaction) => {
        const api = await requireApi(transaction, caller, ApiId)
        const stored = await requireRoute(transaction, scopeOf(caller), ApiId, RouteId)
        const { [RequestParameterKey]: _, ...RequestParameters } = stored.RequestParameters ?? {}
        await save(transaction, caller, api, { ...stored, RequestParameters })
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

/** A route that is no longer closed by an authorizer forgets it and its scopes, unless the same request names them. */
function updatedRoute(stored: RouteRecord, settings: Omit<Request<'UpdateRoute'>, 'ApiId' | 'RouteId'>): RouteRecord {
  const { AuthorizationType: type = stored.AuthorizationType } = settings
  const { AuthorizerId, AuthorizationScopes, ...open } = stored
  const kept = {
    ...open,
    ...(AuthorizerId !== undefined && type !== 'NONE' && type !== 'AWS_IAM' && { AuthorizerId }),
    ...(AuthorizationScopes !== undefined && type === 'JWT' && { AuthorizationScopes }),
  }
  return merged<RouteRecord>(kept, settings)
}
