import { Double, type JsonObject, type JsonValue } from '../../json/value.ts'
import type { Cursor } from './cursor.ts'
import { readQuoted } from './quoted.ts'

/** Reads a JSON value within a path. Single quotes do as well as double ones: `['a', 'b']`. */
export function readJson(cursor: Cursor): JsonValue {
  cursor.skipBlanks()
  if (cursor.next === '[') return cursor.nested(() => readList(cursor))
  if (cursor.next === '{') return cursor.nested(() => readObject(cursor))
  if (cursor.next === "'" || cursor.next === '"') return readQuoted(cursor)
  for (const [word, value] of words) if (cursor.take(word)) return value
  return readNumber(cursor)
}

const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

function readList(cursor: Cursor): JsonValue[] {
  const list: JsonValue[] = []
  cursor.expect('[')
  if (cursor.takeSignificant(']')) return list
  do list.push(readJson(cursor))
  while (cursor.takeSignificant(','))
  cursor.expect(']')
  return list
}

function readObject(cursor: Cursor): JsonObject {
  const object: JsonObject = new Map()
  cursor.expect('{')
  if (cursor.takeSignificant('}')) return object
  do {
    cursor.skipBlanks()
    if (cursor.next !== "'" && cursor.next !== '"') cursor.fail('Expected a name in quotes')
    const name = readQuoted(cursor)
    cursor.expect(':')
    object.set(name, readJson(cursor))
  } while (cursor.takeSignificant(','))
  cursor.expect('}')
  return object
}

function readNumber(cursor: Cursor): JsonValue {
  const from = cursor.at
  const text = cursor.takeWhile((character) => /[-+.0-9eE]/.test(character))
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) cursor.fail('Expected a value', from)
  if (/[.eE]/.test(text)) return new Double(Number(text))
  const value = Number(text)
  return Number.isSafeInteger(value) ? value + 0 : BigInt(text)
}
