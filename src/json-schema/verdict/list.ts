import type { Check, Schema, Scope } from '../schema.ts'
import type { Verdict } from './verdict.ts'

/** Decides an array's length and, where one schema is for all of them, its items. */
export function listVerdict(
  { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: Schema,
  scope: Scope,
): Verdict {
  const least = Number(minItems)
  const most = Number(maxItems)
  const item = items === undefined || Array.isArray(items) ? undefined : scope.schema(items)
  const check: Check = (value, run) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return false
    if (!item) return true
    run.enter()
    run.spend(2 * value.length)
    for (let i = 0; i < value.length; i++) if (!item(value[i], run)) return run.leave()
    run.leave()
    return true
  }
  return { check, decided: new Set(['type', 'minItems', 'maxItems', ...(item ? ['items'] : [])]) }
}
