import { compileCondition } from '../filter/condition.ts'
import type { Condition } from '../path.ts'
import { PathEvaluationError } from '../path-error.ts'
import type { CompileSegments, Position, Visit } from './evaluation.ts'

/** `[?(…)]`: the items of a list that match, or an object that matches itself. */
export function visitFilter(
  condition: Condition,
  { definite }: Position,
  next: Visit,
  compile: CompileSegments,
): Visit {
  const matches = compileCondition(condition, compile)
  return (value, findings) => {
    const { evaluation } = findings
    if (Array.isArray(value)) {
      evaluation.count(value.length)
      for (const item of value) if (matches(item, evaluation) === true) next(item, findings)
    } else if (value instanceof Map) {
      evaluation.count(1)
      if (matches(value, evaluation) === true) next(value, findings)
    } else if (definite) {
      throw new PathEvaluationError('A filter can be applied to lists and objects only')
    }
  }
}
