import { isEqual, javaEquals } from '../runtime/equality.ts'
import { MapEntry } from '../runtime/objects.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import type { Key, Value, ValueMap } from '../value.ts'
import { hashOf } from './hash.ts'
import { Collection } from './list-methods.ts'
import { type Method, type Methods, plain, required, withValue } from './method.ts'

/** What tells a key apart: text, numbers and booleans by themselves, all else by its text. */
export function keyOf(value: Value, rendering: Rendering): Key {
  return typeof value === 'object' ? textOf(value, rendering) : value
}

function put(self: ValueMap, [key, value, ...more]: readonly Value[], rendering: Rendering): Value | undefined {
  if (key === undefined || value === undefined || more.length > 0) return undefined
  rendering.spend(16)
  const name = keyOf(key, rendering)
  const previous = self.get(name) ?? null
  self.set(name, value)
  return previous
}

function putAll(self: ValueMap, given: Value, rendering: Rendering): Value | undefined {
  const other = required(given)
  if (!(other instanceof Map)) return undefined
  rendering.spend(other.size * 16)
  for (const [key, value] of [...other]) self.set(key, value)
  return ''
}

function putIfAbsent(self: ValueMap, parameters: readonly Value[], rendering: Rendering): Value | undefined {
  const [key, value, ...more] = parameters
  if (key === undefined || value === undefined || more.length > 0) return undefined
  const present = self.get(keyOf(key, rendering)) ?? null
  return present === null ? put(self, parameters, rendering) : present
}

function remove(self: ValueMap, key: Value, rendering: Rendering): Value {
  const name = keyOf(key, rendering)
  const previous = self.get(name) ?? null
  self.delete(name)
  return previous
}

function containsValue(self: ValueMap, value: Value, rendering: Rendering): boolean {
  return self.values().some((other) => javaEquals(value, other, rendering))
}

function collection(items: (self: ValueMap) => Iterable<Value>): Method<ValueMap> {
  return plain((self, rendering) => {
    rendering.spend(self.size * 8)
    return Collection.from<Value>(items(self))
  })
}

export const mapMethods: Methods<ValueMap> = new Map<string, Method<ValueMap>>([
  [
    'clear',
    plain((self) => {
      self.clear()
      return ''
    }),
  ],
  ['containsKey', withValue((self, key, rendering) => self.has(keyOf(key, rendering)))],
  ['containsValue', withValue(containsValue)],
  ['entrySet', collection((self) => self.keys().map((key) => new MapEntry(self, key)))],
  ['equals', withValue((self, value, rendering) => value instanceof Map && isEqual(self, value, rendering))],
  ['get', withValue((self, key, rendering) => self.get(keyOf(key, rendering)) ?? null)],
  [
    'getOrDefault',
    (self, [key, otherwise, ...more], rendering) => {
      if (key === undefined || otherwise === undefined || more.length > 0) return undefined
      const name = keyOf(key, rendering)
      return self.has(name) ? (self.get(name) ?? null) : otherwise
    },
  ],
  ['hashCode', plain(hashOf)],
  ['isEmpty', plain((self) => self.size === 0)],
  ['keySet', collection((self) => self.keys())],
  ['put', put],
  ['putAll', withValue(putAll)],
  ['putIfAbsent', putIfAbsent],
  ['remove', withValue(remove)],
  ['size', plain((self) => self.size)],
  ['toString', plain(textOf)],
  ['values', collection((self) => self.values())],
])
