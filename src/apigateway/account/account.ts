import type { Account } from '@aws-sdk/client-api-gateway'
import type { Rate } from '../../limiter/token-bucket.ts'
import { collection, type Reader } from '../../storage/store.ts'

/** What an account has set for all its APIs of a region. */
export interface AccountRecord {
  /** The ARN of the role that execution and access logs are written with. */
  readonly cloudwatchRoleArn?: string
}

/** Under `accountKey`, one for each account and region. */
export const accounts = collection<AccountRecord>('rest-account')

export const accountKey = 'account'

/** The settings of an account that has made some, or none. */
export async function readAccount(reader: Reader, scope: string): Promise<AccountRecord> {
  return (await reader.get(accounts, scope, accountKey)) ?? {}
}

/** The answer. @param rate What is configured for every account; without it there is no limit that could be shown. */
export function presentAccount(account: AccountRecord, rate: Rate | undefined): Account {
  return { ...account, apiKeyVersion: '4', features: ['UsagePlans'], ...(rate && { throttleSettings: rate }) }
}
