import { KnownNames } from './known-names.ts'
import { Double, type JsonObject, type JsonValue } from './value.ts'

/** Text that is no JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError'
  /** Where reading stopped, in UTF-16 units from the start of the text. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(`${message} at offset ${offset}`)
    this.offset = offset
  }
}

/** Lists and objects within one another: more is refused, so that no caller's text exhausts the stack. */
export const maxDepth = 512
/** Characters of one number: more is refused, because the time to convert digits grows faster than their count. */
export const maxNumberLength = 1_000

export interface ParseOptions {
  /** Refuses an object that has two members of the same name. */
  readonly uniqueMembers?: boolean
}

/**
 * Reads one JSON text as RFC 8259 defines it. Of members with the same name, the last one's value counts.
 *
 * @throws {JsonSyntaxError} when it is no JSON, is nested deeper than `maxDepth`, or has a number longer than `maxNumberLength`.
 */
export function parseJson(text: string, options: ParseOptions = {}): JsonValue {
  return new Parser(text, options).document()
}

const quote = 0x22
const plus = 0x2b
const comma = 0x2c
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39
const colon = 0x3a
const openList = 0x5b
const backslash = 0x5c
const closeList = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

const knownNames = new KnownNames()

class Parser {
  readonly #text: string
  readonly #uniqueMembers: boolean
  #at = 0
  #depth = 0

  constructor(text: string, { uniqueMembers = false }: ParseOptions) {
    this.#text = text
    this.#uniqueMembers = uniqueMembers
  }

  document(): JsonValue {
    const value = this.#value(this.#next())
    this.#next()
    if (this.#at < this.#text.length) throw this.#unexpected()
    return value
  }

  /** @param code The character that it begins with. */
  #value(code: number): JsonValue {
    if (code === quote) return this.#string()
    if (code === openObject) return this.#object()
    if (code === openList) return this.#list()
    if (code === minus || isDigit(code)) return this.#number()
    return this.#word()
  }

  #word(): JsonValue {
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue
      this.#at += word.length
      return value
    }
    throw this.#unexpected()
  }

  #object(): JsonObject {
    const members: JsonObject = new Map()
    if (this.#opensEmpty(closeObject)) return members
    do {
      if (this.#next() !== quote) throw this.#unexpected()
      const name = this.#name()
      if (this.#uniqueMembers && members.has(name)) throw new JsonSyntaxError(`A second ${name}`, this.#at)
      if (this.#next() !== colon) throw this.#unexpected()
      this.#at += 1
      members.set(name, this.#value(this.#next()))
    } while (this.#continues(closeObject))
    return members
  }

  #list(): JsonValue[] {
    const items: JsonValue[] = []
    if (this.#opensEmpty(closeList)) return items
    do items.push(this.#value(this.#next()))
    while (this.#continues(closeList))
    return items
  }

  /** Steps over the opening character, and over the closing one if it follows. */
  #opensEmpty(close: number): boolean {
    if (this.#depth === maxDepth) throw new JsonSyntaxError(`Nested deeper than ${maxDepth}`, this.#at)
    this.#at += 1
    if (this.#next() === close) {
      this.#at += 1
      return true
    }
    this.#depth += 1
    return false
  }

  /** Steps over a comma or the closing character: whether another item follows. */
  #continues(close: number): boolean {
    const code = this.#next()
    if (code !== comma && code !== close) throw this.#unexpected()
    this.#at += 1
    if (code === comma) return true
    this.#depth -= 1
    return false
  }

  #string(): string {
    const start = this.#at + 1
    for (let at = start; ; at += 1) {
      const code = this.#text.charCodeAt(at)
      if (code === quote) {
        this.#at = at + 1
        return this.#text.slice(start, at)
      }
      if (code === backslash) return this.#escapedString(start, at)
      // NaN, past the end, is not greater either.
      if (!(code >= 0x20)) throw this.#unexpected(at)
    }
  }

  /** A member's name: most documents have the names of those before them, which need no string of their own. */
  #name(): string {
    const text = this.#text
    const start = this.#at + 1
    let hash = 0
    for (let at = start; ; at += 1) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        this.#at = at + 1
        return knownNames.between(text, start, at, hash)
      }
      if (code === backslash || !(code >= 0x20)) return this.#string()
      hash = (hash * 31 + code) | 0
    }
  }

  /** Reads on from the first escape at `at`. */
  #escapedString(start: number, at: number): string {
    let value = this.#text.slice(start, at)
    this.#at = at
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === quote) {
        this.#at += 1
        return value
      }
      value += code === backslash ? this.#escape() : this.#plainRun()
    }
  }

  #plainRun(): string {
    const start = this.#at
    let at = start
    for (;;) {
      const code = this.#text.charCodeAt(at)
      if (code === quote || code === backslash) break
      if (!(code >= 0x20)) throw this.#unexpected(at)
      at += 1
    }
    this.#at = at
    return this.#text.slice(start, at)
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at + 1)
    const plain = escapes[letter]
    if (plain !== undefined) {
      this.#at += 2
      return plain
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6)
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#unexpected(this.#at + 1)
    this.#at += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #number(): number | bigint | Double {
    const start = this.#at
    const negative = this.#text.charCodeAt(start) === minus
    if (negative) this.#at += 1
    const size = this.#integer()
    const integral = !this.#skipFraction()
    const length = this.#at - start
    if (length > maxNumberLength) throw new JsonSyntaxError(`A number longer than ${maxNumberLength}`, start)
    if (!integral) return new Double(Number(this.#text.slice(start, this.#at)))
    if (length > 15) return integerOf(this.#text.slice(start, this.#at))
    // 0 - 0 is 0, where -0 would not be: Java's integers have no negative zero.
    return negative ? 0 - size : size
  }

  #integer(): number {
    if (this.#text.charCodeAt(this.#at) !== zero) return this.#digits()
    this.#at += 1
    if (isDigit(this.#text.charCodeAt(this.#at))) throw this.#unexpected()
    return 0
  }

  /** Steps over digits, at least one. @returns their value, which is exact for 15 of them. */
  #digits(): number {
    const start = this.#at
    let at = start
    let value = 0
    for (let code = this.#text.charCodeAt(at); isDigit(code); code = this.#text.charCodeAt(at)) {
      value = value * 10 + (code - zero)
      at += 1
    }
    if (at === start) throw this.#unexpected()
    this.#at = at
    return value
  }

  /** Steps over a fraction and an exponent. @returns whether there is one of them. */
  #skipFraction(): boolean {
    const start = this.#at
    if (this.#text.charCodeAt(this.#at) === point) {
      this.#at += 1
      this.#digits()
    }
    if ((this.#text.charCodeAt(this.#at) | 0x20) === 0x65) {
      this.#at += 1
      const sign = this.#text.charCodeAt(this.#at)
      if (sign === plus || sign === minus) this.#at += 1
      this.#digits()
    }
    return this.#at > start
  }

  /** Steps over blanks. @returns the character after them; NaN at the end. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code > 0x20 || (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)) return code
      this.#at += 1
    }
  }

  #unexpected(at = this.#at): JsonSyntaxError {
    return at < this.#text.length
      ? new JsonSyntaxError(`Unexpected character ${JSON.stringify(this.#text.charAt(at))}`, at)
      : new JsonSyntaxError('Unexpected end', this.#text.length)
  }
}

const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

function isDigit(code: number): boolean {
  return code >= zero && code <= nine
}

function integerOf(digits: string): number | bigint {
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : BigInt(digits)
}
