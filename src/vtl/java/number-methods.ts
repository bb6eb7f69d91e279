import { Double } from '../../json/value.ts'
import { asDouble, compareNumbers, intValue, isNumber, type JavaNumber } from '../runtime/arithmetic.ts'
import { javaEquals } from '../runtime/equality.ts'
import { textOf } from '../runtime/text.ts'
import { HostError, type Value } from '../value.ts'
import { hashOf } from './hash.ts'
import { isInt, type Method, type Methods, plain, required, withText, withValue } from './method.ts'

const minLong = -(2n ** 63n)
const maxLong = 2n ** 63n - 1n

/** `Integer.parseInt` and `Long.parseLong`, which are called on any whole number: `$zero.parseInt("42")`. */
function parseWhole(text: string, least: bigint, most: bigint): number | bigint {
  if (/^[+-]?[0-9]{1,20}$/.test(text)) {
    const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
    if (value >= least && value <= most) return Number.isSafeInteger(Number(value)) ? Number(value) : value
  }
  throw new HostError(`NumberFormatException: For input string: ${JSON.stringify(text)}`)
}

function parseInt32(text: string): number | bigint {
  return parseWhole(text, -2147483648n, 2147483647n)
}

function parseInt64(text: string): number | bigint {
  return parseWhole(text, minLong, maxLong)
}

function parseDouble(text: string): Double {
  const trimmed = text.trim()
  const form = /^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[fFdD]?$/.exec(trimmed)
  if (form) return new Double(Number(form[1]))
  if (/^[+-]?(?:NaN|Infinity)$/.test(trimmed)) return new Double(Number(trimmed))
  throw new HostError(`NumberFormatException: For input string: ${JSON.stringify(text)}`)
}

/** A static method of two numbers of the class that it is called on: `Integer.max(int, int)`. */
function pair(choose: (left: JavaNumber, right: JavaNumber) => JavaNumber): Method<JavaNumber> {
  return (self, [left, right, ...more]) => {
    if (!suits(self, left) || !suits(self, right) || more.length > 0) return undefined
    const chosen = choose(left, right)
    return self instanceof Double && choose !== compareNumbers ? new Double(asDouble(chosen)) : chosen
  }
}

/** Whether a value converts to the class of a number without loss: an `Integer`, a `Long`, a `Double`. */
function suits(self: JavaNumber, value: Value | undefined): value is JavaNumber {
  if (self instanceof Double) return isNumber(value)
  return isInt(self) ? isInt(value) : isNumber(value) && !(value instanceof Double)
}

/** `compareTo` of another class fails. Small numbers pass for both `Integer` and `Long`. */
function compareTo(self: JavaNumber, value: Value): number {
  const other = required(value)
  if (!isNumber(other) || other instanceof Double !== self instanceof Double) {
    throw new HostError('ClassCastException: compareTo of another class')
  }
  return compareNumbers(self, other)
}

/** A static method of `Integer` or of `Long`. */
function ofClass(isInteger: boolean, parse: (text: string) => number | bigint): Method<JavaNumber> {
  return withText((self, text) => (isInt(self) === isInteger ? parse(text) : undefined))
}

function longValue(self: JavaNumber): number | bigint {
  if (typeof self === 'number') return self
  if (typeof self === 'bigint') return BigInt.asIntN(64, self)
  if (Number.isNaN(self.value)) return 0
  const whole = Math.trunc(self.value) + 0
  if (Number.isSafeInteger(whole)) return whole
  if (whole >= 2 ** 63) return maxLong
  return whole <= -(2 ** 63) ? minLong : BigInt(whole)
}

function inRadix(radix: number): Method<JavaNumber> {
  return withValue((_, value) => (isInt(value) ? (value >>> 0).toString(radix) : undefined))
}

/** What all numbers have. */
const common: readonly (readonly [string, Method<JavaNumber>])[] = [
  ['byteValue', plain((self) => (intValue(self) << 24) >> 24)],
  ['compareTo', withValue(compareTo)],
  ['doubleValue', plain((self) => new Double(asDouble(self)))],
  ['equals', withValue((self, value, rendering) => javaEquals(self, value, rendering))],
  ['hashCode', plain(hashOf)],
  ['intValue', plain(intValue)],
  ['longValue', plain(longValue)],
  ['max', pair((left, right) => (compareNumbers(left, right) < 0 ? right : left))],
  ['min', pair((left, right) => (compareNumbers(left, right) > 0 ? right : left))],
  ['shortValue', plain((self) => (intValue(self) << 16) >> 16)],
]

function toText(self: JavaNumber, [value, ...more]: readonly Value[]): Value | undefined {
  if (value === undefined) return String(self)
  if (more.length > 0) return undefined
  return isNumber(value) ? String(value) : undefined
}

export const wholeNumberMethods: Methods<JavaNumber> = new Map<string, Method<JavaNumber>>([
  ...common,
  ['compare', pair(compareNumbers)],
  ['parseInt', ofClass(true, parseInt32)],
  ['parseLong', ofClass(false, parseInt64)],
  ['signum', withValue((_, value) => (isNumber(value) ? compareNumbers(value, 0) : undefined))],
  ['toBinaryString', inRadix(2)],
  ['toHexString', inRadix(16)],
  ['toOctalString', inRadix(8)],
  ['toString', toText],
  [
    'valueOf',
    withValue((self, value) => {
      if (value === null || typeof value === 'string') return (isInt(self) ? parseInt32 : parseInt64)(required(value))
      return suits(self, value) ? value : undefined
    }),
  ],
])

export const doubleMethods: Methods<JavaNumber> = new Map<string, Method<JavaNumber>>([
  ...common,
  ['isInfinite', plain((self) => Math.abs(asDouble(self)) === Number.POSITIVE_INFINITY)],
  ['isNaN', plain((self) => Number.isNaN(asDouble(self)))],
  ['parseDouble', withText((_, text) => parseDouble(text))],
  ['toString', toText],
  [
    'valueOf',
    withValue((_, value) => {
      if (value === null || typeof value === 'string') return parseDouble(required(value))
      return isNumber(value) ? new Double(asDouble(value)) : undefined
    }),
  ],
])

function compareBooleans(self: boolean, value: Value): number {
  const other = required(value)
  if (typeof other !== 'boolean') throw new HostError('ClassCastException: compareTo of another class')
  return Number(self) - Number(other)
}

function booleanOf(_: boolean, value: Value): Value | undefined {
  if (typeof value === 'boolean') return value
  return value === null || typeof value === 'string' ? value?.toLowerCase() === 'true' : undefined
}

export const booleanMethods: Methods<boolean> = new Map<string, Method<boolean>>([
  ['booleanValue', plain((self) => self)],
  ['compareTo', withValue(compareBooleans)],
  ['equals', withValue((self, value) => self === value)],
  ['hashCode', plain((self, rendering) => hashOf(self, rendering))],
  ['parseBoolean', withText((_, text) => text.toLowerCase() === 'true')],
  [
    'toString',
    (self, [value = self], rendering) => (typeof value === 'boolean' ? textOf(value, rendering) : undefined),
  ],
  ['valueOf', withValue(booleanOf)],
])
