import type { Segment } from '../path.ts'
import { readCondition } from './condition.ts'
import type { Cursor, ReadPath } from './cursor.ts'
import { readQuoted } from './quoted.ts'

/** Reads `['a','b']`, `[0,1]`, `[1:3]`, `[*]` or `[?(…)]`. */
export function readBrackets(cursor: Cursor, readPath: ReadPath): Segment {
  cursor.expect('[')
  cursor.skipBlanks()
  const first = cursor.next
  if (first === "'" || first === '"') return readNames(cursor, first)
  if (first === '*') return readWildcard(cursor)
  if (first === '?') return readFilter(cursor, readPath)
  if (/^[-0-9:]$/.test(first)) return readPositions(cursor)
  return cursor.fail("Expected a name in quotes, an index, '*' or '?('")
}

function readNames(cursor: Cursor, quote: string): Segment {
  const names: string[] = []
  do {
    cursor.skipBlanks()
    if (cursor.next !== quote) cursor.fail(`Expected a name in ${quote}`)
    names.push(readQuoted(cursor))
  } while (cursor.takeSignificant(','))
  cursor.expect(']')
  return { kind: 'names', names }
}

function readWildcard(cursor: Cursor): Segment {
  cursor.expect('*')
  cursor.expect(']')
  return { kind: 'wildcard' }
}

function readFilter(cursor: Cursor, readPath: ReadPath): Segment {
  cursor.expect('?')
  cursor.expect('(')
  const condition = cursor.nested(() => readCondition(cursor, readPath))
  cursor.expect(')')
  cursor.expect(']')
  return { kind: 'filter', condition }
}

function readPositions(cursor: Cursor): Segment {
  const from = cursor.at
  const text = cursor.takeWhile((character) => character !== ']').trimEnd()
  cursor.expect(']')
  if (!text.includes(':')) {
    return { kind: 'indexes', indexes: text.split(/ *, */).map((index) => integer(cursor, index, from)) }
  }
  // A step, which would be the third, has no effect in Jayway.
  const [first = '', second = ''] = text.split(':')
  if (first === '' && second === '') cursor.fail('Expected an index', from)
  const bound = (index: string) => (index === '' ? undefined : integer(cursor, index, from))
  return { kind: 'slice', from: bound(first), to: bound(second) }
}

/** A Java `int`. */
function integer(cursor: Cursor, text: string, at: number): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= -(2 ** 31) && value < 2 ** 31)) cursor.fail(`'${text}' is no index`, at)
  return value
}
