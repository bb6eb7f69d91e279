import type { Check, Schema, Scope } from '../schema.ts'
import { listOf } from './arrays.ts'

/** `allOf` */
export function allOf(given: unknown, _schema: Schema, scope: Scope): Check {
  const checks = listOf(given, 'allOf').map((schema) => scope.schema(schema))
  return (value, run) => {
    let matched = 0
    for (const check of checks) {
      if (run.quietly(check, value)) matched++
      else if (!run.exhaustive) return false
    }
    return (
      matched === checks.length ||
      run.fail(() => `instance failed to match all required schemas (matched only ${matched} out of ${checks.length})`)
    )
  }
}

/** `anyOf` */
export function anyOf(given: unknown, _schema: Schema, scope: Scope): Check {
  const checks = listOf(given, 'anyOf').map((schema) => scope.schema(schema))
  return (value, run) => {
    for (const check of checks) if (run.quietly(check, value)) return true
    return run.fail(() => `instance failed to match at least one required schema among ${checks.length}`)
  }
}

/** `oneOf` */
export function oneOf(given: unknown, _schema: Schema, scope: Scope): Check {
  const checks = listOf(given, 'oneOf').map((schema) => scope.schema(schema))
  return (value, run) => {
    let matched = 0
    for (const check of checks) {
      if (!run.quietly(check, value)) continue
      if (++matched > 1 && !run.exhaustive) return false
    }
    return (
      matched === 1 ||
      run.fail(() => `instance failed to match exactly one schema (matched ${matched} out of ${checks.length})`)
    )
  }
}

/** `not` */
export function not(given: unknown, _schema: Schema, scope: Scope): Check {
  const check = scope.schema(given)
  return (value, run) =>
    !run.quietly(check, value) || run.fail(() => 'instance matched a schema which it should not have')
}
