import type { QuotaPeriodType, UsagePlan } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'

/** Who may call which stages how often: the terms that its API keys share. */
export interface UsagePlanRecord {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly apiStages: PlannedStage[]
  readonly throttle?: ThrottleRecord
  readonly quota?: QuotaRecord
  /** AWS Marketplace product. */
  readonly productCode?: string
  readonly tags: Record<string, string>
}

/** A stage that the keys of a plan may call. */
export interface PlannedStage {
  readonly apiId: string
  readonly stage: string
  /** By `{resource path}/{VERB}`: `/pets/GET`, `//GET` for the root. */
  readonly throttle?: Record<string, ThrottleRecord>
}

export interface ThrottleRecord {
  /** Calls at once. */
  readonly burstLimit?: number
  /** Calls per second. */
  readonly rateLimit?: number
}

export interface QuotaRecord {
  /** Calls in one period. */
  readonly limit: number
  /** The day on which a period starts: 0 is Sunday in a week, and the first in a month. */
  readonly offset: number
  readonly period: QuotaPeriodType
}

/** A plan in the making: whether its quota is whole is seen when all operations of a patch are done. */
export type UsagePlanDraft = Omit<UsagePlanRecord, 'quota'> & { readonly quota?: Partial<QuotaRecord> }

/** By `{usagePlanId}`. */
export const usagePlans = collection<UsagePlanRecord>('usage-plan')

/** @throws {ServiceError} `NotFoundException` for an id that names no usage plan. */
export async function requireUsagePlan(reader: Reader, scope: string, id: string): Promise<UsagePlanRecord> {
  const plan = await reader.get(usagePlans, scope, id)
  if (!plan) throw notFound('Invalid Usage Plan ID specified')
  return plan
}

/** All plans of an account and region. */
export async function allUsagePlans(reader: Reader, scope: string): Promise<UsagePlanRecord[]> {
  const entries = await reader.list(usagePlans, scope)
  return entries.map(({ document }) => document)
}

/** The answer to a get or an update. Observed: it has `tags` even when there are none. */
export function presentUsagePlan(plan: UsagePlanRecord): UsagePlan {
  return { ...plan, apiStages: plan.apiStages.map((stage) => ({ ...stage, throttle: nonEmpty(stage.throttle) })) }
}

/** The answer to a create, and an item of a list. Observed: without `tags` when there are none. */
export function presentListedUsagePlan(plan: UsagePlanRecord): UsagePlan {
  return { ...presentUsagePlan(plan), tags: nonEmpty(plan.tags) }
}
