import type { Usage } from '@aws-sdk/client-api-gateway'
import { periodStart } from '../../limiter/quota.ts'
import type { Reader, Transaction } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { parseNumber } from '../../wire/patch-rules.ts'
import { reviseApiKey } from '../api-key/revise.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest } from '../refusal.ts'
import { keysOfPlan } from '../usage-plan/association.ts'
import { requireKeyOfPlan } from '../usage-plan/key-operations.ts'
import { type QuotaRecord, requireUsagePlan, type UsagePlanRecord } from '../usage-plan/usage-plan.ts'
import { usageCounts, usageDays } from './count.ts'
import { dayOf, daysBetween } from './day.ts'
import { usageGrants } from './grant.ts'

const invalidRemaining = 'Invalid remaining specified. It must be a whole number, at least 0'

/** What `UpdateUsage` accepts. */
const usagePatch: PatchTable<{ readonly remaining?: number }> = {
  refuse: strictPaths,
  rules: [{ path: '/remaining', replace: (_, { value }) => ({ remaining: parseNumber(value, invalidRemaining) }) }],
}

/** How much of their quota API keys have used, and still have. */
export function usageOperations({ store, now, recordUsage }: Dependencies) {
  return {
    async GetUsage({ usagePlanId, keyId, startDate, endDate, ...request }, caller) {
      const scope = scopeOf(caller)
      const days = daysBetween(startDate, endDate, now().getTime())
      await recordUsage()
      return store.read(async (reader) => {
        const plan = await requireUsagePlan(reader, scope, usagePlanId)
        const ids = (await keysOfPlan(reader, scope, usagePlanId)).filter((id) => keyId === undefined || id === keyId)
        const { items, ...rest } = page(ids, (id) => id, request)
        const usages = items.map(async (id) => [id, await usageOf(reader, scope, plan, id, days)] as const)
        return { usagePlanId, startDate, endDate, items: Object.fromEntries(await Promise.all(usages)), ...rest }
      })
    },

    async UpdateUsage({ usagePlanId, keyId, patchOperations }, caller): Promise<Usage> {
      const scope = scopeOf(caller)
      const nowMs = now().getTime()
      const date = dayOf(nowMs)
      const { remaining } = applyPatch(usagePatch, {}, patchOperations)
      await recordUsage()
      return store.write(async (transaction) => {
        const plan = await requireUsagePlan(transaction, scope, usagePlanId)
        await requireKeyOfPlan(transaction, scope, usagePlanId, keyId)
        if (!plan.quota) throw badRequest(`Usage Plan ${usagePlanId} has no quota`)
        if (remaining !== undefined) {
          if (!Number.isInteger(remaining) || remaining < 0) throw badRequest(invalidRemaining)
          await grant(transaction, scope, { plan, quota: plan.quota, keyId, remaining, nowMs })
        }
        const items = { [keyId]: await usageOf(transaction, scope, plan, keyId, [date]) }
        return { usagePlanId, startDate: date, endDate: date, items }
      })
    },
  } satisfies Partial<RestOperations>
}

interface Granting {
  readonly plan: UsagePlanRecord
  readonly quota: QuotaRecord
  readonly keyId: string
  readonly remaining: number
  readonly nowMs: number
}

/** Lets a key make so many calls more in the present period. */
async function grant(transaction: Transaction, scope: string, granting: Granting): Promise<void> {
  const { plan, quota, keyId, remaining, nowMs } = granting
  const start = periodStart(quota, nowMs)
  const count = await transaction.get(usageCounts, scope, `${plan.id}/${keyId}`)
  const used = count?.start === start ? count.used : 0
  const day = dayNumber(dayOf(nowMs))
  await transaction.put(usageGrants, scope, `${plan.id}/${keyId}`, { start, limit: used + remaining, day })
  await reviseApiKey(transaction, scope, keyId)
}

/** One pair of used and remaining calls for each day. Without a quota nothing remains to be counted down. */
async function usageOf(
  reader: Reader,
  scope: string,
  { id, quota }: UsagePlanRecord,
  keyId: string,
  days: readonly string[],
): Promise<number[][]> {
  const granted = await reader.get(usageGrants, scope, `${id}/${keyId}`)
  const entries = await reader.list(usageDays, scope, { prefix: `${id}/${keyId}/` })
  const used = new Map(entries.map(({ key, document }) => [dayNumber(key.slice(-dayLength)), document.used]))
  return days.map((text) => {
    const day = dayNumber(text)
    if (!quota) return [used.get(day) ?? 0, 0]
    const start = periodStart(quota, day * dayMs)
    let soFar = 0
    for (let each = start; each <= day; each++) soFar += used.get(each) ?? 0
    const limit = granted?.start === start && day >= granted.day ? granted.limit : quota.limit
    return [used.get(day) ?? 0, Math.max(0, limit - soFar)]
  })
}

const dayMs = 86_400_000
const dayLength = 'YYYY-MM-DD'.length

/** Days since 1970. */
function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}
