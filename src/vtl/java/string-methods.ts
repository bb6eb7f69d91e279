import type { Rendering } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import { ArrayList, HostError, type Value } from '../value.ts'
import { formatJava } from './format.ts'
import { textHash } from './hash.ts'
import { isInt, type Method, type Methods, plain, required, textsOf, withText, withValue } from './method.ts'
import { matchesWhole, replaceAll, replaceFirst, split } from './regular-expression.ts'

function substring(self: string, [begin, end = self.length, ...more]: readonly Value[]): Value | undefined {
  if (!isInt(begin) || !isInt(end) || more.length > 0) return undefined
  if (begin < 0 || end > self.length || begin > end) {
    throw new HostError(`StringIndexOutOfBoundsException: begin ${begin}, end ${end}, length ${self.length}`)
  }
  return self.slice(begin, end)
}

function charAt(self: string, index: Value): Value | undefined {
  if (!isInt(index)) return undefined
  if (index >= 0 && index < self.length) return self.charAt(index)
  throw new HostError(`StringIndexOutOfBoundsException: index ${index}, length ${self.length}`)
}

function search(find: (self: string, text: string, from: number | undefined) => number): Method<string> {
  return (self, [text, from, ...more], rendering) => {
    if (more.length > 0 || (from !== undefined && !isInt(from))) return undefined
    rendering.spend(self.length)
    if (isInt(text)) return find(self, String.fromCodePoint(Math.max(text, 0)), from)
    return text === null || typeof text === 'string' ? find(self, required(text), from) : undefined
  }
}

/** `replace` of texts. An empty one is found between all characters, as in Java. */
function replace(self: string, parameters: readonly Value[], rendering: Rendering): Value | undefined {
  const [target, replacement] = textsOf(parameters, 2) ?? []
  if (target === undefined || replacement === undefined) return undefined
  rendering.spend(self.length)
  if (target.length === 0) rendering.spend(self.length * (replacement.length + 1))
  else if (replacement.length > target.length) {
    rendering.spend(Math.ceil(self.length / target.length) * (replacement.length - target.length))
  }
  return rendering.made(self.replaceAll(target, () => replacement))
}

function compare(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function compareTo(self: string, value: Value): number {
  const other = required(value)
  if (typeof other !== 'string') throw new HostError('ClassCastException: compareTo of another class')
  return compare(self, other)
}

function startsWith(self: string, [prefix, offset = 0, ...more]: readonly Value[]): Value | undefined {
  if (!isInt(offset) || more.length > 0 || !(prefix === null || typeof prefix === 'string')) return undefined
  return offset >= 0 && self.startsWith(required(prefix), offset)
}

function join(_: string, [separator, ...items]: readonly Value[], rendering: Rendering): Value | undefined {
  if (!(separator === null || typeof separator === 'string')) return undefined
  const [first] = items
  const list = items.length === 1 && Array.isArray(first) ? first : items
  rendering.spend(list.length * (required(separator).length + 8))
  return rendering.made(
    list.map((item) => (item === null ? 'null' : textOf(item, rendering))).join(required(separator)),
  )
}

function repeat(self: string, count: Value, rendering: Rendering): Value | undefined {
  if (!isInt(count)) return undefined
  if (count < 0) throw new HostError(`IllegalArgumentException: count is negative: ${count}`)
  rendering.spend(self.length * count)
  return rendering.made(self.repeat(count))
}

/** Java's `trim` takes away all that is not above the blank. */
function trim(self: string): string {
  let begin = 0
  let end = self.length
  while (begin < end && self.charCodeAt(begin) <= 0x20) begin += 1
  while (end > begin && self.charCodeAt(end - 1) <= 0x20) end -= 1
  return self.slice(begin, end)
}

function splitWith(
  self: string,
  [pattern, limit = 0, ...more]: readonly Value[],
  rendering: Rendering,
): Value | undefined {
  if (!isInt(limit) || more.length > 0 || !(pattern === null || typeof pattern === 'string')) return undefined
  return ArrayList.from<Value>(split(self, required(pattern), limit, rendering))
}

function replaceWith(replacer: typeof replaceAll): Method<string> {
  return (self, parameters, rendering) => {
    const [pattern, replacement] = textsOf(parameters, 2) ?? []
    if (pattern === undefined || replacement === undefined) return undefined
    return rendering.made(replacer(self, pattern, replacement, rendering))
  }
}

function counted(call: (self: string) => Value): Method<string> {
  return plain((self, rendering) => {
    rendering.spend(self.length)
    return call(self)
  })
}

export const stringMethods: Methods<string> = new Map<string, Method<string>>([
  ['charAt', withValue(charAt)],
  ['codePointAt', withValue((self, index) => (isInt(index) ? (self.codePointAt(index) ?? null) : undefined))],
  ['compareTo', withValue(compareTo)],
  ['compareToIgnoreCase', withText((self, text) => compare(self.toUpperCase(), text.toUpperCase()))],
  ['concat', withText((self, text, rendering) => rendering.made(self + text))],
  [
    'contains',
    withText((self, text, rendering) => {
      rendering.spend(self.length)
      return self.includes(text)
    }),
  ],
  ['contentEquals', withText((self, text) => self === text)],
  ['endsWith', withText((self, text) => self.endsWith(text))],
  ['equals', withValue((self, value) => self === value)],
  [
    'equalsIgnoreCase',
    withValue((self, value) => {
      if (value === null) return false
      return typeof value === 'string' ? self.toLowerCase() === value.toLowerCase() : undefined
    }),
  ],
  [
    'format',
    (_self, [pattern, ...values], rendering) => {
      if (!(pattern === null || typeof pattern === 'string')) return undefined
      return rendering.made(formatJava(required(pattern), values, rendering))
    },
  ],
  ['hashCode', counted(textHash)],
  ['indexOf', search((self, text, from) => self.indexOf(text, from))],
  ['intern', plain((self) => self)],
  ['isBlank', counted((self) => self.trim() === '')],
  ['isEmpty', plain((self) => self === '')],
  ['join', join],
  ['lastIndexOf', search((self, text, from) => self.lastIndexOf(text, from))],
  ['length', plain((self) => self.length)],
  ['matches', withText((self, pattern, rendering) => matchesWhole(self, pattern, rendering))],
  ['repeat', withValue(repeat)],
  ['replace', replace],
  ['replaceAll', replaceWith(replaceAll)],
  ['replaceFirst', replaceWith(replaceFirst)],
  ['split', splitWith],
  ['startsWith', startsWith],
  ['strip', counted((self) => self.trim())],
  ['subSequence', substring],
  ['substring', substring],
  [
    'toCharArray',
    plain((self, rendering) => {
      rendering.spend(self.length * 8)
      return ArrayList.from<Value>(self.split(''))
    }),
  ],
  ['toLowerCase', plain((self, rendering) => rendering.made(self.toLowerCase()))],
  ['toString', plain((self) => self)],
  ['toUpperCase', plain((self, rendering) => rendering.made(self.toUpperCase()))],
  ['trim', counted(trim)],
  ['valueOf', withValue((_, value, rendering) => textOf(value, rendering))],
])

/** Properties of strings: what Velocity finds as `isEmpty()`. */
export const stringProperties: ReadonlyMap<string, (self: string) => Value> = new Map([
  ['empty', (self: string) => self === ''],
  ['blank', (self: string) => self.trim() === ''],
])
