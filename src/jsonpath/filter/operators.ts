import { Double, isJsonObject, type JsonValue } from '../../json/value.ts'
import { countText, type Work } from '../work.ts'
import { compare, equals, isNumber, numberText, sameType } from './comparison.ts'
import type { RegularExpression } from './regular-expression.ts'

/** One side of a relation: a value, a regular expression, or nothing, where a path found none. */
export type Term = JsonValue | undefined | RegularExpression

/** @returns `undefined` when the operator cannot work with what it is given. */
type Operator = (left: Term, right: Term, work: Work) => boolean | undefined

/** Jayway's operators, in capitals: those of letters are taken in any case. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['==', equal],
  ['!=', (left, right, work) => !equal(left, right, work)],
  ['===', strictlyEqual],
  ['!==', (left, right, work) => !strictlyEqual(left, right, work)],
  ['<', ordered((order) => order < 0)],
  ['<=', ordered((order) => order <= 0)],
  ['>', ordered((order) => order > 0)],
  ['>=', ordered((order) => order >= 0)],
  ['=~', matches],
  ['IN', isIn],
  ['NIN', (left, right, work) => inverse(isIn(left, right, work))],
  ['CONTAINS', contains],
  ['ALL', ofLists((left, right, work) => right.every((item) => left.some((other) => equals(item, other, work))))],
  ['SUBSETOF', ofLists((left, right, work) => left.every((item) => right.some((other) => equals(item, other, work))))],
  ['ANYOF', ofLists((left, right, work) => left.some((item) => right.some((other) => equals(item, other, work))))],
  ['NONEOF', ofLists((left, right, work) => !left.some((item) => right.some((other) => equals(item, other, work))))],
  ['SIZE', hasSize],
  ['EMPTY', isEmpty],
  ['EXISTS', (left, right) => (typeof left === 'boolean' && typeof right === 'boolean' ? left === right : undefined)],
])

export function isOperator(text: string): boolean {
  return operators.has(text)
}

function isPattern(term: Term): term is RegularExpression {
  return typeof term === 'object' && term !== null && 'matches' in term
}

function isValue(term: Term): term is JsonValue {
  return term !== undefined && !isPattern(term)
}

function inverse(verdict: boolean | undefined): boolean | undefined {
  return verdict === undefined ? undefined : !verdict
}

/** What is not there equals nothing, not even what is not there. */
function equal(left: Term, right: Term, work: Work): boolean {
  return isValue(left) && isValue(right) && equals(left, right, work)
}

function strictlyEqual(left: Term, right: Term, work: Work): boolean {
  return isValue(left) && isValue(right) && sameType(left, right) && equals(left, right, work)
}

function ordered(holds: (order: number) => boolean): Operator {
  return (left, right, work) => {
    const order = isValue(left) && isValue(right) ? compare(left, right, work) : undefined
    return order !== undefined && holds(order)
  }
}

/** One side is the pattern. What has no text counts as an empty one; of a list, one item must match. */
function matches(left: Term, right: Term, work: Work): boolean {
  const pattern = isPattern(right) ? right : left
  const term = isPattern(right) ? left : right
  if (!isPattern(pattern) || isPattern(term)) return false
  if (Array.isArray(term)) return term.some((item) => textMatches(pattern, textOf(item), work))
  return textMatches(pattern, textOf(term), work)
}

/** Instructions of a pattern that are carried out in the time that another value takes. */
const instructionsPerVisit = 50

function textMatches(pattern: RegularExpression, text: string, work: Work): boolean {
  work.count(Math.ceil(((text.length + 1) * (pattern.size + 10)) / instructionsPerVisit))
  return pattern.matches(text)
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return value !== undefined && isNumber(value) ? numberText(value) : ''
}

function isIn(left: Term, right: Term, work: Work): boolean | undefined {
  if (Array.isArray(right)) return isValue(left) && right.some((item) => equals(left, item, work))
  return isValue(right) && isJsonObject(right) ? false : undefined
}

function contains(left: Term, right: Term, work: Work): boolean {
  if (typeof left === 'string') {
    countText(left, work)
    return typeof right === 'string' && left.includes(right)
  }
  return Array.isArray(left) && isValue(right) && left.some((item) => equals(right, item, work))
}

function ofLists(holds: (left: readonly JsonValue[], right: readonly JsonValue[], work: Work) => boolean): Operator {
  return (left, right, work) => (Array.isArray(left) && Array.isArray(right) ? holds(left, right, work) : undefined)
}

function hasSize(left: Term, right: Term): boolean {
  const size = right instanceof Double ? Math.trunc(right.value) : right
  return typeof size === 'number' && (typeof left === 'string' || Array.isArray(left)) && left.length === size
}

function isEmpty(left: Term, right: Term): boolean | undefined {
  const size = sizeOf(left)
  if (size === undefined) return false
  return typeof right === 'boolean' ? (size === 0) === right : undefined
}

function sizeOf(term: Term): number | undefined {
  if (typeof term === 'string' || Array.isArray(term)) return term.length
  return isValue(term) && isJsonObject(term) ? term.size : undefined
}
