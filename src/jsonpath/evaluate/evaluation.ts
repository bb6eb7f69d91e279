import type { JsonValue } from '../../json/value.ts'
import type { Path } from '../path.ts'
import { PathEvaluationError } from '../path-error.ts'

/**
 * Values that one reading may look at. A body of 10 MB has fewer; paths that scan a scan again would otherwise hold a
 * thread for minutes.
 */
const maxVisits = 5_000_000

/** What the parts of a path share while it is read from a document. */
export class Evaluation {
  readonly root: JsonValue
  /** Values of filters' `$…` paths, which are the same for every item. */
  readonly rootValues = new Map<object, JsonValue | undefined>()
  /** Values looked at. */
  visits = 0

  constructor(root: JsonValue) {
    this.root = root
  }

  /** @throws {PathEvaluationError} beyond `maxVisits`. */
  count(visits: number): void {
    this.visits += visits
    if (this.visits > maxVisits) throw new PathEvaluationError('The path looks at too many values')
  }
}

/** What a path finds in one value. */
export class Findings {
  readonly evaluation: Evaluation
  readonly values: JsonValue[] = []
  /** A part that can stand for one value only was not there: there is nothing to be found, not even an empty list. */
  missing = false

  constructor(evaluation: Evaluation) {
    this.evaluation = evaluation
  }
}

/** Applies the rest of a path to one value. */
export type Visit = (value: JsonValue, findings: Findings) => void

/** A path, ready to be read from values. */
export interface CompiledPath {
  /** Whether it can stand for one value only. Any other path has a list of values. */
  readonly definite: boolean
  /** @returns `undefined` when a part that can stand for one value only is not there. */
  evaluate(value: JsonValue, evaluation: Evaluation): JsonValue | undefined
}

/** Where a segment stands in its path. */
export interface Position {
  /** Every segment before it stands for one value only. */
  readonly definite: boolean
  readonly last: boolean
}

/**
 * @param exact Every name in the path must be there, as filters want it that ask whether a path exists: otherwise
 * `['a','b']` at the end of a path takes those that are there.
 */
export type CompileSegments = (path: Path, exact?: boolean) => CompiledPath
