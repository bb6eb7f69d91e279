import { parseArn } from '../wire/arn.ts'
import type { Caller } from '../wire/operation.ts'
import { ServiceError } from '../wire/service-error.ts'
import { badRequest } from './refusal.ts'

/**
 * Checks that a caller may hand a role to the service. What the role allows, and who may assume it, is not looked at.
 *
 * @param roleArn Of a role; a star in the place of the account stands for the caller's own.
 * @throws {ServiceError} `BadRequestException` for what is no ARN of IAM, 403 `AccessDeniedException` for a role of another
 *   account.
 */
export function checkPassRole(roleArn: string, { account }: Caller): void {
  const arn = parseArn(roleArn)
  if (arn?.service !== 'iam') throw badRequest('Invalid ARN specified in the request')
  if (arn.account !== '*' && arn.account !== account) {
    throw new ServiceError('AccessDeniedException', 'Cross-account pass role is not allowed.', { status: 403 })
  }
}
