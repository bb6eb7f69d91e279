import { collection } from '../../storage/store.ts'

/** How many calls a key's present quota period has seen: where counting goes on after a restart. */
interface UsageCount {
  /** The day on which the period began, counted from 1970. */
  readonly start: number
  readonly used: number
}

/** By `{usagePlanId}/{apiKeyId}`. */
export const usageCounts = collection<UsageCount>('usage-count')

/** Calls of one key under one plan on one day, in UTC: by `{usagePlanId}/{apiKeyId}/{YYYY-MM-DD}`. */
export const usageDays = collection<{ readonly used: number }>('usage-day')
