import { functions } from '../functions.ts'
import type { Path, Segment } from '../path.ts'
import { PathSyntaxError } from '../path-error.ts'
import { readBrackets } from './brackets.ts'
import { Cursor, type ReadPath } from './cursor.ts'
import { readParameters } from './parameters.ts'

/** UTF-16 units of a path: no hand writes more, and callers' text can be part of one. */
const maxPathLength = 10_000
/** Segments of a path, and conditions within one another. */
const maxSegments = 500

/** @throws {PathSyntaxError} */
export function parsePath(text: string): Path {
  if (text.length > maxPathLength) throw new PathSyntaxError('The path is too long', maxPathLength)
  const rooted = text.startsWith('$') || text.startsWith('@')
  const source = (rooted ? text : `$.${text}`).trimEnd()
  const cursor = new Cursor(source, rooted ? 0 : 2)
  if (source.endsWith('.')) cursor.fail("A path must not end with '.'", source.length - 1)
  return readPath(cursor, () => false)
}

const readPath: ReadPath = (cursor, ends) => {
  const root = cursor.next === '@' ? '@' : '$'
  if (!cursor.take(root)) cursor.fail("Expected '$' or '@'")
  const done = () => cursor.ended || ends(cursor.next)
  if (!done() && cursor.next !== '.' && cursor.next !== '[') cursor.fail("Expected '.' or '['")
  const segments: Segment[] = []
  while (!done()) {
    segments.push(...readSegment(cursor, ends))
    if (segments.length > maxSegments) cursor.fail('The path has too many segments')
    // Jayway reads nothing into a lone last character: `$['a']]` and `$.a[` are `$.a`.
    if (!done() && cursor.at === cursor.text.length - 1) cursor.at += 1
  }
  return { root, segments }
}

/** Jayway takes a dot before brackets, and none before a name that follows brackets. */
function readSegment(cursor: Cursor, ends: (character: string) => boolean): Segment[] {
  const dots = cursor.take('..') ? 2 : cursor.take('.') ? 1 : 0
  if (dots > 0 && (cursor.next === '.' || cursor.ended)) cursor.fail('Expected a name')
  const scan: Segment[] = dots === 2 ? [{ kind: 'scan' }] : []
  if (cursor.next === '[') return [...scan, readBrackets(cursor, readPath)]
  if (cursor.take('*')) return [...scan, { kind: 'wildcard' }]
  const segment = readName(cursor, ends)
  if (dots === 2 && segment.kind === 'function') cursor.fail("A function cannot follow '..'")
  return [...scan, segment]
}

function readName(cursor: Cursor, ends: (character: string) => boolean): Segment {
  const from = cursor.at
  const name = cursor.takeWhile(
    (character) => character !== '.' && character !== '[' && character !== '(' && character !== ' ' && !ends(character),
  )
  if (name === '') cursor.fail('Expected a name', from)
  if (cursor.next === '(') return readFunction(cursor, name, from)
  if (cursor.next === ' ' && !ends(' ')) cursor.fail("A name with blanks needs brackets: ['a b']")
  return { kind: 'names', names: [name] }
}

function readFunction(cursor: Cursor, name: string, from: number): Segment {
  const call = functions.get(name)
  if (!call) return cursor.fail(`There is no function named ${name}`, from)
  cursor.expect('(')
  return { kind: 'function', call, parameters: readParameters(cursor, readPath) }
}
