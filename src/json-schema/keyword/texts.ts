import { type EcmaPattern, ecmaPattern } from '../../pattern/ecma-pattern.ts'
import { formatOf } from '../formats.ts'
import { shortened } from '../json-text.ts'
import { type Check, type Run, SchemaError } from '../schema.ts'

/** `minLength`, in code points. */
export function minLength(given: unknown): Check {
  const least = Number(given)
  return ifText(
    (text, run) =>
      // As many UTF-16 units as half the code points are surely too few, and twice as many enough.
      (text.length >= least && (text.length >= 2 * least || codePoints(text, run) >= least)) ||
      run.fail(
        () => `string "${shortened(text)}" is too short (length: ${codePoints(text, run)}, required minimum: ${least})`,
      ),
  )
}

/** `maxLength`, in code points. */
export function maxLength(given: unknown): Check {
  const most = Number(given)
  return ifText(
    (text, run) =>
      text.length <= most ||
      (text.length <= 2 * most && codePoints(text, run) <= most) ||
      run.fail(
        () => `string "${shortened(text)}" is too long (length: ${codePoints(text, run)}, maximum allowed: ${most})`,
      ),
  )
}

/** `pattern` */
export function pattern(given: unknown): Check {
  const expression = compilePattern(given)
  return ifText(
    (text, run) =>
      expression(text, run) ||
      run.fail(() => `ECMA 262 regex "${given}" does not match input string "${shortened(text)}"`),
  )
}

/** @throws {SchemaError} for a pattern that cannot be matched in linear time. */
export function patternOf(given: unknown): EcmaPattern {
  const pattern = ecmaPattern(String(given))
  if (!pattern) throw new SchemaError(`The pattern ${given} cannot be matched in linear time`)
  return pattern
}

/** A pattern, whose work is taken from the run's. @throws {SchemaError} */
export function compilePattern(given: unknown): (text: string, run: Run) => boolean {
  const expression = patternOf(given)
  const { costPerCharacter } = expression
  return (text, run) => {
    run.spend(text.length * costPerCharacter)
    return expression.test(text)
  }
}

/** `format`. One that is not known has no effect, as on the service. */
export function format(given: unknown): Check | undefined {
  const known = formatOf(given)
  if (!known) return undefined
  return ifText((text, run) => {
    run.spend(text.length)
    return known.accepts(text) || run.fail(() => known.refusal(shortened(text)))
  })
}

function ifText(check: (text: string, run: Run) => boolean): Check {
  return (value, run) => typeof value !== 'string' || check(value, run)
}

/** The length of a text in code points. */
export function codePoints(text: string, run: Run): number {
  run.spend(text.length)
  let count = text.length
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--
      i++
    }
  }
  return count
}
