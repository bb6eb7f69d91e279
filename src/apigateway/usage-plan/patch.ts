import { type PatchOperation, type PatchRule, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText, parseNumber, text, without } from '../../wire/patch-rules.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import { apiStagesRule } from './api-stage.ts'
import { canonicalThrottlePath, methodThrottleRules } from './method-throttle.ts'
import type { QuotaRecord, ThrottleRecord, UsagePlanDraft } from './usage-plan.ts'

const periods = ['DAY', 'WEEK', 'MONTH'] as const

/** What `UpdateUsagePlan` accepts. Observed: its refusals list the paths in this order, and placeholders in `<>`. */
export const usagePlanPatch: PatchTable<UsagePlanDraft> = {
  refuse: (operation, supported) =>
    strictPaths(
      operation,
      supported.map((path) => path.replaceAll('{', '<').replaceAll('}', '>')),
    ),
  rules: [
    text('/name', 'name'),
    optionalText('/description', 'description'),
    apiStagesRule,
    { path: '/quota', remove: (plan) => without(plan, 'quota') },
    quota('limit', (value) => ({ limit: numeric('limit', value) })),
    quota('offset', (value) => ({ offset: numeric('offset', value) })),
    quota('period', (value) => ({ period: parsePeriod(value) })),
    { path: '/throttle', remove: (plan) => without(plan, 'throttle') },
    throttle('rateLimit'),
    throttle('burstLimit'),
    productCode(),
    ...methodThrottleRules,
  ],
}

/** The operation with the slashes of its resource path escaped. */
export function canonicalOperation(operation: PatchOperation): PatchOperation {
  return operation.path === undefined ? operation : { ...operation, path: canonicalThrottlePath(operation.path) }
}

/** A part of the quota; the first one makes the quota, which is checked when all operations are done. */
function quota(member: string, parse: (value: string | undefined) => Partial<QuotaRecord>): PatchRule<UsagePlanDraft> {
  const set: PatchRule<UsagePlanDraft>['replace'] = (plan, { value }) => ({
    ...plan,
    quota: { ...plan.quota, ...parse(value) },
  })
  return { path: `/quota/${member}`, add: set, replace: set }
}

function throttle(member: keyof ThrottleRecord): PatchRule<UsagePlanDraft> {
  const set: PatchRule<UsagePlanDraft>['replace'] = (plan, { value }) => ({
    ...plan,
    throttle: { ...plan.throttle, [member]: numeric(member, value) },
  })
  return { path: `/throttle/${member}`, add: set, replace: set }
}

function productCode(): PatchRule<UsagePlanDraft> {
  const rule = optionalText<UsagePlanDraft>('/productCode', 'productCode')
  return { ...rule, ...(rule.replace && { add: rule.replace }), remove: (plan) => without(plan, 'productCode') }
}

function parsePeriod(value: string | undefined) {
  const period = oneOf(periods, value)
  if (!period) throw badRequest(`Usage Plan quota period must be one of: [${periods.join(', ')}]`)
  return period
}

function numeric(member: string, value: string | undefined): number {
  return parseNumber(value, `Invalid value of ${member}: ${value}`)
}
