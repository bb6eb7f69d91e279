import { scopeOf } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import type { Deploying } from '../deployment/create-deployment.ts'
import { insertChild } from '../insert-child.ts'
import { merged } from '../merge.ts'
import type { Request } from '../operations.ts'
import { documentsOf } from '../paging.ts'
import { refuseOneTooMany } from '../too-many.ts'
import { type RouteRecord, routes } from './route.ts'
import { checkRoute } from './rules.ts'

/** Documented quota of one API. */
export const maxRoutes = 300

/**
 * Stores a new route, and deploys nothing.
 * @throws {ServiceError} as `checkRoute` does, and for one too many; nothing is stored then.
 */
export async function createRoute(
  { transaction, caller, newId }: Pick<Deploying, 'transaction' | 'caller' | 'newId'>,
  api: ApiRecord,
  settings: Omit<Request<'CreateRoute'>, 'ApiId'>,
): Promise<RouteRecord> {
  const scope = scopeOf(caller)
  const { length } = await documentsOf(transaction, routes, scope, `${api.ApiId}/`)
  await checkRoute(transaction, scope, api, newRoute('new', settings))
  refuseOneTooMany(length, maxRoutes, 'Routes')
  const draw = () => newId(7)
  return insertChild(transaction, routes, scope, api.ApiId, draw, (RouteId) => newRoute(RouteId, settings))
}

/** Fills in what a request leaves open. */
function newRoute(RouteId: string, settings: Omit<Request<'CreateRoute'>, 'ApiId'>): RouteRecord {
  return merged<RouteRecord>({ RouteId, RouteKey: '', AuthorizationType: 'NONE', ApiKeyRequired: false }, settings)
}
