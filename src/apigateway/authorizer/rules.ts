import { isLambdaInvocation, parseAwsTarget } from '../../snapshot/aws-target.ts'
import { parseArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { checkPassRole } from '../pass-role.ts'
import { badRequest } from '../refusal.ts'
import type { AuthorizerRecord } from './authorizer.ts'

/** Documented: seconds; 0 caches nothing. */
const maxTtl = 3600
export const defaultTtl = 300

/** What a patch says about a TTL that is not a number, and a check about one out of range. */
export const invalidTtl = `Invalid authorizerResultTtlInSeconds specified. It must be between 0 and ${maxTtl}`

const region = /^[a-z]{2}(?:-[a-z]+)+-\d$/
const header = /^method\.request\.header\.[a-zA-Z0-9._-]+$/
const requestSource =
  /^(?:method\.request\.(?:header|querystring)\.[a-zA-Z0-9._$-]+|stageVariables\.\w+|context\.[a-zA-Z0-9._-]+)$/
const userPool = /^userpool\/[\w-]+_[0-9a-zA-Z]+$/

/**
 * Checks an authorizer's settings for themselves.
 * @throws {ServiceError} `BadRequestException` for the first that does not hold; `AccessDeniedException` for a role of
 *   another account.
 */
export function checkAuthorizer(authorizer: AuthorizerRecord, caller: Caller): void {
  const { name, type, authorizerResultTtlInSeconds: ttl = defaultTtl } = authorizer
  if (name.trim() === '') throw badRequest('Authorizer name cannot be blank')
  if (!(Number.isInteger(ttl) && ttl >= 0 && ttl <= maxTtl)) throw badRequest(invalidTtl)
  if (type === 'COGNITO_USER_POOLS') checkUserPools(authorizer)
  else checkFunction(authorizer, caller)
  if (type === 'REQUEST') checkRequestSources(authorizer.identitySource, ttl)
  else checkTokenSource(authorizer.identitySource)
}

function checkUserPools({ providerARNs = [], authorizerUri, authorizerCredentials }: AuthorizerRecord): void {
  if (authorizerUri !== undefined || authorizerCredentials !== undefined) {
    throw badRequest('Authorizers of type COGNITO_USER_POOLS take no authorizerUri and no authorizerCredentials')
  }
  if (providerARNs.length === 0) {
    throw badRequest('Provider ARNs must be specified for authorizers of type COGNITO_USER_POOLS')
  }
  for (const text of providerARNs) {
    const arn = parseArn(text)
    if (arn?.service !== 'cognito-idp' || !userPool.test(arn.resource)) {
      throw badRequest(`Invalid Cognito User Pool ARN specified: ${text}`)
    }
  }
}

function checkFunction({ type, providerARNs = [], ...authorizer }: AuthorizerRecord, caller: Caller): void {
  if (providerARNs.length > 0) throw badRequest(`Authorizers of type ${type} take no providerARNs`)
  checkUri(authorizer.authorizerUri)
  if (authorizer.authorizerCredentials !== undefined) checkPassRole(authorizer.authorizerCredentials, caller)
}

/** Observed: a region that is none is refused. */
function checkUri(uri: string | undefined): void {
  const target = parseAwsTarget(uri ?? '')
  if (!target || !isLambdaInvocation(target) || !region.test(target.region)) {
    throw badRequest(
      `Invalid Authorizer URI: ${uri ?? 'null'}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    )
  }
}

function checkTokenSource(source: string | undefined): void {
  if (source !== undefined && header.test(source)) return
  throw badRequest(
    `Invalid token source expression: ${source ?? 'null'}. The source must be a method request header, matching 'method.request.header.[a-zA-Z0-9._-]+'.`,
  )
}

function checkRequestSources(sources: string | undefined, ttl: number): void {
  if (sources === undefined) {
    // Observed: this is all the service says when there is nothing to cache results by.
    if (ttl > 0) throw badRequest('Invalid request input')
    return
  }
  const wrong = sources.split(',').find((source) => !requestSource.test(source.trim()))
  if (wrong !== undefined) throw badRequest(`Invalid identity source expression: ${wrong.trim()}`)
}
