import { javaPattern } from '../../pattern/java-pattern.ts'
import type { RestAuthorizer } from '../../snapshot/authorizer.ts'
import type { MethodRecord } from '../method/method.ts'
import type { Definition } from './definition.ts'

/** Freezes who decides about the callers of a method. @returns Undefined for a method that anybody may call. */
export function freezeAuthorizer(
  method: MethodRecord,
  authorizers: Definition['authorizers'],
): RestAuthorizer | undefined {
  const { authorizationType, authorizerId = '', authorizationScopes = [] } = method
  if (authorizationType === 'NONE') return undefined
  const authorizer = authorizers.get(authorizerId)
  // A method that is to be closed is never frozen as an open one.
  if (!authorizer || authorizationProblem(authorizers)(method)) {
    throw new TypeError(`A method of authorization type ${authorizationType} cannot be frozen`)
  }
  const { providerARNs = [], identitySource, identityValidationExpression } = authorizer
  return {
    type: 'COGNITO_USER_POOLS',
    authorizerId,
    providerArns: providerARNs,
    identitySource: identitySource || 'method.request.header.Authorization',
    ...(identityValidationExpression && { identityValidationExpression }),
    scopes: authorizationScopes,
  }
}

/** Finds what of a method's authorization cannot be enforced, in the words that follow the method's place. */
export function authorizationProblem(authorizers: Definition['authorizers']) {
  return ({ authorizationType, authorizerId = '' }: MethodRecord): string | false => {
    if (authorizationType === 'NONE') return false
    if (authorizationType !== 'COGNITO_USER_POOLS') {
      return `has authorizationType ${authorizationType}, which this version does not enforce`
    }
    const { type, identityValidationExpression: expression } = authorizers.get(authorizerId) ?? {}
    if (type !== authorizationType)
      return `has authorizationType ${authorizationType}, but an authorizer of type ${type}`
    return (
      expression !== undefined &&
      !javaPattern(expression) &&
      `has an authorizer with identityValidationExpression ${expression}, which this version cannot match in linear time`
    )
  }
}
