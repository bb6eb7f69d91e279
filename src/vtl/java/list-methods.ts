import { javaEquals } from '../runtime/equality.ts'
import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import { ArrayList, HostError, type Value } from '../value.ts'
import { hashOf } from './hash.ts'
import { checkIndex, isInt, isListOrNull, type Method, type Methods, plain, required, withValue } from './method.ts'

/** What `keySet()`, `entrySet()` and `values()` return: a copy, which has no places. */
export class Collection extends ArrayList {}

/** Java's views of a map take nothing in. */
function checkGrows(self: Value[]): void {
  if (self instanceof Collection) throw new HostError('UnsupportedOperationException')
}

function hasPlaces(self: Value[]): boolean {
  return !(self instanceof Collection)
}

/** Makes room for one item. `splice` takes a slow path for lists that are no plain arrays. */
function insert(self: Value[], index: number, item: Value): void {
  for (let at = self.length; at > index; at -= 1) self[at] = self[at - 1] ?? null
  self[index] = item
}

/** Takes one item out. */
function takeOut(self: Value[], index: number): Value {
  const item = self[index] ?? null
  for (let at = index + 1; at < self.length; at += 1) self[at - 1] = self[at] ?? null
  self.length -= 1
  return item
}

function add(self: Value[], [first, second, ...more]: readonly Value[], rendering: Rendering): Value | undefined {
  if (first === undefined || more.length > 0) return undefined
  rendering.spend(8)
  if (second === undefined) {
    checkGrows(self)
    self.push(first)
    return true
  }
  if (!isInt(first) || !hasPlaces(self)) return undefined
  if (first !== self.length) checkIndex(first, self.length)
  rendering.spend(self.length - first)
  insert(self, first, second)
  return ''
}

function addAll(self: Value[], [first, second, ...more]: readonly Value[], rendering: Rendering): Value | undefined {
  const given = second === undefined ? first : second
  if (!isListOrNull(given) || more.length > 0) return undefined
  if (second !== undefined && !(isInt(first) && hasPlaces(self))) return undefined
  const items = [...required(given)]
  if (items.length > 0) checkGrows(self)
  rendering.spend(items.length * 30)
  const index = isInt(first) ? first : self.length
  if (index !== self.length) checkIndex(index, self.length)
  const after = self.slice(index)
  rendering.spend(after.length * 8)
  self.length = index
  for (const item of items) self.push(item)
  for (const item of after) self.push(item)
  return items.length > 0
}

/** `remove(int)` returns what was there, `remove(Object)` whether it was there. */
function remove(self: Value[], value: Value, rendering: Rendering): Value | undefined {
  rendering.spend(self.length)
  if (isInt(value) && hasPlaces(self)) return takeOut(self, checkIndex(value, self.length))
  const index = indexOf(self, value, rendering)
  if (index < 0) return false
  takeOut(self, index)
  return true
}

/** Keeps the items that are in the other list, or that are not. @returns whether any went. */
function keep(wanted: boolean): Method<Value[]> {
  return withValue((self, value, rendering) => {
    if (!isListOrNull(value)) return undefined
    const others = required(value)
    const kept = self.filter((item) => indexOf(others, item, rendering) >= 0 === wanted)
    const changed = kept.length < self.length
    self.length = 0
    for (const item of kept) self.push(item)
    return changed
  })
}

function indexOf(self: readonly Value[], value: Value, rendering: Rendering): number {
  return self.findIndex((item) => javaEquals(item, value, rendering))
}

function get(self: Value[], index: Value): Value | undefined {
  return isInt(index) && hasPlaces(self) ? self[checkIndex(index, self.length)] : undefined
}

function set(self: Value[], [index, value, ...more]: readonly Value[]): Value | undefined {
  if (!isInt(index) || value === undefined || more.length > 0 || !hasPlaces(self)) return undefined
  const previous = self[checkIndex(index, self.length)] ?? null
  self[index] = value
  return previous
}

function subList(self: Value[], [from, to, ...more]: readonly Value[], rendering: Rendering): Value | undefined {
  if (more.length > 0 || !isInt(from) || !isInt(to) || !hasPlaces(self)) return undefined
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
      isListOrNull(others) ? required(others).every((item) => indexOf(self, item, rendering) >= 0) : undefined,
    ),
  ],
  ['equals', withValue((self, value, rendering) => javaEquals(self, value, rendering))],
  ['get', withValue(get)],
  ['hashCode', plain(hashOf)],
  ['indexOf', withValue((self, value, rendering) => indexOf(self, value, rendering))],
  ['isEmpty', plain((self) => self.length === 0)],
  ['iterator', plain(toArray)],
  [
    'lastIndexOf',
    withValue((self, value, rendering) => self.findLastIndex((item) => javaEquals(item, value, rendering))),
  ],
  ['remove', withValue(remove)],
  ['removeAll', keep(false)],
  ['retainAll', keep(true)],
  ['set', set],
  ['size', plain((self) => self.length)],
  ['subList', subList],
  ['toArray', plain(toArray)],
  ['toString', plain(textOf)],
])
