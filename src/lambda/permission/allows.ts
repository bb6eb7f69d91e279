import { matchesArn } from '../../policy/arn-pattern.ts'
import { matchesGlob } from '../../policy/glob.ts'
import type { PolicyStatement } from '../../snapshot/function.ts'

/** What a service wants to do with a function, on its own behalf. */
export interface ServiceRequest {
  /** The service, such as `apigateway.amazonaws.com`. */
  readonly principal: string
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string
  /** The function's ARN, with the qualifier that is used if there is one. */
  readonly resource: string
  /** Resource on whose behalf the service calls, such as a method of an API. */
  readonly sourceArn?: string
  /** Owner of that resource, twelve digits. */
  readonly sourceAccount?: string
}

/**
 * Whether one of the statements lets the service do this. Fails closed: a statement whose condition uses an operator or
 * a key that is unknown here, or a key that the request lacks, allows nothing.
 */
export function allows(statements: readonly PolicyStatement[], request: ServiceRequest): boolean {
  return statements.some((statement) => allowsRequest(statement, request))
}

function allowsRequest(statement: PolicyStatement, request: ServiceRequest): boolean {
  return (
    statement.Effect === 'Allow' &&
    isPrincipal(statement.Principal, request.principal) &&
    // Action names are case-insensitive, ARNs are not (documented).
    matchesGlob(statement.Action.toLowerCase(), request.action.toLowerCase()) &&
    matchesGlob(statement.Resource, request.resource) &&
    Object.entries(statement.Condition ?? {}).every(([operator, tests]) => holds(operator, tests, request))
  )
}

function isPrincipal(principal: PolicyStatement['Principal'], service: string): boolean {
  if (typeof principal === 'string') return principal === '*'
  return 'Service' in principal && principal.Service === service
}

function holds(operator: string, tests: Readonly<Record<string, string>>, request: ServiceRequest): boolean {
  const compare = operators.get(operator)
  if (compare === undefined) return false
  return Object.entries(tests).every(([key, expected]) => {
    const actual = conditionValue(key, request)
    return actual !== undefined && compare(expected, actual)
  })
}

const operators = new Map<string, (expected: string, actual: string) => boolean>([
  ['ArnLike', matchesArn],
  ['StringEquals', (expected, actual) => expected === actual],
])

/** Condition keys are case-insensitive (documented); Lambda itself writes `AWS:SourceArn`. */
function conditionValue(key: string, request: ServiceRequest): string | undefined {
  switch (key.toLowerCase()) {
    case 'aws:sourcearn':
      return request.sourceArn
    case 'aws:sourceaccount':
      return request.sourceAccount
    default:
      return undefined
  }
}
