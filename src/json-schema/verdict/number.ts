import { isMultiple } from '../keyword/numbers.ts'
import type { Check, Schema } from '../schema.ts'
import type { Verdict } from './verdict.ts'

const decided: ReadonlySet<string> = new Set(['type', 'minimum', 'maximum', 'multipleOf'])

/** Decides all that a schema says about a number. */
export function numberVerdict(schema: Schema): Verdict {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, multipleOf } = schema
  const whole = schema['type'] === 'integer'
  const least = Number(minimum)
  const most = Number(maximum)
  const above = schema['exclusiveMinimum'] === true
  const below = schema['exclusiveMaximum'] === true
  const divisor = multipleOf === undefined ? undefined : Number(multipleOf)
  const check: Check = (value) =>
    typeof value === 'number' &&
    value >= least &&
    value <= most &&
    !(whole && !Number.isInteger(value)) &&
    !(above && value === least) &&
    !(below && value === most) &&
    (divisor === undefined || isMultiple(value, divisor))
  return { check, decided }
}
