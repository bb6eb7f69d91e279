import type { JsonObject, JsonValue } from '../../json/value.ts'
import type { Findings, Position, Visit } from './evaluation.ts'

/** `.name` and `['a','b']`. */
export function visitNames(names: readonly string[], { definite, last }: Position, next: Visit, exact: boolean): Visit {
  const visitObject = last && names.length > 1 ? visitMembers(names, next, exact) : visitEach(names, definite, next)
  return (value, findings) => {
    if (value instanceof Map) visitObject(value, findings)
    else if (definite) findings.missing = true
  }
}

function visitEach(names: readonly string[], definite: boolean, next: Visit) {
  const required = definite && names.length === 1
  return (object: JsonObject, findings: Findings) => {
    for (const name of names) {
      const value = object.get(name)
      if (value !== undefined) next(value, findings)
      else if (required) findings.missing = true
    }
  }
}

/** Several names at the end: one object of those members that are there. */
function visitMembers(names: readonly string[], next: Visit, exact: boolean) {
  return (object: JsonObject, findings: Findings) => {
    const members = new Map<string, JsonValue>()
    for (const name of names) {
      const value = object.get(name)
      if (value !== undefined) members.set(name, value)
      else if (exact) findings.missing = true
    }
    next(members, findings)
  }
}
