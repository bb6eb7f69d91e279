import type { AuthorizerType } from '@aws-sdk/client-api-gateway'
import { readNumber } from '../../document/read-number.ts'
import type { DocumentVersion } from '../../document/version.ts'
import type { Findings } from '../../findings.ts'
import { isObject, type JsonObject, objectAt, textAt, textsAt } from '../../json.ts'
import type { AuthorizerDefinition } from '../definition.ts'

/** What requiring a security scheme means for a method. */
export type SecurityScheme =
  | { readonly kind: 'api-key' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'authorizer'; readonly authorizer: AuthorizerDefinition }
  /** Nothing: it is none that the service knows. */
  | { readonly kind: 'ignored' }
  /** Observed: methods that require it are not created. */
  | { readonly kind: 'unusable' }

/** By name. */
export type SecuritySchemes = ReadonlyMap<string, SecurityScheme>

const authorizerTypes: Readonly<Record<string, AuthorizerType>> = {
  token: 'TOKEN',
  request: 'REQUEST',
  cognito_user_pools: 'COGNITO_USER_POOLS',
}
const authorizerMembers = [
  'type',
  'authorizerUri',
  'authorizerCredentials',
  'identitySource',
  'identityValidationExpression',
  'authorizerResultTtlInSeconds',
  'providerARNs',
]

/** Reads `securityDefinitions` or `components.securitySchemes`. */
export function readSecuritySchemes(root: JsonObject, version: DocumentVersion, findings: Findings): SecuritySchemes {
  const schemes = new Map<string, SecurityScheme>()
  for (const [name, scheme] of Object.entries(namedSchemes(root, version))) {
    schemes.set(name, isObject(scheme) ? readScheme(name, scheme, findings) : { kind: 'ignored' })
  }
  return schemes
}

/** The security schemes as they are written. */
export function namedSchemes(root: JsonObject, version: DocumentVersion): JsonObject {
  return version === 'swagger'
    ? objectAt(root, 'securityDefinitions')
    : objectAt(objectAt(root, 'components'), 'securitySchemes')
}

function readScheme(name: string, scheme: JsonObject, findings: Findings): SecurityScheme {
  const authType = textAt(scheme, 'x-amazon-apigateway-authtype')
  if (authType?.toLowerCase() === 'awssigv4') return { kind: 'iam' }
  if (isObject(scheme['x-amazon-apigateway-authorizer'])) return readAuthorizer(name, scheme, findings)
  if (authType !== undefined) {
    // Observed words.
    findings.warnings.push(
      `Unable to create authorizer from security definition: '${name}'. Extension x-amazon-apigateway-authorizer is required. Any methods with security: '${name}' will not be created. If this security definition is not a custom authorizer, remove the x-amazon-apigateway-authtype extension and it will be ignored.`,
    )
    return { kind: 'unusable' }
  }
  return readPlainScheme(name, scheme, findings)
}

function readPlainScheme(name: string, scheme: JsonObject, findings: Findings): SecurityScheme {
  const type = textAt(scheme, 'type')
  if (type !== 'apiKey') {
    // Observed words.
    findings.warnings.push(`Unsupported security definition type '${type}' for '${name}'. Ignoring.`)
    return { kind: 'ignored' }
  }
  if (textAt(scheme, 'name')?.toLowerCase() === 'x-api-key' && textAt(scheme, 'in') === 'header') {
    return { kind: 'api-key' }
  }
  findings.warnings.push(`Unsupported API key for '${name}': API keys are in the header 'x-api-key'. Ignoring.`)
  return { kind: 'ignored' }
}

function readAuthorizer(name: string, scheme: JsonObject, findings: Findings): SecurityScheme {
  const extension = objectAt(scheme, 'x-amazon-apigateway-authorizer')
  const type = authorizerTypes[textAt(extension, 'type')?.toLowerCase() ?? '']
  if (!type) {
    findings.errors.push(
      `Unable to create authorizer '${name}': Invalid authorizer type specified: ${textAt(extension, 'type')}`,
    )
    return { kind: 'unusable' }
  }
  for (const member of Object.keys(extension)) {
    if (!authorizerMembers.includes(member)) {
      findings.warnings.push(`Unsupported member '${member}' of authorizer '${name}'. Ignoring.`)
    }
  }
  return { kind: 'authorizer', authorizer: { name, type, ...readMembers(name, type, scheme, extension, findings) } }
}

function readMembers(
  name: string,
  type: AuthorizerType,
  scheme: JsonObject,
  extension: JsonObject,
  findings: Findings,
): Omit<AuthorizerDefinition, 'name' | 'type'> {
  const authType = textAt(scheme, 'x-amazon-apigateway-authtype')
  const authorizerUri = textAt(extension, 'authorizerUri')
  const authorizerCredentials = textAt(extension, 'authorizerCredentials')
  const identitySource = textAt(extension, 'identitySource') ?? (type === 'REQUEST' ? undefined : sourceOf(scheme))
  const identityValidationExpression = textAt(extension, 'identityValidationExpression')
  const place = `authorizerResultTtlInSeconds of authorizer '${name}'`
  const ttl = readNumber(extension['authorizerResultTtlInSeconds'], place, findings)
  const providerARNs = textsAt(extension, 'providerARNs')
  return {
    ...(authType !== undefined && authType !== defaultAuthType(type) && { authType }),
    ...(providerARNs.length > 0 && { providerARNs }),
    ...(authorizerUri !== undefined && { authorizerUri }),
    ...(authorizerCredentials !== undefined && { authorizerCredentials }),
    ...(identitySource !== undefined && { identitySource }),
    ...(identityValidationExpression !== undefined && { identityValidationExpression }),
    ...(ttl !== undefined && { authorizerResultTtlInSeconds: ttl }),
  }
}

/** What an authorizer without an `authType` of its own shows. */
export function defaultAuthType(type: AuthorizerType): string {
  return type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom'
}

/** Observed: without an identity source of its own, an authorizer reads the header that the scheme names. */
function sourceOf(scheme: JsonObject): string | undefined {
  const header = textAt(scheme, 'name')
  return header === undefined || textAt(scheme, 'in') !== 'header' ? undefined : `method.request.header.${header}`
}
