/** Any value, read only for being an object with an integer `statusCode`. */
export type LenientValue = string | number | boolean | null | LenientValue[] | ReadonlyMap<string, LenientValue>

/**
 * Reads JSON as leniently as the parser of MOCK integrations (observed): bare and single-quoted words, trailing and
 * doubled commas. Quotes that do not match, and what is not closed, are refused.
 *
 * @throws {SyntaxError} when it is no JSON even so.
 */
export function parseLenient(text: string): LenientValue {
  const reader = new Reader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

const maxDepth = 100
const separators = new Set(['{', '}', '[', ']', ':', ',', '"', "'"])

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  value(depth: number): LenientValue {
    if (depth > maxDepth) throw new SyntaxError('Nested too deeply')
    const next = this.peek()
    if (next === '{') return this.object(depth)
    if (next === '[') return this.list(depth)
    if (next === '"' || next === "'") return this.quoted(next)
    return literal(this.bare())
  }

  end(): void {
    if (this.peek() !== '') throw new SyntaxError('Text after the value')
  }

  private object(depth: number): ReadonlyMap<string, LenientValue> {
    const members = new Map<string, LenientValue>()
    this.at++
    while (this.skipCommas() !== '}') {
      const next = this.peek()
      const name = next === '"' || next === "'" ? this.quoted(next) : this.bare()
      if (this.peek() !== ':') throw new SyntaxError('A member has no value')
      this.at++
      members.set(name, this.value(depth + 1))
    }
    this.at++
    return members
  }

  private list(depth: number): LenientValue[] {
    const items: LenientValue[] = []
    this.at++
    while (this.skipCommas() !== ']') items.push(this.value(depth + 1))
    this.at++
    return items
  }

  private skipCommas(): string {
    while (this.peek() === ',') this.at++
    return this.peek()
  }

  private quoted(quote: string): string {
    let content = ''
    for (this.at++; this.text[this.at] !== quote; this.at++) {
      if (this.text[this.at] === '\\') this.at++
      const character = this.text[this.at]
      if (character === undefined) throw new SyntaxError('Text is not closed')
      content += character
    }
    this.at++
    return content
  }

  private bare(): string {
    const from = this.at
    while (this.at < this.text.length && !separators.has(this.text[this.at] ?? '')) this.at++
    const word = this.text.slice(from, this.at).trim()
    if (word === '') throw new SyntaxError(`Unexpected ${this.text[this.at] ?? 'end'}`)
    return word
  }

  /** The next character that is no white space, where the reader then stands; empty at the end. */
  private peek(): string {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
    return this.text[this.at] ?? ''
  }
}

function literal(word: string): LenientValue {
  if (word === 'null') return null
  if (word === 'true' || word === 'false') return word === 'true'
  if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word)
  throw new SyntaxError(`Unexpected ${word}`)
}
