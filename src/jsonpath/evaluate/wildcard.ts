import type { Visit } from './evaluation.ts'

/** `.*` and `[*]`: of what is neither a list nor an object, nothing. */
export function visitWildcard(next: Visit): Visit {
  return (value, findings) => {
    if (Array.isArray(value)) {
      findings.evaluation.count(value.length)
      for (const item of value) next(item, findings)
    } else if (value instanceof Map) {
      findings.evaluation.count(value.size)
      for (const member of value.values()) next(member, findings)
    }
  }
}
