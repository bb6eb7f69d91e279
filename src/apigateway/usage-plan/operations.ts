import type * as Sdk from '@aws-sdk/client-api-gateway'
import { type Input, scopeOf } from '../../wire/operation.ts'
import { applyPatch } from '../../wire/patch-operations.ts'
import type { Dependencies } from '../dependencies.ts'
import { insertTopLevel } from '../insert-top-level.ts'
import type { RestOperations } from '../operations.ts'
import { page } from '../paging.ts'
import { badRequest, limitExceeded } from '../refusal.ts'
import { checkedTags } from '../tag/tags.ts'
import { addedStages } from './api-stage.ts'
import { dissociatePlan, plansOfKey, refuseSharedStagesOfPlan } from './association.ts'
import { canonicalOperation, usagePlanPatch } from './patch.ts'
import { checkedUsagePlan, requireStagesOfPlan } from './rules.ts'
import {
  allUsagePlans,
  type PlannedStage,
  presentListedUsagePlan,
  presentUsagePlan,
  requireUsagePlan,
  type UsagePlanRecord,
  usagePlans,
} from './usage-plan.ts'
import { putUsagePlan, reviseUsagePlan } from './usage-plan-change.ts'

/** Documented: plans of one account and region. */
const maxUsagePlans = 300

/** The terms on which API keys may call stages. */
export function usagePlanOperations({ store, newId }: Dependencies) {
  return {
    async CreateUsagePlan(input, caller) {
      const scope = scopeOf(caller)
      const draft = newUsagePlan(input)
      return store.write(async (transaction) => {
        const { length } = await allUsagePlans(transaction, scope)
        if (length >= maxUsagePlans) throw limitExceeded('Usage Plans limit exceeded')
        const plan = await insertTopLevel(transaction, usagePlans, scope, () => ({ ...draft, id: newId(6) }))
        await requireStagesOfPlan(transaction, scope, plan.id, plan.apiStages)
        await reviseUsagePlan(transaction, scope, plan.id)
        return presentListedUsagePlan(plan)
      })
    },

    async GetUsagePlan({ usagePlanId }, caller) {
      return store.read(async (reader) =>
        presentUsagePlan(await requireUsagePlan(reader, scopeOf(caller), usagePlanId)),
      )
    },

    async GetUsagePlans({ keyId, ...request }, caller) {
      const scope = scopeOf(caller)
      const found = await store.read(async (reader) => {
        const plans = await allUsagePlans(reader, scope)
        if (keyId === undefined) return plans
        const ofKey = await plansOfKey(reader, scope, keyId)
        return plans.filter(({ id }) => ofKey.includes(id))
      })
      const { items, ...rest } = page(found, ({ id }) => id, request)
      return { items: items.map(presentListedUsagePlan), ...rest }
    },

    async UpdateUsagePlan({ usagePlanId, patchOperations = [] }, caller) {
      const scope = scopeOf(caller)
      return store.write(async (transaction) => {
        const stored = await requireUsagePlan(transaction, scope, usagePlanId)
        const plan = checkedUsagePlan(applyPatch(usagePlanPatch, stored, patchOperations.map(canonicalOperation)))
        const added = addedStages(plan, stored)
        await requireStagesOfPlan(transaction, scope, usagePlanId, added)
        await refuseSharedStagesOfPlan(transaction, scope, usagePlanId, added)
        await putUsagePlan(transaction, scope, plan)
        return presentUsagePlan(plan)
      })
    },

    async DeleteUsagePlan({ usagePlanId }, caller) {
      const scope = scopeOf(caller)
      await store.write(async (transaction) => {
        const { apiStages } = await requireUsagePlan(transaction, scope, usagePlanId)
        const [attached] = apiStages
        if (attached) {
          throw badRequest(
            `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, ` +
              `including ${attached.apiId}:${attached.stage}`,
          )
        }
        await dissociatePlan(transaction, scope, usagePlanId)
        await transaction.delete(usagePlans, scope, usagePlanId)
        await reviseUsagePlan(transaction, scope, usagePlanId)
      })
      return {}
    },
  } satisfies Partial<RestOperations>
}

/** Checks what a create is given; the id is drawn later. */
function newUsagePlan({ apiStages = [], tags, ...settings }: Input<typeof Sdk, 'CreateUsagePlan'>): UsagePlanRecord {
  return checkedUsagePlan({
    ...settings,
    id: '',
    apiStages: apiStages.map(plannedStage),
    tags: checkedTags(tags),
  })
}

function plannedStage({ apiId, stage, throttle }: Partial<PlannedStage>): PlannedStage {
  // Observed: the text's gaps stay unfilled when a part is missing.
  if (!apiId || !stage) throw badRequest('Invalid API Stage {api: %s, stage: %s} specified for usageplan %s')
  return { apiId, stage, ...(throttle && { throttle }) }
}
