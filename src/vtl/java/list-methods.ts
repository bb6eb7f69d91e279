import { javaEquals } from '../runtime/equality.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import { ArrayList, HostError, type Value } from '../value.ts'
import { hashOf } from './hash.ts'
import { checkIndex, isInt, type Method, type Methods, plain, withValue } from './method.ts'

/** What `keySet()`, `entrySet()` and `values()` return: a copy, which has no places. */
export class Collection extends ArrayList {}

function hasPlaces(self: Value[]): boolean {
  return !(self instanceof Collection)
}

function add(self: Value[], [first, second]: readonly Value[], rendering: Rendering): Value | undefined {
  if (first === undefined) return undefined
  rendering.spend(8)
  if (second === undefined) {
    self.push(first)
    return true
  }
  if (!isInt(first) || !hasPlaces(self)) return undefined
  if (first !== self.length) checkIndex(first, self.length)
  rendering.spend(self.length - first)
  self.splice(first, 0, second)
  return ''
}

function addAll(self: Value[], [first, second]: readonly Value[], rendering: Rendering): Value | undefined {
  const items = second ?? first
  if (!Array.isArray(items)) return undefined
  rendering.spend(items.length * 8)
  if (second === undefined) for (const item of [...items]) self.push(item)
  else if (isInt(first) && hasPlaces(self)) {
    if (first !== self.length) checkIndex(first, self.length)
    self.splice(first, 0, ...items)
  } else return undefined
  return items.length > 0
}

/** `remove(int)` returns what was there, `remove(Object)` whether it was there. */
function remove(self: Value[], [value]: readonly Value[], rendering: Rendering): Value | undefined {
  if (value === undefined) return undefined
  rendering.spend(self.length)
  if (isInt(value) && hasPlaces(self)) return self.splice(checkIndex(value, self.length), 1)[0] ?? null
  const index = indexOf(self, value, rendering)
  if (index < 0) return false
  self.splice(index, 1)
  return true
}

/** Keeps the items that are in the other list, or that are not. @returns whether any went. */
function keep(wanted: boolean): Method<Value[]> {
  return (self, [others], rendering) => {
    if (!Array.isArray(others)) return undefined
    const kept = self.filter((item) => indexOf(others, item, rendering) >= 0 === wanted)
    const changed = kept.length < self.length
    self.length = 0
    for (const item of kept) self.push(item)
    return changed
  }
}

function indexOf(self: readonly Value[], value: Value, rendering: Rendering): number {
  return self.findIndex((item) => javaEquals(item, value, rendering))
}

function get(self: Value[], [index]: readonly Value[]): Value | undefined {
  return isInt(index) && hasPlaces(self) ? self[checkIndex(index, self.length)] : undefined
}

function set(self: Value[], [index, value]: readonly Value[]): Value | undefined {
  if (!isInt(index) || value === undefined || !hasPlaces(self)) return undefined
  const previous = self[checkIndex(index, self.length)] ?? null
  self[index] = value
  return previous
}

function subList(self: Value[], [from, to]: readonly Value[], rendering: Rendering): Value | undefined {
  if (!isInt(from) || !isInt(to) || !hasPlaces(self)) return undefined
  if (from < 0 || to > self.length || from > to) throw new HostError(`IndexOutOfBoundsException: ${from} to ${to}`)
  rendering.spend((to - from) * 8)
  return ArrayList.from<Value>(self.slice(from, to))
}

function toArray(self: Value[], rendering: Rendering): Value {
  rendering.spend(self.length * 8)
  return ArrayList.from<Value>(self)
}

export const listMethods: Methods<Value[]> = new Map<string, Method<Value[]>>([
  ['add', add],
  ['addAll', addAll],
  [
    'clear',
    plain((self) => {
      self.length = 0
      return ''
    }),
  ],
  ['contains', withValue((self, value, rendering) => indexOf(self, value, rendering) >= 0)],
  [
    'containsAll',
    withValue((self, others, rendering) =>
      Array.isArray(others) ? others.every((item) => indexOf(self, item, rendering) >= 0) : undefined,
    ),
  ],
  ['equals', withValue((self, value, rendering) => javaEquals(self, value, rendering))],
  ['get', get],
  ['hashCode', plain(hashOf)],
  ['indexOf', withValue((self, value, rendering) => indexOf(self, value, rendering))],
  ['isEmpty', plain((self) => self.length === 0)],
  ['iterator', plain(toArray)],
  [
    'lastIndexOf',
    withValue((self, value, rendering) => self.findLastIndex((item) => javaEquals(item, value, rendering))),
  ],
  ['remove', remove],
  ['removeAll', keep(false)],
  ['retainAll', keep(true)],
  ['set', set],
  ['size', plain((self) => self.length)],
  ['subList', subList],
  ['toArray', plain(toArray)],
  ['toString', plain(textOf)],
])
