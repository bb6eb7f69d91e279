import type { RestOperations } from '../operations.ts'

/** The account's limits, which are the service's own. */
export function accountOperations() {
  return {
    async GetAccount() {
      return {
        apiKeyVersion: '4',
        features: ['UsagePlans'],
        throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
      }
    },
  } satisfies Partial<RestOperations>
}
