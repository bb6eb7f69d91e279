import { hash } from 'node:crypto'
import type { ApiKeyChange, PublishedApiKey, PublishedUsagePlan, UsagePlanChange } from '../../snapshot/api-key.ts'

/** The API keys and usage plans that one thread knows. */
export interface ApiKeys {
  publishKeys(changes: readonly ApiKeyChange[]): void
  publishPlans(changes: readonly UsagePlanChange[]): void
  /** Those of an account in a region, now and later. */
  at(account: string, region: string): ApiKeysOfPlace
}

export interface ApiKeysOfPlace {
  /** The key with a value. Values are found by their hash: how long that takes tells nothing of any key. */
  find(value: string): KnownKey | undefined
  plan(planId: string): PublishedUsagePlan | undefined
}

export interface KnownKey extends PublishedApiKey {
  readonly keyId: string
}

export function apiKeys(): ApiKeys {
  const places = new Map<string, Place>()
  function placeOf(account: string, region: string): Place {
    const name = `${account}/${region}`
    const known = places.get(name) ?? new Place()
    places.set(name, known)
    return known
  }

  return {
    publishKeys(changes) {
      for (const { account, region, keyId, key } of changes) placeOf(account, region).replaceKey(keyId, key)
    },
    publishPlans(changes) {
      for (const { account, region, planId, plan } of changes) {
        const { plans } = placeOf(account, region)
        if (plan) plans.set(planId, plan)
        else plans.delete(planId)
      }
    },
    at: placeOf,
  }
}

/** Most keys that are remembered by their value; further ones are hashed with each call. */
const maxUsed = 10_000

class Place implements ApiKeysOfPlace {
  readonly plans = new Map<string, PublishedUsagePlan>()
  /** By the bytes of their digests, as text of one byte a character: the form that is hashed into and compared fastest. */
  private readonly keys = new Map<string, KnownKey>()
  private readonly digests = new Map<string, string>()

  /**
   * Keys in use, by value. The engine hashes texts with a secret of its own and compares them only where all of the hash is the
   * same, so how long a look takes tells nothing of a key either.
   */
  private readonly used = new Map<string, KnownKey>()

  replaceKey(keyId: string, key: PublishedApiKey | undefined): void {
    this.used.clear()
    this.keys.delete(this.digests.get(keyId) ?? '')
    this.digests.delete(keyId)
    if (!key) return
    const digest = Buffer.from(key.digest, 'base64url').toString('latin1')
    this.keys.set(digest, { ...key, keyId })
    this.digests.set(keyId, digest)
  }

  find(value: string): KnownKey | undefined {
    const used = this.used.get(value)
    if (used) return used
    const key = this.keys.get(hash('sha256', value, 'latin1'))
    if (key && this.used.size < maxUsed) this.used.set(value, key)
    return key
  }

  plan(planId: string): PublishedUsagePlan | undefined {
    return this.plans.get(planId)
  }
}
