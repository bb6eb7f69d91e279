import type { PolicyStatement } from '../../snapshot/function.ts'
import { partitionOf } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { invalidParameter } from '../error.ts'
import type { LambdaInput } from '../operations.ts'

/**
 * The policy statement of a permission, its members in Lambda's order.
 *
 * @param resource ARN of the function, version or alias.
 * @throws {ServiceError} `InvalidParameterValueException` for a principal that is no service, account, user, role or `*`.
 */
export function renderStatement(
  input: LambdaInput<'AddPermission'>,
  resource: string,
  caller: Caller,
): PolicyStatement {
  const condition = renderCondition(input)
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: renderPrincipal(input.Principal, partitionOf(caller.region)),
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }
}

function renderPrincipal(principal: string, partition: string): PolicyStatement['Principal'] {
  if (principal === '*') return principal
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal }
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` }
  if (/^arn:aws[a-zA-Z-]*:(iam|sts)::\d{12}:.+$/.test(principal)) return { AWS: principal }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.')
}

type Condition = NonNullable<PolicyStatement['Condition']>

function renderCondition(input: LambdaInput<'AddPermission'>): Condition {
  const equals = present({
    'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType,
    'aws:PrincipalOrgID': input.PrincipalOrgID,
    'AWS:SourceAccount': input.SourceAccount,
    'lambda:EventSourceToken': input.EventSourceToken,
  })
  const bool = present({ 'lambda:InvokedViaFunctionUrl': input.InvokedViaFunctionUrl?.toString() })
  const arnLike = present({ 'AWS:SourceArn': input.SourceArn })
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(Object.keys(bool).length > 0 && { Bool: bool }),
    ...(Object.keys(arnLike).length > 0 && { ArnLike: arnLike }),
  }
}

function present(tests: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tests).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
