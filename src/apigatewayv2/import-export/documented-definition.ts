import type { HttpApiDefinition, RouteDefinition } from '../../openapi/http/definition.ts'
import type { ApiRecord } from '../api/api.ts'
import type { Definition } from '../deployment/definition.ts'
import { integrationIdOf, type RouteRecord } from '../route/route.ts'

/** An HTTP API as documents say it. */
export function documentedDefinition({ api, routes, integrations, authorizers }: Definition): HttpApiDefinition {
  const names = new Map([...authorizers.values()].map(({ AuthorizerId, Name }) => [AuthorizerId, Name]))
  return {
    settings: settingsOf(api),
    authorizers: [...authorizers.values()].map(({ AuthorizerId: _, ...settings }) => settings),
    integrations: [...integrations.values()].map(({ IntegrationId, ApiGatewayManaged: _, ...settings }) => ({
      key: IntegrationId,
      place: IntegrationId,
      settings,
    })),
    routes: routes.map((route) => routeOf(route, names)),
  }
}

function settingsOf(api: ApiRecord): HttpApiDefinition['settings'] {
  const { Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint, IpAddressType, Tags } = api
  return {
    Name,
    DisableExecuteApiEndpoint,
    IpAddressType,
    Tags,
    ...(Description !== undefined && { Description }),
    ...(Version !== undefined && { Version }),
    ...(CorsConfiguration && { CorsConfiguration }),
  }
}

function routeOf(route: RouteRecord, names: ReadonlyMap<string, string>): RouteDefinition {
  const { RouteKey, OperationName, AuthorizationType, AuthorizerId = '', AuthorizationScopes, Target = '' } = route
  const authorizer = names.get(AuthorizerId)
  const integration = integrationIdOf(Target)
  return {
    routeKey: RouteKey,
    authorizationType: AuthorizationType,
    ...(OperationName !== undefined && { operationName: OperationName }),
    ...(authorizer !== undefined && { authorizer }),
    ...(AuthorizationScopes && { authorizationScopes: AuthorizationScopes }),
    ...(integration !== undefined && { integration }),
  }
}
