import type { JsonValue } from '../../json/value.ts'
import type { Segment } from '../path.ts'

/**
 * Reads a path of single names and indexes, which is what nearly all paths are, without a list of findings.
 *
 * @returns `undefined` for any other path.
 */
export function directReader(segments: readonly Segment[]): ((value: JsonValue) => JsonValue | undefined) | undefined {
  const keys: (string | number)[] = []
  for (const segment of segments) {
    const key = singleKey(segment)
    if (key === undefined) return undefined
    keys.push(key)
  }
  return (document) => {
    let value: JsonValue | undefined = document
    for (const key of keys) {
      value = typeof key === 'string' ? member(value, key) : item(value, key)
      if (value === undefined) return undefined
    }
    return value
  }
}

function singleKey(segment: Segment): string | number | undefined {
  if (segment.kind === 'names' && segment.names.length === 1) return segment.names[0]
  if (segment.kind === 'indexes' && segment.indexes.length === 1) return segment.indexes[0]
  return undefined
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value instanceof Map ? value.get(name) : undefined
}

function item(value: JsonValue | undefined, index: number): JsonValue | undefined {
  return Array.isArray(value) ? value.at(index) : undefined
}
