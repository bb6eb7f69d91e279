import { combine } from '../../policy/authorize.ts'
import { evaluate } from '../../policy/evaluate.ts'
import { compilePolicy, type Policy } from '../../policy/policy.ts'
import { PolicyError } from '../../policy/policy-error.ts'
import type { PolicyStatement } from '../../snapshot/function.ts'
import { parseArn } from '../../wire/arn.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { FunctionCaller } from '../invoker.ts'

/**
 * Refuses somebody whose own policies and the function's do not allow an invocation together.
 *
 * @param resource ARN of the function, with the qualifier that is used if there is one.
 * @param policy The function's. Absent: none is known here.
 * @throws {ServiceError} `AccessDeniedException` 403
 */
export function requireCaller({ principal, own }: FunctionCaller, resource: string, policy?: Policy): void {
  const request = { principal, action, resource, context: () => undefined }
  const decision = combine(
    own,
    evaluate(policy ? [policy] : [], request),
    parseArn(resource)?.account === principal.account,
  )
  if (decision.allowed) return
  const why = decision.explicit
    ? `with an explicit deny in ${decision.by === 'identity-based policy' ? 'an' : 'a'} ${decision.by}`
    : `because no ${decision.by} allows the ${action} action`
  const text = `User: ${principal.names[0]} is not authorized to perform: ${action} on resource: ${resource} ${why}`
  throw new ServiceError('AccessDeniedException', text, { status: 403 })
}

const action = 'lambda:InvokeFunction'

/** A function's policy, as users and roles are judged by it. A statement that is none grants nothing. */
export function callerPolicy(statements: readonly PolicyStatement[]): Policy {
  return { statements: statements.flatMap((statement) => compiled(statement)?.statements ?? []) }
}

function compiled(statement: PolicyStatement): Policy | undefined {
  try {
    return compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), 'resource')
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}
