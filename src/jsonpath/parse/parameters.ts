import type { Parameter } from '../path.ts'
import type { Cursor, ReadPath } from './cursor.ts'
import { readJson } from './json.ts'

/** Reads a function's parameters and the closing bracket. */
export function readParameters(cursor: Cursor, readPath: ReadPath): Parameter[] {
  const parameters: Parameter[] = []
  if (cursor.takeSignificant(')')) return parameters
  do {
    cursor.skipBlanks()
    parameters.push(readParameter(cursor, readPath))
  } while (cursor.takeSignificant(','))
  cursor.expect(')')
  return parameters
}

function readParameter(cursor: Cursor, readPath: ReadPath): Parameter {
  if (cursor.next === '$' || cursor.next === '@') return { path: readPath(cursor, endsParameter) }
  return { value: readJson(cursor) }
}

function endsParameter(character: string): boolean {
  return character === ',' || character === ')' || character === ' '
}
