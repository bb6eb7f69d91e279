import { collection } from '../../storage/store.ts'

/** How many calls a key was granted for a quota period, instead of what its plan allows. */
interface UsageGrant {
  /** The day on which the period began, counted from 1970. */
  readonly start: number
  /** Calls in the whole period: those that were used when it was granted among them. */
  readonly limit: number
  /** The day of the grant, counted from 1970. */
  readonly day: number
}

/** By `{usagePlanId}/{apiKeyId}`. */
export const usageGrants = collection<UsageGrant>('usage-grant')
