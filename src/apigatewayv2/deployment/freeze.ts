import type { HttpApiSnapshot, HttpAuthorizer, HttpCors, HttpIntegration, HttpRoute } from '../../snapshot/http-api.ts'
import type { CorsRecord } from '../api/api.ts'
import type { IntegrationRecord } from '../integration/integration.ts'
import { integrationIdOf, type RouteRecord } from '../route/route.ts'
import type { Definition } from './definition.ts'

/** Freezes an API for the data plane. */
export function freeze(definition: Definition): HttpApiSnapshot {
  const { ApiId, Name, DisableExecuteApiEndpoint, CorsConfiguration } = definition.api
  return {
    apiId: ApiId,
    name: Name,
    disableExecuteApiEndpoint: DisableExecuteApiEndpoint,
    ...(CorsConfiguration && { cors: freezeCors(CorsConfiguration) }),
    routes: definition.routes.map((route) => freezeRoute(route, definition)),
  }
}

function freezeCors(cors: CorsRecord): HttpCors {
  const { AllowCredentials, AllowHeaders, AllowMethods, AllowOrigins, ExposeHeaders, MaxAge } = cors
  return {
    ...(AllowCredentials !== undefined && { allowCredentials: AllowCredentials }),
    ...(AllowHeaders && { allowHeaders: AllowHeaders }),
    ...(AllowMethods && { allowMethods: AllowMethods }),
    ...(AllowOrigins && { allowOrigins: AllowOrigins }),
    ...(ExposeHeaders && { exposeHeaders: ExposeHeaders }),
    ...(MaxAge !== undefined && { maxAge: MaxAge }),
  }
}

function freezeRoute(route: RouteRecord, definition: Definition): HttpRoute {
  const { RouteId, RouteKey, OperationName, Target = '' } = route
  const authorizer = freezeAuthorizer(route, definition.authorizers)
  const integration = definition.integrations.get(integrationIdOf(Target) ?? '')
  return {
    routeId: RouteId,
    routeKey: RouteKey,
    ...(OperationName && { operationName: OperationName }),
    ...(authorizer && { authorizer }),
    ...(integration && { integration: freezeIntegration(integration) }),
  }
}

/** @returns Undefined for a route that anybody may call. */
function freezeAuthorizer(
  { AuthorizationType: type, AuthorizerId = '', AuthorizationScopes: scopes = [] }: RouteRecord,
  authorizers: Definition['authorizers'],
): HttpAuthorizer | undefined {
  if (type === 'NONE') return undefined
  if (type === 'AWS_IAM') return { type }
  const authorizer = authorizers.get(AuthorizerId)
  // A route that is to be closed is never frozen as an open one.
  if (!authorizer) throw new TypeError(`A route of authorization type ${type} has no authorizer`)
  const { AuthorizerId: authorizerId, IdentitySource: identitySource, JwtConfiguration = {} } = authorizer
  if (authorizer.AuthorizerType === 'JWT') {
    const { Issuer = '', Audience = [] } = JwtConfiguration
    return { type: 'JWT', authorizerId, issuer: Issuer, audience: Audience, identitySource, scopes }
  }
  const { AuthorizerUri = '', AuthorizerCredentialsArn, AuthorizerPayloadFormatVersion } = authorizer
  return {
    type: 'REQUEST',
    authorizerId,
    uri: AuthorizerUri,
    ...(AuthorizerCredentialsArn && { credentialsArn: AuthorizerCredentialsArn }),
    identitySource,
    payloadFormatVersion: payloadFormat(AuthorizerPayloadFormatVersion),
    enableSimpleResponses: authorizer.EnableSimpleResponses ?? false,
    resultTtlInSeconds: authorizer.AuthorizerResultTtlInSeconds ?? 0,
  }
}

function freezeIntegration(integration: IntegrationRecord): HttpIntegration {
  const { IntegrationId, IntegrationType, IntegrationSubtype, IntegrationUri, IntegrationMethod } = integration
  const { ConnectionType, ConnectionId, CredentialsArn, TlsConfig } = integration
  return {
    integrationId: IntegrationId,
    type: IntegrationType === 'AWS_PROXY' ? 'AWS_PROXY' : 'HTTP_PROXY',
    ...(IntegrationSubtype && { subtype: IntegrationSubtype }),
    ...(IntegrationUri && { uri: IntegrationUri }),
    ...(IntegrationMethod && { method: IntegrationMethod }),
    ...(ConnectionType === 'VPC_LINK' && ConnectionId && { connectionId: ConnectionId }),
    ...(CredentialsArn && { credentialsArn: CredentialsArn }),
    payloadFormatVersion: payloadFormat(integration.PayloadFormatVersion),
    timeoutInMillis: integration.TimeoutInMillis,
    requestParameters: integration.RequestParameters ?? {},
    responseParameters: integration.ResponseParameters ?? {},
    ...(TlsConfig?.ServerNameToVerify && { serverNameToVerify: TlsConfig.ServerNameToVerify }),
  }
}

function payloadFormat(version: string | undefined): '1.0' | '2.0' {
  return version === '2.0' ? '2.0' : '1.0'
}
