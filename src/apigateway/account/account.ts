import type { Account } from '@aws-sdk/client-api-gateway'
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

/** The answer: beside the settings, the limits, which are the service's own. */
export function presentAccount(account: AccountRecord): Account {
  return {
    ...account,
    apiKeyVersion: '4',
    features: ['UsagePlans'],
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
  }
}
