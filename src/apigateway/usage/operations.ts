import type { Usage } from '@aws-sdk/client-api-gateway'
import type { Reader } from '../../storage/store.ts'
import { scopeOf } from '../../wire/operation.ts'
import { applyPatch, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { parseNumber } from '../../wire/patch-rules.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest } from '../refusal.ts'
import { keysOfPlan } from '../usage-plan/association.ts'
import { requireKeyOfPlan } from '../usage-plan/key-operations.ts'
import { type QuotaRecord, requireUsagePlan, type UsagePlanRecord } from '../usage-plan/usage-plan.ts'
import { dayOf, daysBetween, periodStart } from './day.ts'
import { usageGrants } from './grant.ts'

const invalidRemaining = 'Invalid remaining specified. It must be a whole number, at least 0'

/** What `UpdateUsage` accepts. */
const usagePatch: PatchTable<{ readonly remaining?: number }> = {
  refuse: strictPaths,
  rules: [{ path: '/remaining', replace: (_, { value }) => ({ remaining: parseNumber(value, invalidRemaining) }) }],
}

/** How much of their quota API keys have used, and still have. Calls are not counted yet: nothing is used. */
export function usageOperations({ store, now }: Dependencies) {
  return {
    async GetUsage({ usagePlanId, keyId, startDate, endDate, ...request }, caller) {
      const scope = scopeOf(caller)
      const days = daysBetween(startDate, endDate, now().getTime())
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
      const date = dayOf(now().getTime())
      const { remaining } = applyPatch(usagePatch, {}, patchOperations)
      return store.write(async (transaction) => {
        const plan = await requireUsagePlan(transaction, scope, usagePlanId)
        await requireKeyOfPlan(transaction, scope, usagePlanId, keyId)
        if (!plan.quota) throw badRequest(`Usage Plan ${usagePlanId} has no quota`)
        if (remaining !== undefined) {
          if (!Number.isInteger(remaining) || remaining < 0) throw badRequest(invalidRemaining)
          await transaction.put(usageGrants, scope, `${usagePlanId}/${keyId}`, { remaining, date })
        }
        const items = { [keyId]: await usageOf(transaction, scope, plan, keyId, [date]) }
        return { usagePlanId, startDate: date, endDate: date, items }
      })
    },
  } satisfies Partial<RestOperations>
}

/** One pair of used and remaining calls for each day. Without a quota nothing remains to be counted down. */
async function usageOf(
  reader: Reader,
  scope: string,
  { id, quota }: UsagePlanRecord,
  keyId: string,
  days: readonly string[],
): Promise<number[][]> {
  if (!quota) return days.map(() => [0, 0])
  const grant = await reader.get(usageGrants, scope, `${id}/${keyId}`)
  const isGranted = (day: string) => grant !== undefined && day >= grant.date && samePeriod(quota, day, grant.date)
  return days.map((day) => [0, grant && isGranted(day) ? grant.remaining : quota.limit])
}

function samePeriod(quota: QuotaRecord, day: string, other: string): boolean {
  return periodStart(quota, day) === periodStart(quota, other)
}
