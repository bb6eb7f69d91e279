import { badRequest, conflict } from '../../apigateway/refusal.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { requireApi } from '../api/api.ts'
import type { HttpDependencies } from '../dependencies.ts'
import { insertChild } from '../insert-child.ts'
import { merged } from '../merge.ts'
import type { HttpOperations } from '../operations.ts'
import { documentsOf, listPage } from '../paging.ts'
import { requireRoute } from '../route/route.ts'
import { type RouteResponseRecord, requireRouteResponse, routeResponses } from './route-response.ts'

/** Whose responses an operation is about. */
interface Parent {
  readonly ApiId: string
  readonly RouteId: string
}

/** What routes of WebSocket APIs send back: records, as these APIs are not served yet. */
export function routeResponseOperations({ store, newId }: Pick<HttpDependencies, 'store' | 'newId'>) {
  /** @returns the key of the route. */
  async function requireParent(reader: Reader, caller: Caller, { ApiId, RouteId }: Parent): Promise<string> {
    const { ProtocolType } = await requireApi(reader, caller, ApiId)
    await requireRoute(reader, scopeOf(caller), ApiId, RouteId)
    if (ProtocolType === 'HTTP') {
      throw badRequest('RouteResponses are currently not supported for this API protocol type.')
    }
    return `${ApiId}/${RouteId}`
  }

  return {
    async CreateRouteResponse({ ApiId, RouteId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const route = await requireParent(transaction, caller, { ApiId, RouteId })
        const response = await insertChild(
          transaction,
          routeResponses,
          scope,
          route,
          () => newId(6),
          (RouteResponseId) => merged<RouteResponseRecord>({ RouteResponseId, RouteResponseKey: '' }, settings),
        )
        await checkResponse(transaction, scope, route, response)
        return response
      })
    },

    async GetRouteResponse({ ApiId, RouteId, RouteResponseId }, caller) {
      return store.read(async (reader) => {
        const route = await requireParent(reader, caller, { ApiId, RouteId })
        return requireRouteResponse(reader, scopeOf(caller), route, RouteResponseId)
      })
    },

    async GetRouteResponses({ ApiId, RouteId, ...request }, caller) {
      return store.read(async (reader) => {
        const route = await requireParent(reader, caller, { ApiId, RouteId })
        const all = await documentsOf(reader, routeResponses, scopeOf(caller), `${route}/`)
        return listPage(all, ({ RouteResponseId }) => RouteResponseId, request)
      })
    },

    async UpdateRouteResponse({ ApiId, RouteId, RouteResponseId, ...settings }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const route = await requireParent(transaction, caller, { ApiId, RouteId })
        const stored = await requireRouteResponse(transaction, scope, route, RouteResponseId)
        const response = merged<RouteResponseRecord>(stored, settings)
        await checkResponse(transaction, scope, route, response)
        await transaction.put(routeResponses, scope, `${route}/${RouteResponseId}`, response)
        return response
      })
    },

    async DeleteRouteResponse({ ApiId, RouteId, RouteResponseId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const route = await requireParent(transaction, caller, { ApiId, RouteId })
        await requireRouteResponse(transaction, scope, route, RouteResponseId)
        await transaction.delete(routeResponses, scope, `${route}/${RouteResponseId}`)
      })
      return {}
    },
  } satisfies Partial<HttpOperations>
}

async function checkResponse(
  transaction: Transaction,
  scope: string,
  route: string,
  { RouteResponseId, RouteResponseKey }: RouteResponseRecord,
): Promise<void> {
  if (RouteResponseKey !== '$default') {
    throw badRequest('Currently, only $default is supported as a RouteResponseKey.')
  }
  const others = await documentsOf(transaction, routeResponses, scope, `${route}/`)
  if (others.some((other) => other.RouteResponseId !== RouteResponseId)) {
    throw conflict(`RouteResponse with key ${RouteResponseKey} already exists for this Route`)
  }
}
