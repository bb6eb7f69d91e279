import { javaPattern } from '../../pattern/java-pattern.ts'
import type { LambdaAuthorizer, RestAuthorizer, UserPoolAuthorizer } from '../../snapshot/authorizer.ts'
import { isLambdaInvocation, parseAwsTarget } from '../../snapshot/aws-target.ts'
import { areCallers } from '../../snapshot/caller-credentials.ts'
import type { AuthorizerRecord } from '../authorizer/authorizer.ts'
import { defaultTtl } from '../authorizer/rules.ts'
import type { MethodRecord } from '../method/method.ts'
import type { Definition } from './definition.ts'

/** Freezes who decides about the callers of a method. @returns Undefined for a method that anybody may call. */
export function freezeAuthorizer(
  method: MethodRecord,
  authorizers: Definition['authorizers'],
): RestAuthorizer | undefined {
  const { authorizationType, authorizerId = '', authorizationScopes = [] } = method
  if (authorizationType === 'NONE') return undefined
  if (authorizationType === 'AWS_IAM') return { type: authorizationType }
  const authorizer = authorizers.get(authorizerId)
  // A method that is to be closed is never frozen as an open one.
  if (!authorizer || authorizationProblem(authorizers)(method)) {
    throw new TypeError(`A method of authorization type ${authorizationType} cannot be frozen`)
  }
  const { type } = authorizer
  return type === 'COGNITO_USER_POOLS'
    ? freezeUserPools(authorizer, authorizationScopes)
    : freezeFunction(type, authorizer)
}

/** Freezes an authorizer of user pools. */
export function freezeUserPools(
  { id, providerARNs = [], identitySource, identityValidationExpression }: AuthorizerRecord,
  scopes: readonly string[],
): UserPoolAuthorizer {
  return {
    type: 'COGNITO_USER_POOLS',
    authorizerId: id,
    providerArns: providerARNs,
    identitySource: identitySource || 'method.request.header.Authorization',
    ...(identityValidationExpression && { identityValidationExpression }),
    scopes,
  }
}

/** Freezes a Lambda authorizer. */
export function freezeFunction(type: LambdaAuthorizer['type'], authorizer: AuthorizerRecord): LambdaAuthorizer {
  const { id, authorizerUri = '', authorizerCredentials, identitySource, identityValidationExpression } = authorizer
  return {
    type,
    authorizerId: id,
    uri: authorizerUri,
    ...(authorizerCredentials && { credentials: authorizerCredentials }),
    ...(identitySource && { identitySource }),
    ...(identityValidationExpression && { identityValidationExpression }),
    resultTtlInSeconds: authorizer.authorizerResultTtlInSeconds ?? defaultTtl,
  }
}

/** Finds what of a method's authorization cannot be enforced, in the words that follow the method's place. */
export function authorizationProblem(authorizers: Definition['authorizers']) {
  return ({ authorizationType, authorizerId = '' }: MethodRecord): string | false => {
    if (authorizationType === 'NONE' || authorizationType === 'AWS_IAM') return false
    const authorizer = authorizers.get(authorizerId)
    const isCustom = authorizer?.type === 'TOKEN' || authorizer?.type === 'REQUEST'
    if (!authorizer || authorizationType !== (isCustom ? 'CUSTOM' : authorizer.type)) {
      return `has authorizationType ${authorizationType}, but an authorizer of type ${authorizer?.type}`
    }
    const problem = authorizerProblem(authorizer)
    return problem && `has an authorizer with ${problem}`
  }
}

function authorizerProblem(authorizer: AuthorizerRecord): string | false {
  const { type, identityValidationExpression: expression, authorizerCredentials, authorizerUri = '' } = authorizer
  if (expression !== undefined && !javaPattern(expression)) {
    return `identityValidationExpression ${expression}, which this version cannot match in linear time`
  }
  if (type === 'COGNITO_USER_POOLS') return false
  if (areCallers(authorizerCredentials ?? ''))
    return `authorizerCredentials ${authorizerCredentials}, which are no role's`
  const target = parseAwsTarget(authorizerUri)
  return !(target && isLambdaInvocation(target)) && `authorizerUri ${authorizerUri}, which invokes no Lambda function`
}
