import { JsonSyntaxError, parseJson } from '../../../json/parse.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../json/value.ts'
import { writeJson } from '../../../json/write.ts'
import type { FunctionResult } from '../../../lambda/invoker.ts'
import { compilePolicy, type Policy } from '../../../policy/policy.ts'
import { PolicyError } from '../../../policy/policy-error.ts'
import { configurationFailure, unauthorized } from './failure.ts'

/** What an authorizer's function says about a caller. */
export interface AuthorizerResult {
  readonly principalId: string
  readonly policy: Policy
  /** The policy's document as JSON. */
  readonly policyDocument: string
  /** Texts, numbers and booleans as texts. */
  readonly context: ReadonlyMap<string, string>
  /** The API key of the caller, where those come from authorizers. */
  readonly usageIdentifierKey?: string
}

/** Documented: characters of an ARN in the policy. */
const maxResourceLength = 512

const members: ReadonlySet<string> = new Set(['principalId', 'policyDocument', 'context', 'usageIdentifierKey'])

/**
 * Reads what an authorizer's function returned.
 *
 * @throws {GatewayError} `UNAUTHORIZED` for a function that failed with exactly this word,
 *   `AUTHORIZER_CONFIGURATION_ERROR` for everything that is no such result.
 */
export function parseResult({ payload, functionError }: FunctionResult): AuthorizerResult {
  const value = parsed(payload)
  if (functionError && isJsonObject(value) && value.get('errorMessage') === 'Unauthorized') {
    throw unauthorized('The function refused the caller')
  }
  // Observed words, here and below.
  if (value === null) throw configurationFailure('Could not parse policy')
  // Not the result itself: it may name an API key.
  if (!isJsonObject(value)) throw configurationFailure('Invalid JSON in response: the result is not an object')
  const unknown = [...value.keys()].find((name) => !members.has(name))
  if (unknown !== undefined) {
    throw configurationFailure(`Invalid JSON in response: Unrecognized field "${unknown}" , not marked as ignorable`)
  }
  const usageIdentifierKey = optionalText(value, 'usageIdentifierKey')
  return {
    principalId: principalOf(value),
    ...policyOf(value),
    context: contextOf(value),
    ...(usageIdentifierKey !== undefined && { usageIdentifierKey }),
  }
}

function parsed(payload: string): JsonValue {
  try {
    return parseJson(payload)
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause
    throw configurationFailure(`Invalid JSON in response: ${cause.message}`, cause)
  }
}

function principalOf(result: JsonObject): string {
  const principalId = optionalText(result, 'principalId')
  if (principalId === undefined) throw configurationFailure('Authorizer response has no principalId')
  return principalId
}

function optionalText(result: JsonObject, name: string): string | undefined {
  const value = result.get(name) ?? null
  if (value === null) return undefined
  if (Array.isArray(value) || isJsonObject(value)) {
    throw configurationFailure(`Invalid JSON in response: ${name} is not a string`)
  }
  return scalarText(value)
}

function policyOf(result: JsonObject): Pick<AuthorizerResult, 'policy' | 'policyDocument'> {
  const document = result.get('policyDocument') ?? null
  if (!isJsonObject(document)) throw configurationFailure('Could not parse policy')
  const policyDocument = writeJson(document)
  checkResources(document)
  try {
    return { policy: compilePolicy(policyDocument, 'identity'), policyDocument }
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause
    throw configurationFailure(`Could not parse policy: ${policyDocument}`, cause)
  }
}

function checkResources(document: JsonObject): void {
  for (const statement of listed(document.get('Statement'))) {
    for (const resource of isJsonObject(statement) ? listed(statement.get('Resource')) : []) {
      if (typeof resource === 'string' && resource.length > maxResourceLength) {
        throw configurationFailure(`Could not parse policy: a resource is longer than ${maxResourceLength} characters`)
      }
    }
  }
}

function listed(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** Documented: neither objects nor lists. */
function contextOf(result: JsonObject): ReadonlyMap<string, string> {
  const context = result.get('context') ?? null
  if (context === null) return new Map()
  if (!isJsonObject(context)) throw configurationFailure('Invalid JSON in response: context is not an object')
  const texts = [...context].map(([name, value]): [string, string] => {
    if (value === null || Array.isArray(value) || isJsonObject(value)) {
      throw configurationFailure(`Invalid JSON in response: context.${name} is not a string, a number or a boolean`)
    }
    return [name, scalarText(value)]
  })
  return new Map(texts)
}

function scalarText(value: Exclude<JsonValue, null | JsonValue[] | JsonObject>): string {
  return typeof value === 'string' ? value : writeJson(value)
}
