import type { PatchRule } from '../../wire/patch-operations.ts'
import { badRequest } from '../refusal.ts'
import { unknownStage } from './rules.ts'
import type { PlannedStage, UsagePlanDraft } from './usage-plan.ts'

type HasStages = Pick<UsagePlanDraft, 'apiStages'>

/**
 * Reads `{apiId}:{stage}`.
 * @throws {ServiceError} `BadRequestException` for any other form.
 */
export function parseApiStage(value = ''): PlannedStage {
  const [apiId, stage, ...more] = value.split(':')
  if (!apiId || !stage || more.length > 0) throw badRequest('Invalid API Stage specified')
  return { apiId, stage }
}

/** The row that adds and removes a plan's stages. Adding one that is there changes nothing. */
export const apiStagesRule: PatchRule<UsagePlanDraft> = {
  path: '/apiStages',
  add: (plan, { value }) => {
    const added = parseApiStage(value)
    return includes(plan, added) ? plan : { ...plan, apiStages: [...plan.apiStages, added] }
  },
  remove: (plan, { value }) => {
    const removed = parseApiStage(value)
    if (!includes(plan, removed)) throw unknownStage(removed.apiId, removed.stage, plan.id)
    return { ...plan, apiStages: plan.apiStages.filter((planned) => !isSameStage(planned, removed)) }
  },
}

/** The stages of `plan` that `before` lacks. */
export function addedStages(plan: HasStages, before: HasStages): PlannedStage[] {
  return plan.apiStages.filter((planned) => !includes(before, planned))
}

export function isSameStage(a: PlannedStage, b: PlannedStage): boolean {
  return a.apiId === b.apiId && a.stage === b.stage
}

function includes({ apiStages }: HasStages, stage: PlannedStage): boolean {
  return apiStages.some((planned) => isSameStage(planned, stage))
}
