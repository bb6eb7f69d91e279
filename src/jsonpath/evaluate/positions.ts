import type { JsonValue } from '../../json/value.ts'
import type { Findings, Position, Visit } from './evaluation.ts'

/** `[0]`, `[-1]` and `[0,2]`. */
export function visitIndexes(indexes: readonly number[], position: Position, next: Visit): Visit {
  return ofList(position, (list, findings) => {
    for (const index of indexes) {
      const value = list.at(index)
      if (value !== undefined) next(value, findings)
    }
  })
}

/** `[1:3]`, `[-2:]`, `[:2]`. */
export function visitSlice(
  { from, to }: { readonly from: number | undefined; readonly to: number | undefined },
  position: Position,
  next: Visit,
): Visit {
  return ofList(position, (list, findings) => {
    const { length } = list
    const [begin, end] = bounds(from, to, length)
    for (let index = begin; index < end; index += 1) {
      const value = list.at(index)
      if (value !== undefined) next(value, findings)
    }
  })
}

/**
 * With both bounds Jayway counts from the first to the second, and each index that is negative on the way from the end:
 * `[-1:1]` is the last item and then the first one.
 */
function bounds(from: number | undefined, to: number | undefined, length: number): [number, number] {
  if (from === undefined) return [0, Math.min(length, fromEnd(to ?? length, length))]
  if (to === undefined) return [Math.max(0, fromEnd(from, length)), length]
  return [Math.max(from, -length), Math.min(to, length)]
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? length + index : index
}

function ofList({ definite }: Position, visit: (list: readonly JsonValue[], findings: Findings) => void): Visit {
  return (value, findings) => {
    if (!Array.isArray(value)) {
      if (definite) findings.missing = true
      return
    }
    findings.evaluation.count(1)
    visit(value, findings)
  }
}
