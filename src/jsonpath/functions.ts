import { Double, isJsonObject, type JsonValue } from '../json/value.ts'
import { writeJson } from '../json/write.ts'
import { PathEvaluationError } from './path-error.ts'
import { countText, type Work } from './work.ts'

/** What a function is given: a value, or nothing, where a path found none. */
export type Argument = JsonValue | undefined

/**
 * A function at the end of a path.
 *
 * @param value What the path before it stands for.
 * @returns `undefined` when there is nothing: an item beyond the end of a list.
 * @throws {PathEvaluationError} when it makes nothing of the value.
 */
export type PathFunction = (value: JsonValue, parameters: readonly Argument[], work: Work) => JsonValue | undefined

/** Jayway's functions, by name. */
export const functions: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ['length', length],
  ['size', length],
  ['keys', (value) => (isJsonObject(value) ? [...value.keys()] : null)],
  ['concat', concat],
  ['append', (value, parameters) => (Array.isArray(value) ? [...value, ...parameters.filter(isThere)] : value)],
  ['first', (value) => itemAt(value, 0)],
  ['last', (value) => itemAt(value, -1)],
  ['index', (value, parameters) => itemAt(value, numbers(null, parameters)[0])],
  ['min', aggregate((values) => values.reduce((least, value) => Math.min(least, value)))],
  ['max', aggregate((values) => values.reduce((most, value) => Math.max(most, value)))],
  ['sum', aggregate(sum)],
  ['avg', aggregate((values) => sum(values) / values.length)],
  ['stddev', aggregate(standardDeviation)],
])

function isThere(argument: Argument): argument is JsonValue {
  return argument !== undefined
}

/** Items of a list or members of an object; null of anything else, texts included. */
export function length(value: JsonValue, [parameter]: readonly Argument[]): JsonValue {
  const counted = parameter ?? value
  if (Array.isArray(counted)) return counted.length
  return isJsonObject(counted) ? counted.size : null
}

function concat(value: JsonValue, parameters: readonly Argument[], work: Work): string {
  const own = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const given = parameters.flatMap((parameter) => (Array.isArray(parameter) ? parameter : [parameter]))
  const text = own.join('') + given.map((part) => textOf(part)).join('')
  countText(text, work)
  return text
}

function textOf(part: Argument): string {
  if (part === undefined || part === null) return ''
  return typeof part === 'string' ? part : writeJson(part)
}

function itemAt(value: JsonValue, index: number | undefined): JsonValue | undefined {
  if (!Array.isArray(value) || index === undefined) throw new PathEvaluationError('Only lists have items')
  return value.at(Math.trunc(index))
}

/** Aggregates numbers: those in the list before the function, and those in its parameters. */
function aggregate(calculate: (values: readonly number[]) => number): PathFunction {
  return (value, parameters) => {
    const values = numbers(value, parameters)
    if (values.length === 0) throw new PathEvaluationError('There are no numbers to calculate with')
    return new Double(calculate(values))
  }
}

function numbers(value: JsonValue, parameters: readonly Argument[]): number[] {
  const items = Array.isArray(value) ? value : []
  return [...items, ...parameters.flat()].map(asNumber).filter((number) => number !== undefined)
}

function asNumber(value: Argument): number | undefined {
  if (value instanceof Double) return value.value
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function standardDeviation(values: readonly number[]): number {
  const { length: count } = values
  const squares = sum(values.map((value) => value * value))
  const total = sum(values)
  return Math.sqrt(squares / count - (total * total) / count / count)
}
