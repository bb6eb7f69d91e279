import type { JsonValue } from '../../json/value.ts'
import { compileCondition } from '../filter/condition.ts'
import type { Segment } from '../path.ts'
import type { CompileSegments, Evaluation, Visit } from './evaluation.ts'

type Applies = (value: JsonValue, evaluation: Evaluation) => boolean

/**
 * `..`: applies a segment to a value, then to each value that it holds, and so on, where it applies at all.
 *
 * @param last Whether the segment is the path's last.
 */
export function visitScan(segment: Segment, last: boolean, visit: Visit, compile: CompileSegments): Visit {
  const applies = compileApplies(segment, last, compile)
  const walk: Visit = (value, findings) => {
    if (Array.isArray(value)) {
      findings.evaluation.count(value.length)
      if (applies(value, findings.evaluation)) visit(value, findings)
      for (const item of value) walk(item, findings)
    } else if (value instanceof Map) {
      findings.evaluation.count(value.size)
      if (applies(value, findings.evaluation)) visit(value, findings)
      for (const member of value.values()) walk(member, findings)
    }
  }
  return walk
}

/** Functions apply nowhere: a scan has no single value for them. */
function compileApplies(segment: Segment, last: boolean, compile: CompileSegments): Applies {
  switch (segment.kind) {
    case 'names':
      return appliesToMembers(segment.names, last)
    case 'indexes':
    case 'slice':
      return (value) => Array.isArray(value)
    case 'wildcard':
      return () => true
    case 'filter':
      return appliesToMatching(segment, compile)
    default:
      return () => false
  }
}

/** Several names at the end of a path are found in objects that have them all. */
function appliesToMembers(names: readonly string[], last: boolean): Applies {
  if (!last && names.length > 1) return (value) => value instanceof Map
  return (value) => value instanceof Map && names.every((name) => value.has(name))
}

/** The items of a list are met by themselves: the list must match as well, to be filtered. */
function appliesToMatching({ condition }: Segment & { kind: 'filter' }, compile: CompileSegments): Applies {
  const matches = compileCondition(condition, compile)
  return (value, evaluation) => matches(value, evaluation) === true
}
