import { JsonSyntaxError, parseJson } from '../../../../json/parse.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../json/value.ts'
import { writeJson } from '../../../../json/write.ts'
import type { FunctionResult } from '../../../../lambda/invoker.ts'
import { compilePolicy, type Policy } from '../../../../policy/policy.ts'
import { PolicyError } from '../../../../policy/policy-error.ts'
import { authorizerFailure, unauthorized } from './failure.ts'

/** What an authorizer's function says about a caller. */
export interface AuthorizerResult {
  /** What the caller may do. */
  readonly allows: Policy | boolean
  /** Absent: a simple response, or a policy without it. */
  readonly principalId?: string
  /** Whatever the function wants routes to be told. */
  readonly context: JsonObject | null
}

/**
 * Reads what an authorizer's function returned.
 *
 * @param isSimple `enableSimpleResponses`: `{isAuthorized, context}` is asked for, and a policy otherwise.
 * @throws {GatewayError} `UNAUTHORIZED` for a function that failed with exactly this word,
 *   `AUTHORIZER_CONFIGURATION_ERROR` for everything that is no such result.
 */
export function parseResult({ payload, functionError }: FunctionResult, isSimple: boolean): AuthorizerResult {
  const value = parsed(payload)
  if (functionError) {
    const isRefusal = isJsonObject(value) && value.get('errorMessage') === 'Unauthorized'
    throw isRefusal ? unauthorized('The function refused the caller') : authorizerFailure('The function failed')
  }
  if (!isJsonObject(value)) throw authorizerFailure('The result is no object')
  const context = contextOf(value)
  return isSimple
    ? { allows: isAuthorized(value), context }
    : { ...principalOf(value), allows: policyOf(value), context }
}

function parsed(payload: string): JsonValue {
  try {
    return parseJson(payload)
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause
    throw authorizerFailure('The result is no JSON', cause)
  }
}

function isAuthorized(result: JsonObject): boolean {
  const value = result.get('isAuthorized')
  if (typeof value !== 'boolean') throw authorizerFailure('The result has no isAuthorized of true or false')
  return value
}

function principalOf(result: JsonObject): { principalId?: string } {
  const principalId = result.get('principalId') ?? null
  if (principalId === null) return {}
  if (typeof principalId !== 'string') throw authorizerFailure('principalId is not a string')
  return { principalId }
}

function policyOf(result: JsonObject): Policy {
  const document = result.get('policyDocument') ?? null
  if (!isJsonObject(document)) throw authorizerFailure('The result has no policyDocument')
  try {
    return compilePolicy(writeJson(document), 'identity')
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause
    throw authorizerFailure('policyDocument is no policy', cause)
  }
}

function contextOf(result: JsonObject): JsonObject | null {
  const context = result.get('context') ?? null
  if (context !== null && !isJsonObject(context)) throw authorizerFailure('context is not an object')
  return context
}
