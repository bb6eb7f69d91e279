import type { Reader } from '../../storage/store.ts'
import { badRequest, notFound } from '../refusal.ts'
import { stages } from '../stage/stage.ts'
import type { PlannedStage, QuotaRecord, ThrottleRecord, UsagePlanDraft, UsagePlanRecord } from './usage-plan.ts'

/** Documented. */
const maxMethodThrottles = 20

/** The last day on which a period can start, by its kind. */
const lastOffset = { DAY: 0, WEEK: 6, MONTH: 27 } as const

/** @throws {ServiceError} `BadRequestException` for a setting that the service does not take. */
export function checkedUsagePlan({ quota, ...plan }: UsagePlanDraft): UsagePlanRecord {
  const { name, apiStages, throttle } = plan
  if (name === '') throw badRequest('Usage Plan name cannot be empty')
  if (throttle) checkThrottle(throttle)
  for (const { throttle: methods = {} } of apiStages) {
    if (Object.keys(methods).length > maxMethodThrottles) {
      throw badRequest(`A usage plan cannot have more than ${maxMethodThrottles} method throttles for one stage`)
    }
    for (const limits of Object.values(methods)) checkThrottle(limits)
  }
  return { ...plan, ...(quota && { quota: checkedQuota(quota) }) }
}

/** @throws {ServiceError} `NotFoundException` when one of the stages is not there. */
export async function requireStagesOfPlan(
  reader: Reader,
  scope: string,
  planId: string,
  planned: readonly PlannedStage[],
): Promise<void> {
  for (const { apiId, stage } of planned) {
    if (!(await reader.get(stages, scope, `${apiId}/${stage}`))) throw unknownStage(apiId, stage, planId)
  }
}

/** Observed. */
export function unknownStage(apiId: string, stage: string, planId: string) {
  return notFound(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${planId}`)
}

function checkThrottle({ burstLimit = 0, rateLimit = 0 }: ThrottleRecord): void {
  if (!(Number.isInteger(burstLimit) && burstLimit >= 0)) {
    throw badRequest('Usage Plan throttle burst limit must be a whole number, at least 0')
  }
  if (!(rateLimit >= 0)) throw badRequest('Usage Plan throttle rate limit must be at least 0')
}

function checkedQuota({ limit, offset = 0, period }: Partial<QuotaRecord>): QuotaRecord {
  if (limit === undefined || !Number.isInteger(limit) || limit < 1) {
    throw badRequest('Usage Plan quota limit must be a whole number, at least 1')
  }
  if (period === undefined) throw badRequest('Usage Plan quota period must be one of: [DAY, WEEK, MONTH]')
  const last = lastOffset[period]
  if (!Number.isInteger(offset) || offset < 0 || offset > last) {
    const allowed = last === 0 ? 'zero' : `between 0 and ${last} inclusive`
    throw badRequest(`Usage Plan quota offset must be ${allowed} in the ${period} period`)
  }
  return { limit, offset, period }
}
