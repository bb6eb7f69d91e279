import type { JsonValue } from '../json/value.ts'
import { compileSegments } from './evaluate/compile.ts'
import { Evaluation } from './evaluate/evaluation.ts'
import { parsePath } from './parse/path.ts'

/** A path, ready to be read from documents. */
export interface JsonPath {
  /** Whether it can stand for one value only. What any other path stands for is a list of values. */
  readonly definite: boolean
  /**
   * @returns What the path stands for, which is part of the document, not a copy. Of a definite path that is not there
   * `undefined`; of any other that finds nothing, an empty list.
   * @param visited Is told how many values were looked at.
   * @throws {PathEvaluationError}
   */
  read(document: JsonValue, visited?: (values: number) => void): JsonValue | undefined
}

/**
 * Compiles a JSONPath as Jayway's library understands it, which is the one of API Gateway. `$` in front may be left out.
 *
 * @throws {PathSyntaxError} naming the offset.
 */
export function compilePath(text: string): JsonPath {
  const { definite, evaluate } = compileSegments(parsePath(text))
  return {
    definite,
    read(document, visited) {
      const evaluation = new Evaluation(document)
      const found = evaluate(document, evaluation)
      visited?.(evaluation.visits)
      return found === undefined && !definite ? [] : found
    },
  }
}
