import { formatArn, partitionOf } from '../wire/arn.ts'
import type { Caller } from '../wire/operation.ts'

/** IAM is global: an account's users, groups, roles and policies are the same in every region. */
export function iamScope({ account }: Pick<Caller, 'account'>): string {
  return `${account}/global`
}

/** The scope of what is found by its id alone, whosever it is: access keys and sessions. */
export const everyAccount = 'every/global'

/**
 * The ARN of something of the caller's account.
 *
 * @param resource Such as `user/division/alice`.
 */
export function iamArn({ account, region }: Pick<Caller, 'account' | 'region'>, resource: string): string {
  return formatArn({ partition: partitionOf(region), service: 'iam', account, resource })
}
