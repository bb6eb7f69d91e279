import { readNumber } from '../../document/read-number.ts'
import { flagAt, isList, isObject, type JsonObject, objectAt, textAt, textsAt } from '../../json.ts'
import type { AuthorizerDefinition } from '../definition.ts'
import type { HttpFindings } from './context.ts'

/** What requiring a security scheme means for a route. */
export type SecurityScheme =
  | { readonly kind: 'iam' }
  | { readonly kind: 'authorizer'; readonly authorizer: AuthorizerDefinition }
  /** Nothing: it is none that the service knows. */
  | { readonly kind: 'ignored' }
  /** Routes that require it cannot be. */
  | { readonly kind: 'unusable' }

/** By name. */
export type SecuritySchemes = ReadonlyMap<string, SecurityScheme>

const extension = 'x-amazon-apigateway-authorizer'
const discovery = /\/\.well-known\/openid-configuration$/
const jwtMembers = ['type', 'identitySource', 'jwtConfiguration']
const functionMembers = [
  'type',
  'identitySource',
  'authorizerUri',
  'authorizerCredentials',
  'authorizerPayloadFormatVersion',
  'authorizerResultTtlInSeconds',
  'enableSimpleResponses',
]

/** Reads `components.securitySchemes`. */
export function readSecuritySchemes(root: JsonObject, findings: HttpFindings): SecuritySchemes {
  const schemes = objectAt(objectAt(root, 'components'), 'securitySchemes')
  return new Map(
    Object.entries(schemes).map(([name, scheme]) => [
      name,
      isObject(scheme) ? readScheme(name, scheme, findings) : { kind: 'ignored' },
    ]),
  )
}

function readScheme(name: string, scheme: JsonObject, findings: HttpFindings): SecurityScheme {
  if (textAt(scheme, 'x-amazon-apigateway-authtype')?.toLowerCase() === 'awssigv4') return { kind: 'iam' }
  const source = scheme[extension]
  if (!isObject(source)) {
    findings.warnings.push(
      `Unsupported security definition type '${textAt(scheme, 'type')}' for '${name}': HTTP APIs need ${extension}. Ignoring.`,
    )
    return { kind: 'ignored' }
  }
  const type = textAt(source, 'type')?.toLowerCase()
  if (type === 'jwt') {
    reportUnknown(name, source, jwtMembers, findings)
    return { kind: 'authorizer', authorizer: readJwt(name, source, scheme) }
  }
  if (type === 'request') {
    reportUnknown(name, source, functionMembers, findings)
    return { kind: 'authorizer', authorizer: readFunction(name, source, scheme, findings) }
  }
  findings.warnings.push(`Unable to create Authorizer '${name}': HTTP APIs support the types jwt and request only.`)
  return { kind: 'unusable' }
}

/** Documented: an issuer that is not named is the one of the scheme's `openIdConnectUrl`. */
function readJwt(name: string, source: JsonObject, scheme: JsonObject): AuthorizerDefinition {
  const jwt = objectAt(source, 'jwtConfiguration')
  const issuer = textAt(jwt, 'issuer') ?? textAt(scheme, 'openIdConnectUrl')?.replace(discovery, '')
  return {
    Name: name,
    AuthorizerType: 'JWT',
    IdentitySource: readIdentitySource(source) ?? ['$request.header.Authorization'],
    JwtConfiguration: { ...(issuer !== undefined && { Issuer: issuer }), Audience: audienceOf(jwt) },
  }
}

function audienceOf(jwt: JsonObject): string[] {
  const single = textAt(jwt, 'audience')
  return single === undefined ? textsAt(jwt, 'audience') : [single]
}

function readFunction(
  name: string,
  source: JsonObject,
  scheme: JsonObject,
  findings: HttpFindings,
): AuthorizerDefinition {
  const uri = textAt(source, 'authorizerUri')
  const credentials = textAt(source, 'authorizerCredentials')
  const version = textAt(source, 'authorizerPayloadFormatVersion')
  const place = `authorizerResultTtlInSeconds of authorizer '${name}'`
  const ttl = readNumber(source['authorizerResultTtlInSeconds'], place, findings)
  return {
    Name: name,
    AuthorizerType: 'REQUEST',
    IdentitySource: readIdentitySource(source) ?? sourceOf(scheme),
    ...(uri !== undefined && { AuthorizerUri: uri }),
    ...(credentials !== undefined && { AuthorizerCredentialsArn: credentials }),
    // YAML reads 2.0 as a number, which prints as 2.
    ...(version !== undefined && { AuthorizerPayloadFormatVersion: formatVersion(version) }),
    ...(ttl !== undefined && { AuthorizerResultTtlInSeconds: ttl }),
    ...('enableSimpleResponses' in source && { EnableSimpleResponses: flagAt(source, 'enableSimpleResponses') }),
  }
}

/** A version as the service writes it: YAML reads 2.0 as a number, which prints as 2. */
export function formatVersion(text: string): string {
  return /^\d$/.test(text) ? `${text}.0` : text
}

/** A list, or a text with commas. */
function readIdentitySource(source: JsonObject): string[] | undefined {
  const { identitySource } = source
  if (identitySource === undefined) return undefined
  if (isList(identitySource)) return textsAt(source, 'identitySource')
  const parts = (textAt(source, 'identitySource') ?? '').split(',')
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Without an identity source of its own, an authorizer reads the header that the scheme names. */
function sourceOf(scheme: JsonObject): string[] {
  const header = textAt(scheme, 'in') === 'header' ? textAt(scheme, 'name') : undefined
  return header === undefined ? [] : [`$request.header.${header}`]
}

function reportUnknown(name: string, source: JsonObject, members: readonly string[], findings: HttpFindings): void {
  for (const member of Object.keys(source)) {
    if (!members.includes(member)) {
      findings.warnings.push(`Unsupported member '${member}' of authorizer '${name}'. Ignoring.`)
    }
  }
}
