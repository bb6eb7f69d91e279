import type { Rate } from '../limiter/token-bucket.ts'
import type { Config } from './settings.ts'

/** What each account may call in each region. @returns Undefined when nothing is configured: as much as the machine gives. */
export function accountRateOf({ accountRateLimit, accountBurstLimit }: Config): Rate | undefined {
  if (accountRateLimit === undefined || accountBurstLimit === undefined) return undefined
  return { rateLimit: accountRateLimit, burstLimit: accountBurstLimit }
}
