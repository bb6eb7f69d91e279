import { formatArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { failedConstraint, invalidParameter, notFound } from '../error.ts'

/** A function as a request names it. */
export interface FunctionReference {
  readonly name: string
  /** `$LATEST`, a version's number or an alias; absent for the function as a whole. */
  readonly qualifier?: string
}

const form =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/

const pattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?' +
  '([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?'

const maxNameLength = 64

/**
 * Reads a function's name, partial ARN (`{account}:function:{name}`) or ARN, each with or without a qualifier, together
 * with the request's own qualifier.
 *
 * @throws {ServiceError} `ValidationException` for any other text, `InvalidParameterValueException` for two qualifiers
 *   that differ, `ResourceNotFoundException` for another region, `AccessDeniedException` for another account.
 */
export function readFunctionName(
  functionName: string,
  qualifier: string | undefined,
  caller: Caller,
): FunctionReference {
  const { region, account, name, qualifier: derived } = form.exec(functionName)?.groups ?? {}
  if (name === undefined) throw unreadable(functionName)
  if (region !== undefined && region !== caller.region) {
    throw notFound(`Functions from '${region}' are not reachable in this region ('${caller.region}')`)
  }
  if (account !== undefined && account !== caller.account) throw otherAccount(account, name, caller)
  if (qualifier !== undefined && derived !== undefined && qualifier !== derived) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.')
  }
  const given = qualifier ?? derived
  return given === undefined ? { name } : { name, qualifier: given }
}

/** As {@link readFunctionName}, for a function that is to be made: at most 64 characters, no qualifier. */
export function readNewName(functionName: string, caller: Caller): string {
  const { name, qualifier } = readFunctionName(functionName, undefined, caller)
  if (qualifier !== undefined) throw unreadable(functionName)
  if (name.length > maxNameLength) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: ` +
        `Member must have length less than or equal to ${maxNameLength}`,
    )
  }
  return name
}

/** As {@link readFunctionName}, for operations on a function as a whole. */
export function readUnqualifiedName(functionName: string, caller: Caller): string {
  const { name, qualifier } = readFunctionName(functionName, undefined, caller)
  if (qualifier !== undefined && qualifier !== '$LATEST') {
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. ' +
        'Please specify either a function name or an unqualified function ARN.',
    )
  }
  return name
}

/** The ARN of a function or, with a qualifier, of its version or alias. */
export function functionArn({ region, account }: Pick<Caller, 'region' | 'account'>, name: string, qualifier?: string) {
  const resource = qualifier === undefined ? `function:${name}` : `function:${name}:${qualifier}`
  return formatArn({ service: 'lambda', region, account, resource })
}

/** Whether a qualifier names an alias rather than a version. */
export function isAliasName(qualifier: string): boolean {
  return qualifier !== '$LATEST' && !/^\d+$/.test(qualifier)
}

function unreadable(functionName: string): ServiceError {
  return failedConstraint('functionName', functionName, `Member must satisfy regular expression pattern: ${pattern}`)
}

function otherAccount(account: string, name: string, caller: Caller): ServiceError {
  const resource = functionArn({ region: caller.region, account }, name)
  return new ServiceError(
    'AccessDeniedException',
    `User: arn:aws:iam::${caller.account}:root is not authorized to access this resource: ${resource}`,
    { status: 403 },
  )
}
