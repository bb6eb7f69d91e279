import { syntaxError } from '../policy-error.ts'
import type { ConditionContext } from '../request.ts'
import { parsePolicyText } from '../text-pattern.ts'
import { operators, type ValueTest } from './operators.ts'

/** Whether a request satisfies a condition. */
export type Condition = (context: ConditionContext) => boolean

/** One key of a `Condition` block, as it was written. */
export interface WrittenCondition {
  /** Such as `StringLike`, `ForAnyValue:ArnLikeIfExists`, `Null`. */
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly hasVariables: boolean
  /** Where it stands, for errors. */
  readonly place: string
}

const form = /^(ForAnyValue:|ForAllValues:)?([A-Za-z]+?)(IfExists)?$/

/**
 * Compiles one condition: one of its values has to be satisfied, or none of a negated operator's.
 * @throws {PolicyError} for an operator that there is not, and for a value that it cannot compare with.
 */
export function compileCondition(written: WrittenCondition): Condition {
  const [, set, name = '', ifExists] = form.exec(written.operator) ?? []
  const key = written.key.toLowerCase()
  if (name === 'Null') {
    if (set || ifExists) throw syntaxError(written.place)
    return nullCondition(key, written)
  }
  const operator = operators.get(name)
  if (!operator) throw syntaxError(written.place)
  const tests = written.values.map((value) => {
    const test = operator.compare(parsePolicyText(value, written.hasVariables, written.place))
    if (!test) throw syntaxError(written.place)
    return test
  })
  const holdsFor = oneValue(tests, operator.negated)

  return (context) => {
    const found = context(key)
    const values = typeof found === 'string' ? [found] : (found ?? [])
    if (values.length === 0) return isMissingFine(set, ifExists !== undefined, operator.negated)
    const holds = (value: string) => holdsFor(value, context)
    if (set === 'ForAllValues:') return values.every(holds)
    if (set === 'ForAnyValue:') return values.some(holds)
    return operator.negated ? values.every(holds) : values.some(holds)
  }
}

/** Documented: a key that is missing satisfies `…IfExists`, `ForAllValues:`, and the negated operators without `ForAnyValue:`. */
function isMissingFine(set: string | undefined, ifExists: boolean, negated: boolean): boolean {
  if (ifExists || set === 'ForAllValues:') return true
  return set === undefined && negated
}

function oneValue(tests: readonly ValueTest[], negated: boolean): ValueTest {
  const [only] = tests
  if (only && tests.length === 1) return negated ? (value, context) => !only(value, context) : only
  return (value, context) => tests.some((test) => test(value, context)) !== negated
}

/** `true`: the key has to be missing; `false`: it has to be there. */
function nullCondition(key: string, { values, place }: WrittenCondition): Condition {
  const wanted = values.map((value) => {
    const folded = value.toLowerCase()
    if (folded !== 'true' && folded !== 'false') throw syntaxError(place)
    return folded === 'true'
  })
  return (context) => wanted.includes((context(key) ?? []).length === 0)
}
