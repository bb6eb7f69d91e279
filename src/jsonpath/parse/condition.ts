import { isOperator } from '../filter/operators.ts'
import type { Condition } from '../path.ts'
import { type Cursor, isSign, type ReadPath } from './cursor.ts'
import { readOperand } from './operand.ts'

/** Reads what is between `[?(` and `)]`: `&&` binds closer than `||`. */
export function readCondition(cursor: Cursor, readPath: ReadPath): Condition {
  return chain(cursor, 'or', '||', () => chain(cursor, 'and', '&&', () => readTerm(cursor, readPath)))
}

function chain(cursor: Cursor, kind: 'and' | 'or', sign: string, read: () => Condition): Condition {
  const first = read()
  const conditions = [first]
  while (cursor.takeSignificant(sign)) conditions.push(read())
  return conditions.length === 1 ? first : { kind, conditions }
}

function readTerm(cursor: Cursor, readPath: ReadPath): Condition {
  cursor.skipBlanks()
  if (cursor.take('!')) {
    const path = cursor.nextSignificant === '@' || cursor.nextSignificant === '$'
    return path
      ? readRelation(cursor, readPath, false)
      : { kind: 'not', condition: cursor.nested(() => readTerm(cursor, readPath)) }
  }
  if (cursor.take('(')) {
    const condition = cursor.nested(() => readCondition(cursor, readPath))
    cursor.expect(')')
    return condition
  }
  return readRelation(cursor, readPath, true)
}

/** @param wanted False after `!`, which has a meaning only where the path's existence is asked for (as in Jayway). */
function readRelation(cursor: Cursor, readPath: ReadPath, wanted: boolean): Condition {
  cursor.skipBlanks()
  const left = readOperand(cursor, readPath)
  const operator = readOperator(cursor)
  if (operator !== undefined) return { kind: 'relation', left, operator, right: readOperand(cursor, readPath) }
  if (left.kind !== 'path') return cursor.fail('Expected an operator')
  return { kind: 'exists', path: left.path, wanted }
}

function readOperator(cursor: Cursor): string | undefined {
  const before = cursor.at
  cursor.skipBlanks()
  const sign = cursor.takeWhile(isSign)
  const operator = sign === '' ? cursor.takeWhile((character) => character !== ' ').toUpperCase() : sign
  if (isOperator(operator)) return operator
  cursor.at = before
  return undefined
}
