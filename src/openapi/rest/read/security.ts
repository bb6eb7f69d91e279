import { isSigned, readSecurityRequirements, type SecurityRequirement } from '../../document/security-requirements.ts'
import type { JsonObject } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import type { OperationPlace, ReadContext } from './context.ts'
import type { SecurityScheme } from './security-schemes.ts'

/** What a method requires of its callers. */
export type MethodSecurity = Pick<
  MethodDefinition,
  'authorizationType' | 'authorizer' | 'authorizationScopes' | 'apiKeyRequired'
>

type Requirement = SecurityRequirement<SecurityScheme>

/**
 * Reads an operation's `security`, or the document's where the operation has none, and `x-amazon-apigateway-auth`. Observed:
 * alternatives are taken together, so that `[{ authorizer }, { api_key }]` requires both.
 *
 * @returns `undefined` when the method cannot be created, as what it requires cannot be had.
 */
export function readSecurity(
  operation: JsonObject,
  place: OperationPlace,
  context: ReadContext,
): MethodSecurity | undefined {
  const refuse = (reason: string) =>
    context.findings.errors.push(`Unable to put method '${place.verb}' on resource at path '${place.path}': ${reason}`)
  const security = operation['security'] ?? context.root['security']
  const requirements = readSecurityRequirements(security, context.security, refuse)
  if (!requirements || requirements.some(({ scheme }) => scheme.kind === 'unusable')) return undefined
  const authorizers = requirements.flatMap(({ scheme, scopes }) =>
    scheme.kind === 'authorizer' ? [{ authorizer: scheme.authorizer, scopes }] : [],
  )
  const isIam = requirements.some(({ scheme }) => scheme.kind === 'iam') || isSigned(operation, refuse)
  if (authorizers.length + (isIam ? 1 : 0) > 1) {
    refuse('Only one authorization type is supported for a method')
    return undefined
  }
  const apiKeyRequired = requirements.some(({ scheme }) => scheme.kind === 'api-key')
  warnOfIgnored(requirements, authorizers.length > 0 || isIam || apiKeyRequired, place, context)
  const [used] = authorizers
  if (!used) return { authorizationType: isIam ? 'AWS_IAM' : 'NONE', apiKeyRequired }
  const { type, name } = used.authorizer
  const isCognito = type === 'COGNITO_USER_POOLS'
  if (used.scopes.length > 0 && !isCognito) {
    context.findings.warnings.push(
      `Scopes are only supported for authorizers of type cognito_user_pools: those of '${name}' on '${place.verb} ${place.path}' are ignored.`,
    )
  }
  return {
    authorizationType: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
    authorizer: name,
    ...(isCognito && used.scopes.length > 0 && { authorizationScopes: [...used.scopes] }),
    apiKeyRequired,
  }
}

/** Observed: what the service cannot check is not checked, and a method that requires nothing else is open. */
function warnOfIgnored(
  requirements: readonly Requirement[],
  isGuarded: boolean,
  { verb, path }: OperationPlace,
  { findings }: ReadContext,
): void {
  const effect = isGuarded ? 'only the others are required' : 'the method is open to every caller'
  for (const { name } of requirements.filter(({ scheme }) => scheme.kind === 'ignored')) {
    findings.warnings.push(
      `Security definition '${name}' is not supported, and not required of callers of '${verb}' on resource at path '${path}': ${effect}.`,
    )
  }
}
