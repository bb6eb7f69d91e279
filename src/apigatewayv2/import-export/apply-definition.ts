import { attempt } from '../../apigateway/import-export/import-errors.ts'
import type { HttpApiDefinition, RouteDefinition } from '../../openapi/http/definition.ts'
import type { ApiRecord } from '../api/api.ts'
import { createAuthorizer, maxAuthorizers } from '../authorizer/create-authorizer.ts'
import type { Deploying } from '../deployment/create-deployment.ts'
import { createIntegration, maxIntegrations } from '../integration/create-integration.ts'
import { createRoute, maxRoutes } from '../route/create-route.ts'
import { refuseOneTooMany } from '../too-many.ts'

/** What an import has to say beside what its document has made the reader say. */
export interface Findings {
  readonly warnings: string[]
  readonly errors: string[]
}

/**
 * Gives an API that has none the parts of a definition. An integration or an authorizer that cannot be made is a warning, as
 * documented; a route that cannot be, or not with what is to close it, is an error: its calls would go to a route of more
 * paths.
 *
 * @throws {ServiceError} `TooManyRequestsException` for more parts than an API can have.
 */
export async function applyDefinition(
  deploying: Deploying,
  api: ApiRecord,
  definition: HttpApiDefinition,
  { warnings, errors }: Findings,
): Promise<void> {
  refuseTooMany(definition)
  const authorizerIds = new Map<string, string>()
  for (const settings of definition.authorizers) {
    const what = `Unable to create Authorizer '${settings.Name}'`
    const made = await attempt(warnings, what, () => createAuthorizer(deploying, api, settings))
    if (made) authorizerIds.set(settings.Name, made.AuthorizerId)
  }
  const integrationIds = new Map<string, string>()
  for (const { key, place, settings } of definition.integrations) {
    const what = `Unable to create Integration for ${place}`
    const made = await attempt(warnings, what, () => createIntegration(deploying, api, settings))
    if (made) integrationIds.set(key, made.IntegrationId)
  }
  for (const route of definition.routes) {
    const what = `Unable to create Route '${route.routeKey}'`
    const authorizerId = authorizerIds.get(route.authorizer ?? '')
    if (route.authorizer !== undefined && authorizerId === undefined) {
      errors.push(`${what}: Authorizer '${route.authorizer}' could not be created`)
      continue
    }
    const settings = requestOf(route, authorizerId, integrationIds.get(route.integration ?? ''))
    await attempt(errors, what, () => createRoute(deploying, api, settings))
  }
}

/** At once: no document makes an import look at more. */
function refuseTooMany({ authorizers, integrations, routes }: HttpApiDefinition): void {
  refuseOneTooMany(authorizers.length - 1, maxAuthorizers, 'Authorizers')
  refuseOneTooMany(integrations.length - 1, maxIntegrations, 'Integrations')
  refuseOneTooMany(routes.length - 1, maxRoutes, 'Routes')
}

function requestOf(route: RouteDefinition, authorizerId: string | undefined, integrationId: string | undefined) {
  const { routeKey, operationName, authorizationType, authorizationScopes } = route
  return {
    RouteKey: routeKey,
    AuthorizationType: authorizationType,
    ...(operationName !== undefined && { OperationName: operationName }),
    ...(authorizerId !== undefined && { AuthorizerId: authorizerId }),
    ...(authorizationScopes && { AuthorizationScopes: authorizationScopes }),
    ...(integrationId !== undefined && { Target: `integrations/${integrationId}` }),
  }
}
