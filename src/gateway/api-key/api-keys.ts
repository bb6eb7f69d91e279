import { hash } from 'node:crypto'
import type { ApiKeyChange, PublishedApiKey, PublishedUsagePlan, UsagePlanChange } from '../../snapshot/api-key.ts'

/** The API keys and usage plans that one thread knows. */
export interface ApiKeys {
  publishKeys(changes: readonly ApiKeyChange[]): void
  publishPlans(changes: readonly UsagePlanChange[]): void
  /** The key with a value. Values are found by their hash: how long that takes tells nothing of any key. */
  find(account: string, region: string, value: string): KnownKey | undefined
  plan(account: string, region: string, planId: string): PublishedUsagePlan | undefined
}

export interface KnownKey extends PublishedApiKey {
  readonly keyId: string
}

export function apiKeys(): ApiKeys {
  const byDigest = new Map<string, KnownKey>()
  const digests = new Map<string, string>()
  const plans = new Map<string, PublishedUsagePlan>()
  const name = (account: string, region: string, id: string) => `${account}/${region}/${id}`

  return {
    publishKeys(changes) {
      for (const { account, region, keyId, key } of changes) {
        const known = name(account, region, keyId)
        byDigest.delete(digests.get(known) ?? '')
        digests.delete(known)
        if (!key) continue
        const found = name(account, region, key.digest)
        byDigest.set(found, { ...key, keyId })
        digests.set(known, found)
      }
    },
    publishPlans(changes) {
      for (const { account, region, planId, plan } of changes) {
        if (plan) plans.set(name(account, region, planId), plan)
        else plans.delete(name(account, region, planId))
      }
    },
    find: (account, region, value) => byDigest.get(name(account, region, hash('sha256', value, 'base64url'))),
    plan: (account, region, planId) => plans.get(name(account, region, planId)),
  }
}
