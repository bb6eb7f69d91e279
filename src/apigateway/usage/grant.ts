import { collection } from '../../storage/store.ts'

/** How many calls a key was granted for the rest of a quota period. */
interface UsageGrant {
  readonly remaining: number
  /** The day of the grant, UTC: `YYYY-MM-DD`. */
  readonly date: string
}

/** By `{usagePlanId}/{apiKeyId}`. */
export const usageGrants = collection<UsageGrant>('usage-grant')
