import { remembering } from './remembering.ts'

/** The header lines of a request as the client sent them: case, order and repeats are kept. */
export class HeaderList {
  /** Flat: name, value, name, value, … */
  readonly raw: readonly string[]
  /** Its connection has sent the same lines before, and may send them again: what they come to is worth keeping. */
  isRepeated = false
  private knownBytes: number | undefined

  constructor(raw: readonly string[]) {
    this.raw = raw
  }

  /** The last value of a header, by its name in lower case: header names of HTTP have no case. */
  get(lowerName: string): string | undefined {
    const { raw } = this
    for (let i = raw.length - 2; i >= 0; i -= 2) {
      if (isNamed(raw[i] ?? '', lowerName)) return raw[i + 1]
    }
    return undefined
  }

  /** Every value of a header, in order, by its name in lower case. */
  all(lowerName: string): string[] {
    const values: string[] = []
    for (let i = 0; i < this.raw.length; i += 2) {
      if (isNamed(this.raw[i] ?? '', lowerName)) values.push(this.raw[i + 1] ?? '')
    }
    return values
  }

  /** Every value of exactly this spelling, in order: the mappings of REST APIs compare names with their case. */
  allExact(name: string): string[] {
    const values: string[] = []
    for (let i = 0; i < this.raw.length; i += 2) {
      if (this.raw[i] === name) values.push(this.raw[i + 1] ?? '')
    }
    return values
  }

  /** Bytes of all names and values. */
  get bytes(): number {
    if (this.knownBytes === undefined) {
      this.knownBytes = 0
      for (const text of this.raw) this.knownBytes += text.length
    }
    return this.knownBytes
  }
}

/** A header name in lower case. */
const lowerCase = remembering((name) => name.toLowerCase())

/** Whether a header name, in any case, is `lowerName`. */
export function isNamed(name: string, lowerName: string): boolean {
  return name.length === lowerName.length && (name === lowerName || lowerCase(name) === lowerName)
}

/** `application/json` of `Application/JSON; charset=utf-8, text/html`: the first type, bare and in lower case. */
export function firstMediaType(value: string): string {
  const comma = value.indexOf(',')
  const first = comma < 0 ? value : value.slice(0, comma)
  const semicolon = first.indexOf(';')
  return (semicolon < 0 ? first : first.slice(0, semicolon)).trim().toLowerCase()
}

/**
 * Remembers what a function says of header lines that a connection sends again and again.
 * @param answer Its further argument says nothing that differs between two calls with the same lines.
 */
export function perRepeatedLines<C, T extends object>(
  answer: (headers: HeaderList, call: C) => T,
): (headers: HeaderList, call: C) => T {
  const known = new WeakMap<HeaderList, T>()
  return (headers, call) => {
    const hit = headers.isRepeated ? known.get(headers) : undefined
    if (hit) return hit
    const fresh = answer(headers, call)
    if (headers.isRepeated) known.set(headers, fresh)
    return fresh
  }
}
