import { badRequest, conflict } from '../../apigateway/refusal.ts'
import type { Reader } from '../../storage/store.ts'
import type { ApiRecord } from '../api/api.ts'
import { authorizers } from '../authorizer/authorizer.ts'
import { requireIntegration } from '../integration/integration.ts'
import { documentsOf } from '../paging.ts'
import { integrationIdOf, type RouteRecord, routes } from './route.ts'
import { checkHttpRouteKey, shapeOf } from './route-key.ts'

/** Documented quota. */
const maxScopes = 10
const webSocketMembers = [
  'ModelSelectionExpression',
  'RequestModels',
  'RequestParameters',
  'RouteResponseSelectionExpression',
] as const

/**
 * Checks a route against its API, of which it may already be a part.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold, `ConflictException` for a key that
 *   another route has, `NotFoundException` for an integration that is not there.
 */
export async function checkRoute(reader: Reader, scope: string, api: ApiRecord, route: RouteRecord): Promise<void> {
  const { ApiId, ProtocolType } = api
  const { RouteKey, Target } = route
  if (!RouteKey) throw badRequest('Route key is required')
  if (ProtocolType === 'HTTP') checkHttpRoute(route)
  else checkWebSocketRoute(route)
  const others = await documentsOf(reader, routes, scope, `${ApiId}/`)
  const shape = ProtocolType === 'HTTP' ? shapeOf : (key: string) => key
  if (others.some((other) => other.RouteId !== route.RouteId && shape(other.RouteKey) === shape(RouteKey))) {
    throw conflict(`Route with key ${RouteKey} already exists for this API`)
  }
  if (Target !== undefined) await requireTarget(reader, scope, ApiId, Target)
  await checkAuthorization(reader, scope, ApiId, route)
}

function checkHttpRoute(route: RouteRecord): void {
  checkHttpRouteKey(route.RouteKey)
  if (route.ApiKeyRequired) throw badRequest('ApiKeyRequired is not currently supported for HTTP APIs.')
  for (const member of webSocketMembers) {
    if (route[member] !== undefined) throw badRequest(`${member} is not currently supported for HTTP APIs.`)
  }
}

function checkWebSocketRoute({ RouteKey, AuthorizationType }: RouteRecord): void {
  if (AuthorizationType === 'JWT') throw badRequest('Authorization type JWT is only supported for HTTP APIs.')
  if (AuthorizationType !== 'NONE' && RouteKey !== '$connect') {
    throw badRequest('Currently, authorization is restricted to the $connect route only')
  }
}

async function requireTarget(reader: Reader, scope: string, apiId: string, target: string): Promise<void> {
  const integrationId = integrationIdOf(target)
  if (integrationId === undefined) {
    throw badRequest('Unexpected or malformed target in route. Correct format should be integrations/<integration_id>.')
  }
  await requireIntegration(reader, scope, apiId, integrationId)
}

async function checkAuthorization(reader: Reader, scope: string, apiId: string, route: RouteRecord): Promise<void> {
  const { AuthorizationType: type, AuthorizerId, AuthorizationScopes = [] } = route
  if (AuthorizationScopes.length > 0 && type !== 'JWT') {
    throw badRequest('Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization type')
  }
  if (AuthorizationScopes.length > maxScopes) throw badRequest(`A route cannot have more than ${maxScopes} scopes`)
  if (type === 'NONE' || type === 'AWS_IAM') {
    // A route that names an authorizer is meant to be closed by it.
    if (AuthorizerId !== undefined) throw badRequest(`Authorization type ${type} takes no authorizer`)
    return
  }
  const wanted = type === 'JWT' ? 'JWT' : 'REQUEST'
  const authorizer = await reader.get(authorizers, scope, `${apiId}/${AuthorizerId ?? ''}`)
  if (authorizer?.AuthorizerType !== wanted) {
    throw badRequest(
      `Invalid authorizer ID specified. Setting the authorization type to ${type} requires a valid ${wanted} authorizer.`,
    )
  }
}
