import type { Reader } from '../../storage/store.ts'
import { authorizers } from '../authorizer/authorizer.ts'
import { invalidParameter, parseMethodParameter } from '../mapping-expression.ts'
import { requireModels } from '../model/model.ts'
import { badRequest } from '../refusal.ts'
import { requestValidators } from '../request-validator/request-validator.ts'
import type { MethodRecord } from './method.ts'

const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY']
const authorizationTypes = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']
const invalidAuthorizer =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.'

/** @throws {ServiceError} `BadRequestException` unless `verb` is a verb that a method or a backend can have. */
export function checkVerb(verb: string): void {
  if (!verbs.includes(verb)) throw badRequest(`Invalid HttpMethod specified. Valid options are ${verbs}`)
}

/**
 * Checks a method's settings, in the observed order, against the API that it belongs to.
 * @throws {ServiceError} `BadRequestException` for the first that does not hold.
 */
export async function checkMethod(
  reader: Reader,
  scope: string,
  restApiId: string,
  method: MethodRecord,
): Promise<void> {
  checkVerb(method.httpMethod)
  await checkAuthorization(reader, scope, restApiId, method)
  const { requestValidatorId } = method
  if (requestValidatorId && !(await reader.get(requestValidators, scope, `${restApiId}/${requestValidatorId}`))) {
    throw badRequest('Invalid Request Validator identifier specified')
  }
  await requireModels(reader, scope, restApiId, method.requestModels)
  checkParameters(method.requestParameters)
}

/** Whether the method's authorization is done by an authorizer. */
export function usesAuthorizer({ authorizationType }: Pick<MethodRecord, 'authorizationType'>): boolean {
  return authorizationType === 'CUSTOM' || authorizationType === 'COGNITO_USER_POOLS'
}

async function checkAuthorization(reader: Reader, scope: string, restApiId: string, method: MethodRecord) {
  const { authorizationType, authorizerId, authorizationScopes = [] } = method
  if (!authorizationTypes.includes(authorizationType)) {
    throw badRequest(`Invalid Authorization type specified. Valid options are ${authorizationTypes}`)
  }
  if (usesAuthorizer(method)) {
    const known = authorizerId && (await reader.get(authorizers, scope, `${restApiId}/${authorizerId}`))
    if (!known) throw badRequest(invalidAuthorizer)
  }
  if (authorizationScopes.length > 0 && authorizationType !== 'COGNITO_USER_POOLS') {
    throw badRequest('Authorization Scopes are only valid for COGNITO_USER_POOLS authorization type')
  }
}

function checkParameters(parameters: Readonly<Record<string, boolean>> = {}): void {
  const names = Object.keys(parameters).map((expression) => {
    const parameter = parseMethodParameter(expression)
    if (!parameter) throw invalidParameter(expression)
    return parameter.name
  })
  if (new Set(names).size < names.length) {
    throw badRequest('Parameter names must be unique across querystring, header and path')
  }
}
