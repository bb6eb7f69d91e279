import { isList, isObject, type Json, type JsonObject, textAt, textOf } from '../../json.ts'
import type { RouteDefinition } from '../definition.ts'
import type { OperationPlace, ReadContext } from './context.ts'
import type { SecurityScheme } from './security-schemes.ts'

/** What a route requires of its callers. */
export type RouteSecurity = Pick<RouteDefinition, 'authorizationType' | 'authorizer' | 'authorizationScopes'>

interface Requirement {
  readonly name: string
  readonly scheme: SecurityScheme
  readonly scopes: readonly string[]
}

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
  const requirements = readRequirements(operation['security'] ?? context.root['security'], place, context)
  const auth = readAuth(operation, place, context)
  if (!requirements) return undefined
  const unusable = requirements.find(({ scheme }) => scheme.kind === 'unusable')
  if (unusable) {
    // Its calls would go to a route of more paths, which may be open.
    refuse(context, place, `Authorizer '${unusable.name}' could not be created`)
    return undefined
  }
  const used = requirements.filter(({ scheme }) => scheme.kind !== 'ignored')
  const isIam = auth === 'AWS_IAM' || used.some(({ scheme }) => scheme.kind === 'iam')
  const authorizers = used.flatMap(({ scheme, scopes }) =>
    scheme.kind === 'authorizer' ? [{ authorizer: scheme.authorizer, scopes }] : [],
  )
  if (authorizers.length + (isIam ? 1 : 0) > 1) {
    refuse(context, place, 'Only one authorization type is supported for a route')
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

function readRequirements(
  security: Json | undefined,
  place: OperationPlace,
  context: ReadContext,
): Requirement[] | undefined {
  const named = (isList(security) ? security : []).flatMap((entry) => (isObject(entry) ? Object.entries(entry) : []))
  const requirements: Requirement[] = []
  for (const [name, scopes] of named) {
    const scheme = context.security.get(name)
    if (!scheme) {
      // A route that must be closed is not opened because its lock is missing.
      refuse(context, place, `Security definition '${name}' not found`)
      return undefined
    }
    requirements.push({ name, scheme, scopes: (isList(scopes) ? scopes : []).flatMap((scope) => textOf(scope) ?? []) })
  }
  return requirements
}

function readAuth(operation: JsonObject, place: OperationPlace, context: ReadContext): string {
  const extension = operation['x-amazon-apigateway-auth']
  if (extension === undefined) return 'NONE'
  const type = isObject(extension) ? textAt(extension, 'type')?.toUpperCase() : undefined
  if (type !== 'NONE' && type !== 'AWS_IAM') refuse(context, place, 'Invalid Authorization type specified')
  return type ?? 'NONE'
}

function refuse({ findings }: ReadContext, { routeKey }: OperationPlace, reason: string): void {
  findings.errors.push(`Unable to create Route '${routeKey}': ${reason}`)
}
