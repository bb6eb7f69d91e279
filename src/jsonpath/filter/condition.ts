import type { JsonValue } from '../../json/value.ts'
import type { CompiledPath, CompileSegments, Evaluation } from '../evaluate/evaluation.ts'
import type { Condition, Operand, Path } from '../path.ts'
import { operators, type Term } from './operators.ts'

/**
 * Whether an item matches. `undefined`: an operator was given what it cannot work with, which leaves the item out, whatever
 * the rest of the filter says (as in Jayway).
 */
export type Matches = (item: JsonValue, evaluation: Evaluation) => boolean | undefined

export function compileCondition(condition: Condition, compile: CompileSegments): Matches {
  switch (condition.kind) {
    case 'not':
      return negated(compileCondition(condition.condition, compile))
    case 'and':
      return all(condition.conditions.map((each) => compileCondition(each, compile)))
    case 'or':
      return any(condition.conditions.map((each) => compileCondition(each, compile)))
    case 'exists':
      return compileExists(condition.path, condition.wanted, compile)
    case 'relation':
      return compileRelation(condition, compile)
  }
}

function negated(matches: Matches): Matches {
  return (item, evaluation) => {
    const verdict = matches(item, evaluation)
    return verdict === undefined ? undefined : !verdict
  }
}

function all(conditions: readonly Matches[]): Matches {
  return (item, evaluation) => {
    for (const matches of conditions) {
      const verdict = matches(item, evaluation)
      if (verdict !== true) return verdict
    }
    return true
  }
}

function any(conditions: readonly Matches[]): Matches {
  return (item, evaluation) => {
    for (const matches of conditions) {
      const verdict = matches(item, evaluation)
      if (verdict !== false) return verdict
    }
    return false
  }
}

/** A path that can stand for several values exists where its definite part does, even when it finds none. */
function compileExists(path: Path, wanted: boolean, compile: CompileSegments): Matches {
  const read = readPath(path, compile(path, true))
  return (item, evaluation) => (read(item, evaluation) !== undefined) === wanted
}

function compileRelation(
  { left, operator, right }: Condition & { kind: 'relation' },
  compile: CompileSegments,
): Matches {
  const relation = operators.get(operator)
  const readLeft = compileOperand(left, compile)
  const readRight = compileOperand(right, compile)
  return (item, evaluation) => relation?.(readLeft(item, evaluation), readRight(item, evaluation), evaluation)
}

function compileOperand(operand: Operand, compile: CompileSegments): (item: JsonValue, evaluation: Evaluation) => Term {
  if (operand.kind === 'path') return readPath(operand.path, compile(operand.path))
  const term = operand.kind === 'literal' ? operand.value : operand.pattern
  return () => term
}

/** `@…` is read from the item, `$…` from the document, once. */
function readPath({ root }: Path, compiled: CompiledPath) {
  if (root === '@') return (item: JsonValue, evaluation: Evaluation) => compiled.evaluate(item, evaluation)
  return (_item: JsonValue, evaluation: Evaluation) => {
    const { rootValues } = evaluation
    if (!rootValues.has(compiled)) rootValues.set(compiled, compiled.evaluate(evaluation.root, evaluation))
    return rootValues.get(compiled)
  }
}
