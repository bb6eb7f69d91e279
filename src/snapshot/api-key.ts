import type { QuotaPeriod } from '../limiter/quota.ts'
import type { Rate } from '../limiter/token-bucket.ts'

/** What the control plane tells every data-plane thread when an API key, or what it may do, has changed. */
export interface ApiKeyChange {
  readonly account: string
  readonly region: string
  readonly keyId: string
  /** Absent: the key is gone. */
  readonly key?: PublishedApiKey
}

export interface PublishedApiKey {
  /** SHA-256 of the value, in base64url: a thread finds a key without knowing its value. */
  readonly digest: string
  readonly enabled: boolean
  /** The usage plans that the key is in. */
  readonly plans: readonly KeyPlan[]
}

export interface KeyPlan {
  readonly planId: string
  /** What the key was granted instead of the plan's quota, in the period that began on a day. */
  readonly grant?: Grant
}

export interface Grant {
  /** As `periodStart` says. */
  readonly start: number
  /** Calls in the whole period. */
  readonly limit: number
}

/** What the control plane tells every data-plane thread when a usage plan has changed. */
export interface UsagePlanChange {
  readonly account: string
  readonly region: string
  readonly planId: string
  /** Absent: the plan is gone. */
  readonly plan?: PublishedUsagePlan
}

export interface PublishedUsagePlan {
  readonly throttle?: Rate
  /** Calls of each key in a period. */
  readonly quota?: PublishedQuota
  readonly stages: readonly PlannedStage[]
}

export interface PublishedQuota extends QuotaPeriod {
  readonly limit: number
}

export interface PlannedStage {
  readonly apiId: string
  readonly stageName: string
  /** By `{resource path}/{VERB}`: `/pets/GET`, `//GET` for the root. Absent: none. */
  readonly throttle?: Readonly<Record<string, Rate>>
}

/** Names the count of a key's calls under a plan in shared memory. */
export function usageCountName(account: string, region: string, planId: string, keyId: string): string {
  return `usage ${account} ${region} ${planId} ${keyId}`
}

/** The counts of all plans that changed keys are in. */
export function usageCountNames(changes: readonly ApiKeyChange[]): string[] {
  return changes.flatMap(({ account, region, keyId, key }) =>
    (key?.plans ?? []).map(({ planId }) => usageCountName(account, region, planId, keyId)),
  )
}

/** In which period a key's calls are counted under a plan without a quota. */
export const uncapped: PublishedQuota = { period: 'DAY', offset: 0, limit: Number.POSITIVE_INFINITY }
