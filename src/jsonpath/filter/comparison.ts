import { Double, doubleText, isJsonObject, type JsonObject, type JsonValue } from '../../json/value.ts'

import { countText, type Work } from '../work.ts'

type JsonNumber = number | bigint | Double

function textsEqual(left: string, right: JsonValue, work: Work): boolean {
  if (typeof right === 'string' && right.length === left.length) countText(left, work)
  return left === right
}

/**
 * Whether two values are equal to a filter. Numbers are compared by value, and a text with a number by the text of the one
 * on the left: `'1' == 1.0` is false, `1.0 == '1'` true (as in Jayway). What lists and objects hold must be of the same type.
 */
export function equals(left: JsonValue, right: JsonValue, work: Work): boolean {
  work.count(1)
  if (isNumber(left)) return equalsNumber(left, right)
  if (typeof left === 'string') return textsEqual(left, isNumber(right) ? numberText(right) : right, work)
  return deepEquals(left, right, work)
}

function equalsNumber(left: JsonNumber, right: JsonValue): boolean {
  const number = typeof right === 'string' ? numberOf(right) : right
  return number !== undefined && isNumber(number) && compareNumbers(left, number) === 0
}

/** As Java compares what lists and maps hold: `1` is not `1.0`. */
function deepEquals(left: JsonValue, right: JsonValue, work: Work): boolean {
  if (Array.isArray(left)) return Array.isArray(right) && listsEqual(left, right, work)
  if (isJsonObject(left)) return isJsonObject(right) && objectsEqual(left, right, work)
  if (left instanceof Double) return right instanceof Double && Object.is(left.value, right.value)
  return typeof left === 'string' ? textsEqual(left, right, work) : left === right
}

function listsEqual(left: readonly JsonValue[], right: readonly JsonValue[], work: Work): boolean {
  work.count(left.length)
  return left.length === right.length && left.every((item, at) => deepEquals(item, right[at] ?? null, work))
}

function objectsEqual(left: JsonObject, right: JsonObject, work: Work): boolean {
  work.count(left.size)
  if (left.size !== right.size) return false
  for (const [name, value] of left) {
    const other = right.get(name)
    if (other === undefined || !deepEquals(value, other, work)) return false
  }
  return true
}

/**
 * Negative when `left` comes first.
 *
 * @returns `undefined` when the two have no order: they are neither two numbers nor two texts.
 */
export function compare(left: JsonValue, right: JsonValue, work: Work): number | undefined {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  countText(left, work)
  return order(left, right)
}

function compareNumbers(left: JsonNumber, right: JsonNumber): number {
  return order(plain(left), plain(right))
}

function order<T extends string | number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function plain(number: JsonNumber): number | bigint {
  return number instanceof Double ? number.value : number
}

export function isNumber(value: JsonValue): value is JsonNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double
}

/** Whether `===` may hold: a number for a number, a text for a text; lists and objects are of one type. */
export function sameType(left: JsonValue, right: JsonValue): boolean {
  return typeOf(left) === typeOf(right)
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null'
  return isNumber(value) ? 'number' : typeof value
}

/** The number that a text is to Java's `BigDecimal`. */
function numberOf(text: string): JsonNumber | undefined {
  if (text.length > 100 || !/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return undefined
  return /[.eE]/.test(text) ? new Double(Number(text)) : BigInt(text.replace(/^\+/, ''))
}

/** The text of a number as `BigDecimal` writes it: `1.0`, `1.0E+10`, `0.000010`. */
export function numberText(number: JsonNumber): string {
  if (!(number instanceof Double)) return String(number)
  const text = doubleText(number.value)
  const [digits = '', exponentText] = text.split('E')
  if (exponentText === undefined) return text
  const exponent = Number(exponentText)
  // `BigDecimal` writes an exponent beyond six zeros after the point; a Double that small has one already at three.
  if (exponent < -6 || exponent > 0) return `${digits}E${exponent > 0 ? '+' : ''}${exponent}`
  const sign = digits.startsWith('-') ? '-' : ''
  return `${sign}0.${'0'.repeat(-exponent - 1)}${digits.replace(/[-.]/g, '')}`
}
