import type { PatchOperation, PatchRule } from '../../wire/patch-operations.ts'
import { parseNumber, without } from '../../wire/patch-rules.ts'
import { badRequest } from '../refusal.ts'
import { parseApiStage } from './api-stage.ts'
import { unknownStage } from './rules.ts'
import type { PlannedStage, ThrottleRecord, UsagePlanDraft } from './usage-plan.ts'

const verbs = 'GET|PUT|POST|DELETE|PATCH|OPTIONS|HEAD|ANY|\\*'
const methodPath = new RegExp(`^(/apiStages/[^/]+/throttle)/(.+)/(${verbs})(/rateLimit|/burstLimit)?$`)
const member = '/apiStages/{apidId:stageName}/throttle'

/**
 * Escapes the slashes of the resource within a method-throttle path. The service takes them both ways, with a leading
 * slash and without: Terraform sends `…/throttle//pets/GET/rateLimit`.
 */
export function canonicalThrottlePath(path: string): string {
  const [, stage, resource, verb, limit = ''] = methodPath.exec(path) ?? []
  return resource === undefined ? path : `${stage}/${resource.replaceAll('/', '~1')}/${verb}${limit}`
}

/** The rows for the limits of one method of a stage, and for the removal of these and of all limits of a stage. */
export const methodThrottleRules: readonly PatchRule<UsagePlanDraft>[] = [
  limit('rateLimit'),
  limit('burstLimit'),
  {
    path: `${member}/{resourcePath}/{httpMethod}`,
    remove: (plan, _, name: string, resource: string, verb: string) =>
      withMethods(plan, name, (methods) => without(methods, keyOf(resource, verb))),
  },
  {
    path: member,
    remove: (plan, _, name: string) => withMethods(plan, name, () => ({})),
    replace: (plan, operation, name: string) => withMethods(plan, name, () => parseMethods(operation)),
  },
]

function limit(name: keyof ThrottleRecord): PatchRule<UsagePlanDraft> {
  const set: PatchRule<UsagePlanDraft>['replace'] = (plan, { value }, stage: string, resource: string, verb: string) =>
    withMethods(plan, stage, (methods) => {
      const key = keyOf(resource, verb)
      const parsed = parseNumber(value, `Invalid value of ${name}: ${value}`)
      return { ...methods, [key]: { ...methods[key], [name]: parsed } }
    })
  return { path: `${member}/{resourcePath}/{httpMethod}/${name}`, add: set, replace: set }
}

function withMethods(
  plan: UsagePlanDraft,
  name: string,
  change: (methods: Record<string, ThrottleRecord>) => Record<string, ThrottleRecord>,
): UsagePlanDraft {
  const { apiId, stage } = parseApiStage(name)
  const isMeant = (planned: PlannedStage) => planned.apiId === apiId && planned.stage === stage
  if (!plan.apiStages.some(isMeant)) throw unknownStage(apiId, stage, plan.id)
  return {
    ...plan,
    apiStages: plan.apiStages.map((planned) =>
      isMeant(planned) ? { ...planned, throttle: change(planned.throttle ?? {}) } : planned,
    ),
  }
}

/** `/pets/GET`; the root's path is a slash already. */
function keyOf(resource: string, verb: string): string {
  return `${resource.startsWith('/') ? '' : '/'}${resource}/${verb}`
}

/** Reads `{"/pets/GET": {"rateLimit": 1, "burstLimit": 2}}`. */
function parseMethods({ value = '' }: PatchOperation): Record<string, ThrottleRecord> {
  const entries = objectIn(value, parseJson(value))
  return Object.fromEntries(
    Object.entries(entries).map(([key, limits]) => [key, parseLimits(value, objectIn(value, limits))]),
  )
}

function parseLimits(value: string, limits: object): ThrottleRecord {
  const known = Object.entries(limits).map(([name, amount]): ThrottleRecord => {
    if (typeof amount !== 'number') throw invalid(value)
    if (name === 'rateLimit') return { rateLimit: amount }
    if (name === 'burstLimit') return { burstLimit: amount }
    throw invalid(value)
  })
  return Object.assign({}, ...known)
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    throw invalid(value)
  }
}

function objectIn(value: string, parsed: unknown): object {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw invalid(value)
  return parsed
}

function invalid(value: string) {
  return badRequest(`Invalid throttle specified: ${value}`)
}
