import type { JsonObject } from '../../json.ts'
import type { AuthorizerDefinition, HttpApiDefinition, RouteDefinition } from '../definition.ts'
import type { WriteOptions } from './options.ts'

/** A name for the scheme of signed calls that no authorizer has. */
export function nameIamScheme({ authorizers }: HttpApiDefinition): string {
  let name = 'sigv4'
  while (authorizers.some(({ Name }) => Name === name)) name = `${name}_`
  return name
}

/** Writes an operation's `security`. */
export function writeSecurity(route: RouteDefinition, iamScheme: string): JsonObject[] {
  const { authorizationType, authorizer, authorizationScopes = [] } = route
  if (authorizer !== undefined) return [{ [authorizer]: authorizationScopes }]
  return authorizationType === 'AWS_IAM' ? [{ [iamScheme]: [] }] : []
}

/** Writes a scheme for each authorizer, and for signed calls where a route asks for them. */
export function writeSecuritySchemes(
  { authorizers, routes }: HttpApiDefinition,
  { includeExtensions, iamScheme }: WriteOptions & { readonly iamScheme: string },
): JsonObject {
  const isIamUsed = routes.some(({ authorizationType }) => authorizationType === 'AWS_IAM')
  const inOrder = authorizers.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
  return {
    ...Object.fromEntries(
      inOrder.map((authorizer) => [
        authorizer.Name,
        {
          ...schemeOf(authorizer),
          ...(includeExtensions && { 'x-amazon-apigateway-authorizer': writeAuthorizer(authorizer) }),
        },
      ]),
    ),
    ...(isIamUsed && {
      [iamScheme]: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        ...(includeExtensions && { 'x-amazon-apigateway-authtype': 'awsSigv4' }),
      },
    }),
  }
}

/** Observed: a token is OAuth's without flows, all else an API key in the header that identifies callers. */
function schemeOf({ AuthorizerType, IdentitySource }: AuthorizerDefinition): JsonObject {
  if (AuthorizerType === 'JWT') return { type: 'oauth2', flows: {} }
  const header = IdentitySource.map((source) => /^\$request\.header\.(.+)$/.exec(source)?.[1]).find(Boolean)
  return { type: 'apiKey', name: header ?? 'Authorization', in: 'header' }
}

/** Members in the observed order. */
function writeAuthorizer(authorizer: AuthorizerDefinition): JsonObject {
  const { AuthorizerUri, AuthorizerCredentialsArn, JwtConfiguration } = authorizer
  const { AuthorizerPayloadFormatVersion: version, AuthorizerResultTtlInSeconds: ttl } = authorizer
  return {
    ...(authorizer.IdentitySource.length > 0 && { identitySource: authorizer.IdentitySource.join(', ') }),
    ...(AuthorizerUri !== undefined && { authorizerUri: AuthorizerUri }),
    ...(AuthorizerCredentialsArn !== undefined && { authorizerCredentials: AuthorizerCredentialsArn }),
    ...(version !== undefined && { authorizerPayloadFormatVersion: version }),
    ...(ttl !== undefined && { authorizerResultTtlInSeconds: ttl }),
    ...(JwtConfiguration && {
      jwtConfiguration: {
        ...(JwtConfiguration.Audience && { audience: JwtConfiguration.Audience }),
        ...(JwtConfiguration.Issuer !== undefined && { issuer: JwtConfiguration.Issuer }),
      },
    }),
    type: authorizer.AuthorizerType.toLowerCase(),
    ...(authorizer.EnableSimpleResponses !== undefined && {
      enableSimpleResponses: authorizer.EnableSimpleResponses,
    }),
  }
}
