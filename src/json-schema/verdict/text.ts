import { formatOf } from '../formats.ts'
import { codePoints, patternOf } from '../keyword/texts.ts'
import type { Check, Schema } from '../schema.ts'
import type { Verdict } from './verdict.ts'

const decided: ReadonlySet<string> = new Set(['type', 'minLength', 'maxLength', 'pattern', 'format'])

/** Decides all that a schema says about a text. */
export function textVerdict(schema: Schema): Verdict {
  const least = Number(schema['minLength'] ?? 0)
  const most = Number(schema['maxLength'] ?? Number.POSITIVE_INFINITY)
  const pattern = schema['pattern'] === undefined ? undefined : patternOf(schema['pattern'])
  const format = formatOf(schema['format'])
  const costPerCharacter = (pattern?.costPerCharacter ?? 0) + (format ? 1 : 0)
  const check: Check = (value, run) => {
    if (typeof value !== 'string') return false
    const { length } = value
    // There are as many code points as UTF-16 units, or down to half as many.
    if (length < least || length > 2 * most) return false
    if ((length < 2 * least || length > most) && !isWithin(codePoints(value, run), least, most)) return false
    if (costPerCharacter === 0) return true
    run.spend(length * costPerCharacter)
    return (!pattern || pattern.test(value)) && (!format || format.accepts(value))
  }
  return { check, decided }
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
