import { Double } from '../../json/value.ts'
import { HostError, type Value, type ValueMap } from '../value.ts'
import { compareNumbers, isNumber } from './arithmetic.ts'
import { MapEntry } from './objects.ts'
import type { Rendering } from './rendering.ts'
import { textOf } from './text.ts'

/** Lists and maps within one another. */
const maxDepth = 512

/** Velocity's `==`: numbers by value, values of one class by `equals`, others by their texts. */
export function isEqual(left: Value, right: Value, rendering: Rendering): boolean {
  if (isNumber(left)) {
    if (isNumber(right)) return compareNumbers(left, right) === 0
  } else if (typeof left === typeof right && typeof left !== 'object') return left === right
  if (left === null || right === null) return left === right
  if (isSameClass(left, right)) return javaEquals(left, right, rendering)
  return textOf(left, rendering) === textOf(right, rendering)
}

function isSameClass(left: Value, right: Value): boolean {
  if (Array.isArray(left)) return Array.isArray(right)
  return left instanceof Map && right instanceof Map
}

/** Java's `equals`: a number equals only one of its own class. */
export function javaEquals(left: Value, right: Value, rendering: Rendering, depth = 0): boolean {
  rendering.spend(20)
  if (left === right) return true
  if (typeof left === 'string' && typeof right === 'string') rendering.spend(Math.min(left.length, right.length))
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (left instanceof Double && right instanceof Double) return Object.is(left.value, right.value)
  if (depth === maxDepth) throw new HostError(`Lists and maps nested deeper than ${maxDepth}`)
  if (Array.isArray(left) && Array.isArray(right)) return listEquals(left, right, rendering, depth)
  if (left instanceof Map && right instanceof Map) return mapEquals(left, right, rendering, depth)
  if (!(left instanceof MapEntry && right instanceof MapEntry)) return false
  return left.key === right.key && javaEquals(left.value, right.value, rendering, depth + 1)
}

function listEquals(left: readonly Value[], right: readonly Value[], rendering: Rendering, depth: number): boolean {
  if (left.length !== right.length) return false
  return left.every((item, index) => javaEquals(item, right[index] ?? null, rendering, depth + 1))
}

function mapEquals(left: ValueMap, right: ValueMap, rendering: Rendering, depth: number): boolean {
  if (left.size !== right.size) return false
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined || !javaEquals(value, other, rendering, depth + 1)) return false
  }
  return true
}
