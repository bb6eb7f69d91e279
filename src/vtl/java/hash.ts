import { Double } from '../../json/value.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { HostError, HostObject, type Value } from '../value.ts'

/** Lists and maps within one another. */
const maxDepth = 512

/** `String.hashCode`. */
export function textHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}

/** `Object.hashCode` of the classes that say what it is. */
export function hashOf(value: Value, rendering: Rendering, depth = 0): number {
  rendering.spend(20)
  if (typeof value === 'string') {
    rendering.spend(value.length)
    return textHash(value)
  }
  if (typeof value === 'boolean') return value ? 1231 : 1237
  if (typeof value === 'number') return longHash(value)
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value ^ (value >> 32n)))
  if (value === null || value instanceof HostObject) return 0
  if (value instanceof Double) return doubleHash(value.value)
  if (depth === maxDepth) throw new HostError(`Lists and maps nested deeper than ${maxDepth}`)
  if (Array.isArray(value)) {
    return value.reduce<number>((hash, item) => (Math.imul(hash, 31) + hashOf(item, rendering, depth + 1)) | 0, 1)
  }
  let hash = 0
  for (const [key, member] of value) {
    hash = (hash + (hashOf(key, rendering) ^ hashOf(member, rendering, depth + 1))) | 0
  }
  return hash
}

/** An `Integer` is its own hash; a `Long` is the exclusive or of its halves. */
function longHash(value: number): number {
  if (value === (value | 0)) return value
  const long = BigInt(value)
  return Number(BigInt.asIntN(32, long ^ (long >> 32n)))
}

function doubleHash(value: number): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  return bits.getInt32(0) ^ bits.getInt32(4)
}
