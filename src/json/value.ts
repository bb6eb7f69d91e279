/**
 * A JSON value that keeps what JavaScript's own would lose: the order of members, integers beyond 2^53, and whether a number
 * was written as an integer.
 *
 * - `number` is a safe integer: a Java `Integer` or `Long`.
 * - `bigint` is an integer beyond the safe ones: a `Long` or `BigInteger`.
 * - `Double` is a number that was written with `.` or an exponent.
 * - Objects are `Map`s in the order of their members, so that a member named `__proto__` is a member like any other.
 */
export type JsonValue = null | boolean | string | number | bigint | Double | JsonValue[] | JsonObject

/** A JSON object: its members in the order in which they were first written. */
export type JsonObject = Map<string, JsonValue>

/** A Java `Double`. */
export class Double {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  /** Java's text of it: `1.0`, `1.0E10`, `NaN`. */
  toString(): string {
    return doubleText(this.value)
  }
}

/**
 * Java's `Double.toString`: the shortest digits that tell the number apart, at least one after the point, with an exponent
 * below 10^-3 and from 10^7.
 */
export function doubleText(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value)
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  if (!Number.isFinite(value)) return String(value)
  const [digits = '', exponent] = value.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`
}

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map
}
