import type { Check, Schema } from '../schema.ts'

/** `minimum`, with `exclusiveMinimum` beside it. */
export function minimum(limit: unknown, { exclusiveMinimum }: Schema): Check {
  const least = Number(limit)
  if (exclusiveMinimum === true) {
    return ifNumber(
      (value, run) =>
        value > least ||
        run.fail(() =>
          value === least
            ? `numeric instance is not strictly greater than the required minimum ${least}`
            : tooLow(least, value),
        ),
    )
  }
  return ifNumber((value, run) => value >= least || run.fail(() => tooLow(least, value)))
}

/** `maximum`, with `exclusiveMaximum` beside it. */
export function maximum(limit: unknown, { exclusiveMaximum }: Schema): Check {
  const most = Number(limit)
  if (exclusiveMaximum === true) {
    return ifNumber(
      (value, run) =>
        value < most ||
        run.fail(() =>
          value === most
            ? `numeric instance is not strictly lower than the required maximum ${most}`
            : tooHigh(most, value),
        ),
    )
  }
  return ifNumber((value, run) => value <= most || run.fail(() => tooHigh(most, value)))
}

/** `multipleOf` */
export function multipleOf(given: unknown): Check {
  const divisor = Number(given)
  return ifNumber(
    (value, run) =>
      isMultiple(value, divisor) || run.fail(() => `remainder of division is not zero (${value} / ${divisor})`),
  )
}

function ifNumber(check: (value: number, run: Parameters<Check>[1]) => boolean): Check {
  return (value, run) => typeof value !== 'number' || check(value, run)
}

function tooLow(least: number, value: number): string {
  return `numeric instance is lower than the required minimum (minimum: ${least}, found: ${value})`
}

function tooHigh(most: number, value: number): string {
  return `numeric instance is greater than the required maximum (maximum: ${most}, found: ${value})`
}

/** Exact in decimal: 0.3 is a multiple of 0.1. */
export function isMultiple(value: number, divisor: number): boolean {
  if (value % divisor === 0) return true
  if (Number.isInteger(value) && Number.isInteger(divisor)) return false
  const [digits, exponent] = decimal(value)
  const [divisorDigits, divisorExponent] = decimal(divisor)
  const least = Math.min(exponent, divisorExponent)
  const scaled = digits * 10n ** BigInt(exponent - least)
  const scaledDivisor = divisorDigits * 10n ** BigInt(divisorExponent - least)
  return scaled % scaledDivisor === 0n
}

/** `[digits, exponent]` of `digits × 10^exponent`. */
function decimal(value: number): [digits: bigint, exponent: number] {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return [BigInt(whole + fraction), Number(exponent) - fraction.length]
}
