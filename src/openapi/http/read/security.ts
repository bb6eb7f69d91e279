import { isSigned, readSecurityRequirements, type SecurityRequirement } from '../../document/security-requirements.ts'
import type { JsonObject } from '../../json.ts'
import type { RouteDefinition } from '../definition.ts'
import type { OperationPlace, ReadContext } from './context.ts'
import type { SecurityScheme } from './security-schemes.ts'

/** What a route requires of its callers. */
export type RouteSecurity = Pick<RouteDefinition, 'authorizationType' | 'authorizer' | 'authorizationScopes'>

type Requirement = SecurityRequirement<SecurityScheme>

/**
 * Reads an operation's `security`, or the document's where the operation has none, and `x-amazon-apigateway-auth`.
 * Documented: a route can have one kind of authorization.
 *
 * @returns `undefined` when the route cannot be created, as what it requires cannot be had.
 */
export function readSecurity(
  operation: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): RouteSecurity | undefined {
  const refuse = (reason: string) =>
    context.findings.errors.push(`Unable to create Route '${place.routeKey}': ${reason}`)
  const security = operation['security'] ?? context.root['security']
  const requirements = readSecurityRequirements(security, context.security, refuse)
  const signed = isSigned(operation, refuse)
  if (!requirements) return undefined
  const unusable = requirements.find(({ scheme }) => scheme.kind === 'unusable')
  if (unusable) {
    // Its calls would go to a route of more paths, which may be open.
    refuse(`Authorizer '${unusable.name}' could not be created`)
    return undefined
  }
  const used = requirements.filter(({ scheme }) => scheme.kind !== 'ignored')
  const isIam = signed || used.some(({ scheme }) => scheme.kind === 'iam')
  const authorizers = used.flatMap(({ scheme, scopes }) =>
    scheme.kind === 'authorizer' ? [{ authorizer: scheme.authorizer, scopes }] : [],
  )
  if (authorizers.length + (isIam ? 1 : 0) > 1) {
    refuse('Only one authorization type is supported for a route')
    return undefined
  }
  warnOfIgnored(requirements, used.length > 0 || isIam, place, context)
  const [one] = authorizers
  if (!one) return { authorizationType: isIam ? 'AWS_IAM' : 'NONE' }
  return withAuthorizer(one, place, context)
}

function withAuthorizer(
  { authorizer, scopes }: { authorizer: { Name: string; AuthorizerType: string }; scopes: readonly string[] },
  { routeKey }: OperationPlace,
  { findings }: ReadContext,
): RouteSecurity {
  const isJwt = authorizer.AuthorizerType === 'JWT'
  if (scopes.length > 0 && !isJwt) {
    findings.warnings.push(
      `Scopes are only supported for authorizers of type jwt: those of '${authorizer.Name}' on '${routeKey}' are ignored.`,
    )
  }
  return {
    authorizationType: isJwt ? 'JWT' : 'CUSTOM',
    authorizer: authorizer.Name,
    ...(isJwt && scopes.length > 0 && { authorizationScopes: [...scopes] }),
  }
}

function warnOfIgnored(
  requirements: readonly Requirement[],
  isGuarded: boolean,
  { routeKey }: OperationPlace,
  { findings }: ReadContext,
): void {
  const effect = isGuarded ? 'only the others are required' : 'the route is open to every caller'
  for (const { name } of requirements.filter(({ scheme }) => scheme.kind === 'ignored')) {
    findings.warnings.push(
      `Security definition '${name}' is not supported, and not required of callers of '${routeKey}': ${effect}.`,
    )
  }
}
