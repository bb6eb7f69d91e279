import { Double } from '../../json/value.ts'
import type { Arithmetic } from '../syntax/ast.ts'
import { HostError, type Value } from '../value.ts'

export type JavaNumber = number | bigint | Double

export function isNumber(value: Value | undefined): value is JavaNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double
}

/** Integers beyond this are refused: a few multiplications would make them fill the memory. */
const maxInteger = 2n ** 4096n
const maxLong = 2n ** 63n - 1n

/** Calculates as Velocity's MathUtils: whole numbers stay whole and grow without end, and division by zero has no result. */
export function calculate(operator: Arithmetic, left: JavaNumber, right: JavaNumber): JavaNumber | null {
  if (typeof left === 'number' && typeof right === 'number') return calculateSmall(operator, left, right)
  if (left instanceof Double || right instanceof Double)
    return calculateDouble(operator, asDouble(left), asDouble(right))
  return calculateBig(operator, BigInt(left), BigInt(right))
}

function calculateSmall(operator: Arithmetic, left: number, right: number): JavaNumber | null {
  const result = smallResult(operator, left, right)
  if (result === null || Number.isSafeInteger(result)) return result
  return calculateBig(operator, BigInt(left), BigInt(right))
}

/** Adding 0 makes -0, which Java's integers do not have, 0. */
function smallResult(operator: Arithmetic, left: number, right: number): number | null {
  switch (operator) {
    case 'plus':
      return left + right
    case 'minus':
      return left - right
    case 'multiply':
      return left * right + 0
    case 'divide':
      return right === 0 ? null : (left - (left % right)) / right + 0
    case 'modulus':
      return right === 0 ? null : (left % right) + 0
  }
}

function calculateBig(operator: Arithmetic, left: bigint, right: bigint): JavaNumber | null {
  switch (operator) {
    case 'plus':
      return integer(left + right)
    case 'minus':
      return integer(left - right)
    case 'multiply':
      return integer(left * right)
    case 'divide':
      return right === 0n ? null : integer(left / right)
    case 'modulus':
      return right === 0n ? null : integer(modulus(left, right))
  }
}

/** Java's `%` for longs, and `BigInteger.mod`, which is never negative, beyond. */
function modulus(left: bigint, right: bigint): bigint {
  if (isLong(left) && isLong(right)) return left % right
  if (right < 0n) throw new HostError('BigInteger: modulus not positive')
  const rest = left % right
  return rest < 0n ? rest + right : rest
}

function isLong(value: bigint): boolean {
  return value <= maxLong && value >= -maxLong - 1n
}

function calculateDouble(operator: Arithmetic, left: number, right: number): Double | null {
  switch (operator) {
    case 'plus':
      return new Double(left + right)
    case 'minus':
      return new Double(left - right)
    case 'multiply':
      return new Double(left * right)
    case 'divide':
      return right === 0 ? null : new Double(left / right)
    case 'modulus':
      return right === 0 ? null : new Double(left % right)
  }
}

/** A whole number in its smallest form. */
function integer(value: bigint): number | bigint {
  if (value > maxInteger || value < -maxInteger) throw new HostError('A number of more than 4096 bits')
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

export function asDouble(value: JavaNumber): number {
  return value instanceof Double ? value.value : Number(value)
}

/** `Number.intValue()`: the lowest 32 bits of whole numbers, the nearest of others. */
export function intValue(value: JavaNumber): number {
  if (typeof value === 'number') return Number(BigInt.asIntN(32, BigInt(value)))
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value))
  if (Number.isNaN(value.value)) return 0
  return Math.trunc(Math.min(Math.max(value.value, -2147483648), 2147483647)) + 0
}

/** -1, 0 or 1; `undefined` when they cannot be ordered, which Java takes for equal. */
export function compareNumbers(left: JavaNumber, right: JavaNumber): -1 | 0 | 1 {
  const leftValue = left instanceof Double ? left.value : left
  const rightValue = right instanceof Double ? right.value : right
  if (leftValue < rightValue) return -1
  return leftValue > rightValue ? 1 : 0
}
