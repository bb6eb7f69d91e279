import { isList, isObject, type JsonObject, textAt, textOf } from '../../json.ts'
import type { MethodDefinition } from '../definition.ts'
import type { OperationPlace, ReadContext } from './context.ts'
import type { SecurityScheme } from './security-schemes.ts'

/** What a method requires of its callers. */
export type MethodSecurity = Pick<
  MethodDefinition,
  'authorizationType' | 'authorizer' | 'authorizationScopes' | 'apiKeyRequired'
>

interface Requirement {
  readonly name: string
  readonly scheme: SecurityScheme
  readonly scopes: readonly string[]
}

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
  const requirements = readRequirements(operation['security'] ?? context.root['security'], place, context)
  if (!requirements || requirements.some(({ scheme }) => scheme.kind === 'unusable')) return undefined
  const authorizers = requirements.flatMap(({ scheme, scopes }) =>
    scheme.kind === 'authorizer' ? [{ authorizer: scheme.authorizer, scopes }] : [],
  )
  const isIam =
    requirements.some(({ scheme }) => scheme.kind === 'iam') || readAuth(operation, place, context) === 'AWS_IAM'
  if (authorizers.length + (isIam ? 1 : 0) > 1) {
    refuse(context, place, 'Only one authorization type is supported for a method')
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

function readRequirements(
  security: JsonObject[string] | undefined,
  place: OperationPlace,
  context: ReadContext,
): Requirement[] | undefined {
  const named = (isList(security) ? security : []).flatMap((entry) => (isObject(entry) ? Object.entries(entry) : []))
  const requirements: Requirement[] = []
  for (const [name, scopes] of named) {
    const scheme = context.security.get(name)
    if (!scheme) {
      // A method that must be closed is not opened because its lock is missing.
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

function refuse({ findings }: ReadContext, { verb, path }: OperationPlace, reason: string): void {
  findings.errors.push(`Unable to put method '${verb}' on resource at path '${path}': ${reason}`)
}
