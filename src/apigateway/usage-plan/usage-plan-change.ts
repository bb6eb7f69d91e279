import type { Rate } from '../../limiter/token-bucket.ts'
import type { PublishedUsagePlan, UsagePlanChange } from '../../snapshot/api-key.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { defaultMethodSetting } from '../stage/method-setting.ts'
import { type ThrottleRecord, type UsagePlanRecord, usagePlans } from './usage-plan.ts'

/** The topic of the revisions that tell of changed usage plans; their keys are the ids. */
export const usagePlanTopic = 'usage-plan'

/** Stores a plan, and has the data plane follow it. */
export async function putUsagePlan(transaction: Transaction, scope: string, plan: UsagePlanRecord): Promise<void> {
  await transaction.put(usagePlans, scope, plan.id, plan)
  await reviseUsagePlan(transaction, scope, plan.id)
}

/** Tells the data plane that a plan has changed, or is gone. */
export async function reviseUsagePlan(transaction: Transaction, scope: string, planId: string): Promise<void> {
  await transaction.revise(usagePlanTopic, scope, planId)
}

/** Reads what the data plane must know of one plan. */
export async function readUsagePlanChange(reader: Reader, scope: string, planId: string): Promise<UsagePlanChange> {
  const [account = '', region = ''] = scope.split('/')
  const plan = await reader.get(usagePlans, scope, planId)
  return { account, region, planId, ...(plan && { plan: publishedPlan(plan) }) }
}

/** Reads every plan of every account and region. */
export async function listUsagePlanChanges(reader: Reader): Promise<UsagePlanChange[]> {
  const changes: UsagePlanChange[] = []
  for (const scope of await reader.scopes(usagePlans)) {
    const [account = '', region = ''] = scope.split('/')
    for (const { document } of await reader.list(usagePlans, scope)) {
      changes.push({ account, region, planId: document.id, plan: publishedPlan(document) })
    }
  }
  return changes
}

function publishedPlan({ throttle, quota, apiStages }: UsagePlanRecord): PublishedUsagePlan {
  return {
    ...(throttle && { throttle: rateOf(throttle) }),
    ...(quota && { quota }),
    stages: apiStages.map(({ apiId, stage, throttle: byMethod = {} }) => {
      const rates = Object.entries(byMethod).map(([method, record]) => [method, rateOf(record)] as const)
      return { apiId, stageName: stage, ...(rates.length > 0 && { throttle: Object.fromEntries(rates) }) }
    }),
  }
}

/** What is left open is what a stage's methods have by default. */
function rateOf({ rateLimit, burstLimit }: ThrottleRecord): Rate {
  const { throttlingRateLimit, throttlingBurstLimit } = defaultMethodSetting
  return { rateLimit: rateLimit ?? throttlingRateLimit, burstLimit: burstLimit ?? throttlingBurstLimit }
}
