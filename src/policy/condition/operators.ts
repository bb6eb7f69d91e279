import { arnPattern } from '../arn-pattern.ts'
import { parseIpRange } from '../ip-range.ts'
import type { ConditionContext } from '../request.ts'
import { globPattern, hasVariable, type PolicyText, plainText } from '../text-pattern.ts'

/** Whether one value of a request satisfies one value of a condition. */
export type ValueTest = (actual: string, context: ConditionContext) => boolean

/** Compiles one value of a condition; `undefined` for one that the operator cannot compare with. */
export type Comparison = (expected: PolicyText) => ValueTest | undefined

interface Operator {
  readonly compare: Comparison
  /** The condition holds when no value of the condition is satisfied. */
  readonly negated: boolean
}

const equal = <T>(a: T, b: T) => a === b

const stringEquals = strings((expected) => (actual) => actual === expected)
const stringEqualsIgnoreCase = strings((expected) => {
  const folded = expected.toLowerCase()
  return (actual) => actual.toLowerCase() === folded
})
const numericEquals = ordered(parseNumber, equal)
const dateEquals = ordered(parseDate, equal)
const ipAddress = constants((text) => {
  const range = parseIpRange(text)
  return range && ((actual) => range.contains(actual))
})

/** The condition operators by name, without `Null`, which looks at the presence of a key alone. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: is(stringEquals),
    StringNotEquals: not(stringEquals),
    StringEqualsIgnoreCase: is(stringEqualsIgnoreCase),
    StringNotEqualsIgnoreCase: not(stringEqualsIgnoreCase),
    StringLike: is(globPattern),
    StringNotLike: not(globPattern),
    // Documented: ArnEquals and ArnLike behave identically.
    ArnEquals: is(arnPattern),
    ArnLike: is(arnPattern),
    ArnNotEquals: not(arnPattern),
    ArnNotLike: not(arnPattern),
    NumericEquals: is(numericEquals),
    NumericNotEquals: not(numericEquals),
    NumericLessThan: is(ordered(parseNumber, (actual, expected) => actual < expected)),
    NumericLessThanEquals: is(ordered(parseNumber, (actual, expected) => actual <= expected)),
    NumericGreaterThan: is(ordered(parseNumber, (actual, expected) => actual > expected)),
    NumericGreaterThanEquals: is(ordered(parseNumber, (actual, expected) => actual >= expected)),
    DateEquals: is(dateEquals),
    DateNotEquals: not(dateEquals),
    DateLessThan: is(ordered(parseDate, (actual, expected) => actual < expected)),
    DateLessThanEquals: is(ordered(parseDate, (actual, expected) => actual <= expected)),
    DateGreaterThan: is(ordered(parseDate, (actual, expected) => actual > expected)),
    DateGreaterThanEquals: is(ordered(parseDate, (actual, expected) => actual >= expected)),
    Bool: is(ordered(parseBoolean, equal)),
    BinaryEquals: is(ordered(parseBinary, equal)),
    IpAddress: is(ipAddress),
    NotIpAddress: not(ipAddress),
  }),
)

function is(compare: Comparison): Operator {
  return { compare, negated: false }
}

function not(compare: Comparison): Operator {
  return { compare, negated: true }
}

/** Compares with text that may hold variables, whose wildcards stand for themselves. */
function strings(compile: (expected: string) => (actual: string) => boolean): Comparison {
  return (text) => {
    const expected = plainText(text)
    if (!hasVariable(text)) return compile(expected(() => undefined) ?? '')
    return (actual, context) => {
      const value = expected(context)
      return value !== undefined && compile(value)(actual)
    }
  }
}

/** Compares with a value of another type, which the policy states itself. */
function ordered<T>(parse: (text: string) => T | undefined, compare: (actual: T, expected: T) => boolean): Comparison {
  return constants((text) => {
    const expected = parse(text)
    if (expected === undefined) return undefined
    return (text) => {
      const actual = parse(text)
      return actual !== undefined && compare(actual, expected)
    }
  })
}

/** Documented: variables stand only in the values of string and ARN operators. */
function constants(compile: (expected: string) => ((actual: string) => boolean) | undefined): Comparison {
  return (text) => (hasVariable(text) ? undefined : compile(plainText(text)(() => undefined) ?? ''))
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}

const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Milliseconds of an ISO 8601 date, or of seconds since the epoch. */
function parseDate(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const milliseconds = isoDate.test(text) ? Date.parse(inUtc(text)) : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

/** A date without a zone is one of UTC. */
function inUtc(text: string): string {
  return /T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text
}

function parseBoolean(text: string): boolean | undefined {
  const folded = text.toLowerCase()
  if (folded === 'true') return true
  return folded === 'false' ? false : undefined
}

/** Base64 in its one canonical form. */
function parseBinary(text: string): string | undefined {
  const canonical = Buffer.from(text, 'base64').toString('base64')
  return canonical === text ? canonical : undefined
}
