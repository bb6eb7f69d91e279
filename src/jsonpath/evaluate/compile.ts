import type { Segment } from '../path.ts'
import { directReader } from './direct.ts'
import { type CompileSegments, Findings, type Position, type Visit } from './evaluation.ts'
import { visitFilter } from './filter.ts'
import { visitFunction } from './function.ts'
import { visitNames } from './names.ts'
import { visitIndexes, visitSlice } from './positions.ts'
import { visitScan } from './scan.ts'
import { visitWildcard } from './wildcard.ts'

/** Compiles a parsed path to closures, each of which knows the one that goes on. */
export const compileSegments: CompileSegments = ({ segments }, exact = false) => {
  const direct = directReader(segments)
  if (direct) return { definite: true, evaluate: direct }
  const inverted = invertScan(segments)
  const definite = inverted.every((segment, at) => isDefinite(segment, at === inverted.length - 1))
  const visit = chain(inverted, exact)
  return {
    definite,
    evaluate(value, evaluation) {
      const findings = new Findings(evaluation)
      visit(value, findings)
      if (findings.missing) return undefined
      return definite ? findings.values[0] : findings.values
    },
  }
}

const collect: Visit = (value, findings) => {
  findings.evaluation.count(1)
  findings.values.push(value)
}

function chain(segments: readonly Segment[], exact: boolean): Visit {
  let next = collect
  for (let at = segments.length - 1; at >= 0; at -= 1) {
    const segment = segments[at]
    if (!segment || segment.kind === 'scan') continue
    const last = at === segments.length - 1
    const definite = segments.slice(0, at).every((before) => isDefinite(before, false))
    const visit = visitSegment(segment, { definite, last }, next, exact)
    next = segments[at - 1]?.kind === 'scan' ? visitScan(segment, last, visit, compileSegments) : visit
  }
  return next
}

function visitSegment(
  segment: Exclude<Segment, { kind: 'scan' }>,
  position: Position,
  next: Visit,
  exact: boolean,
): Visit {
  switch (segment.kind) {
    case 'names':
      return visitNames(segment.names, position, next, exact)
    case 'indexes':
      return visitIndexes(segment.indexes, position, next)
    case 'slice':
      return visitSlice(segment, position, next)
    case 'wildcard':
      return visitWildcard(next)
    case 'filter':
      return visitFilter(segment.condition, position, next, compileSegments)
    case 'function':
      return visitFunction(segment, next, compileSegments)
  }
}

/** Several names at the end of a path are one object of those members. */
function isDefinite(segment: Segment, last: boolean): boolean {
  if (segment.kind === 'names') return last || segment.names.length === 1
  if (segment.kind === 'indexes') return segment.indexes.length === 1
  return segment.kind === 'function'
}

/** `$..a.sum()` is `$.sum($..a)`, as in Jayway: the function gets all that the scan finds, not each by itself. */
function invertScan(segments: readonly Segment[]): readonly Segment[] {
  const last = segments.at(-1)
  if (segments[0]?.kind !== 'scan' || last?.kind !== 'function') return segments
  const parameter = { path: { root: '$', segments: segments.slice(0, -1) } } as const
  return [{ ...last, parameters: [parameter] }]
}
