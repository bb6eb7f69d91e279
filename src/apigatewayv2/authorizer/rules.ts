import { checkPassRole } from '../../apigateway/pass-role.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { isLambdaInvocation, parseAwsTarget } from '../../snapshot/aws-target.ts'
import type { Caller } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import type { AuthorizerRecord } from './authorizer.ts'

/** Documented quota. */
const maxAudiences = 50
/** Documented: seconds. */
const maxTtl = 3600

const name = '[^\\s]+'
const tokenSource = new RegExp(`^\\$request\\.(?:header|querystring)\\.${name}$`)
const requestSource = new RegExp(`^\\$(?:request\\.(?:header|querystring)|context|stageVariables)\\.${name}$`)
const webSocketSource = new RegExp(`^(?:route\\.request\\.(?:header|querystring)|context|stageVariables)\\.${name}$`)

/**
 * Checks an authorizer against its API.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold; `AccessDeniedException` for a role
 *   of another account.
 */
export function checkAuthorizer(
  { ProtocolType }: Pick<ApiRecord, 'ProtocolType'>,
  authorizer: AuthorizerRecord,
  caller: Caller,
): void {
  const { Name, AuthorizerType: type, AuthorizerCredentialsArn } = authorizer
  if (!Name) throw badRequest('Name is required')
  if (Name.length > 128) throw badRequest('Invalid authorizer name specified')
  if (AuthorizerCredentialsArn !== undefined) checkPassRole(AuthorizerCredentialsArn, caller)
  if (ProtocolType === 'WEBSOCKET') checkWebSocketAuthorizer(authorizer)
  else if (type === 'JWT') checkJwtAuthorizer(authorizer)
  else checkRequestAuthorizer(authorizer)
}

const requestMembers = [
  'AuthorizerUri',
  'AuthorizerCredentialsArn',
  'AuthorizerPayloadFormatVersion',
  'AuthorizerResultTtlInSeconds',
  'EnableSimpleResponses',
] as const

function checkJwtAuthorizer(authorizer: AuthorizerRecord): void {
  const { JwtConfiguration, IdentitySource } = authorizer
  if (!JwtConfiguration) throw badRequest('JwtConfiguration must not be null for JWT Authorizer')
  refuseMembers(authorizer, [...requestMembers, 'IdentityValidationExpression'], 'JWT')
  const { Issuer = '', Audience = [] } = JwtConfiguration
  if (!isIssuer(Issuer)) throw badRequest(`Invalid issuer: ${Issuer}. Issuer must be an http or https URL`)
  if (Audience.length === 0 || Audience.includes('')) throw badRequest('Audience must be specified for JWT Authorizer')
  if (Audience.length > maxAudiences) {
    throw badRequest(`A JWT Authorizer cannot have more than ${maxAudiences} audiences`)
  }
  if (IdentitySource.length === 0) throw badRequest('IdentitySource must be specified for JWT Authorizer')
  checkSources(IdentitySource, tokenSource)
}

/** An address below which a provider's configuration is found. */
function isIssuer(issuer: string): boolean {
  if (!/^https?:\/\//.test(issuer) || !URL.canParse(issuer)) return false
  const { username, search, hash } = new URL(issuer)
  return username === '' && search === '' && hash === ''
}

function checkRequestAuthorizer(authorizer: AuthorizerRecord): void {
  const { AuthorizerPayloadFormatVersion: version, EnableSimpleResponses, IdentitySource } = authorizer
  const { AuthorizerResultTtlInSeconds: ttl = 0 } = authorizer
  if (version === undefined) {
    throw badRequest('AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer')
  }
  if (version !== '1.0' && version !== '2.0') throw badRequest(`Unsupported AuthorizerPayloadFormatVersion: ${version}`)
  if (EnableSimpleResponses && version !== '2.0') {
    throw badRequest('EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion "2.0".')
  }
  if (ttl < 0 || ttl > maxTtl) {
    throw badRequest(`Authorizer result TTL outside allowable range. TTL must be between 0 and ${maxTtl} seconds.`)
  }
  refuseMembers(authorizer, ['JwtConfiguration', 'IdentityValidationExpression'], 'REQUEST')
  if (ttl > 0 && IdentitySource.length === 0) {
    throw badRequest('Identity source must be set if authorizer caching is enabled (TTL is greater than 0)')
  }
  checkSources(IdentitySource, requestSource)
  checkUri(authorizer)
}

function checkWebSocketAuthorizer(authorizer: AuthorizerRecord): void {
  if (authorizer.AuthorizerType !== 'REQUEST') {
    throw badRequest('Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.')
  }
  const httpMembers = requestMembers.filter((member) => !['AuthorizerUri', 'AuthorizerCredentialsArn'].includes(member))
  refuseMembers(authorizer, [...httpMembers, 'JwtConfiguration'], 'REQUEST on WEBSOCKET protocol Apis')
  const wrong = authorizer.IdentitySource.find((source) => !webSocketSource.test(source))
  if (wrong !== undefined) throw badRequest(`Invalid request identity source expression: ${wrong}`)
  checkUri(authorizer)
}

function refuseMembers(authorizer: AuthorizerRecord, members: readonly (keyof AuthorizerRecord)[], type: string): void {
  const given = members.find((member) => authorizer[member] !== undefined)
  if (given !== undefined) throw badRequest(`${given} is not supported for authorizers of type ${type}`)
}

function checkSources(sources: readonly string[], form: RegExp): void {
  const wrong = sources.find((source) => !form.test(source))
  if (wrong !== undefined) throw badRequest(`Invalid identity source expression: ${wrong}`)
}

function checkUri({ AuthorizerUri }: AuthorizerRecord): void {
  if (AuthorizerUri === undefined) throw badRequest('AuthorizerUri is a required field in an Authorizer')
  const target = parseAwsTarget(AuthorizerUri)
  if (!target || !isLambdaInvocation(target)) {
    throw badRequest(
      `Invalid Authorizer URI: ${AuthorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    )
  }
}
