import { compileRegularExpression, patternFlags } from '../filter/regular-expression.ts'
import type { Operand } from '../path.ts'
import { type Cursor, isSign, type ReadPath } from './cursor.ts'
import { readJson } from './json.ts'

/** Reads one side of a relation: a path, a regular expression or a literal. */
export function readOperand(cursor: Cursor, readPath: ReadPath): Operand {
  cursor.skipBlanks()
  if (cursor.next === '@' || cursor.next === '$') return { kind: 'path', path: readPath(cursor, endsPath) }
  if (cursor.next === '/') return readPattern(cursor)
  return { kind: 'literal', value: readJson(cursor) }
}

/** Blanks, signs and the filter's closing bracket end a path; `&&` without a blank before it does not (as in Jayway). */
function endsPath(character: string): boolean {
  return character === ' ' || character === ')' || isSign(character)
}

function readPattern(cursor: Cursor): Operand {
  const from = cursor.at
  cursor.at += 1
  let source = ''
  while (!cursor.ended && cursor.next !== '/') source += readPatternPart(cursor)
  if (!cursor.take('/')) cursor.fail('The regular expression is not closed', from)
  const flags = cursor.takeWhile((character) => patternFlags.includes(character))
  const pattern = compileRegularExpression(source, flags)
  return pattern ? { kind: 'pattern', pattern } : cursor.fail('The regular expression is invalid', from)
}

/** One character, or a backslash with what it escapes. */
function readPatternPart(cursor: Cursor): string {
  const length = cursor.next === '\\' ? 2 : 1
  const part = cursor.text.slice(cursor.at, cursor.at + length)
  cursor.at += length
  return part
}
