import type { Path } from '../path.ts'
import { PathSyntaxError } from '../path-error.ts'

/**
 * Reads `$…` or `@…` to its end.
 *
 * @param ends Whether a character outside of brackets ends the path: none in a path of its own.
 */
export type ReadPath = (cursor: Cursor, ends: (character: string) => boolean) => Path

/** Brackets, negations and filters within one another. */
const maxNesting = 100

/** Reads a path's text from front to back. */
export class Cursor {
  readonly text: string
  at = 0
  readonly #shift: number
  #depth = 0

  /** @param shift Characters in front that the path's author did not write. */
  constructor(text: string, shift = 0) {
    this.text = text
    this.#shift = shift
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  /** The next character; empty at the end. */
  get next(): string {
    return this.text.charAt(this.at)
  }

  /** The next character that is no blank, left unread; empty at the end. */
  get nextSignificant(): string {
    let at = this.at
    while (this.text[at] === ' ') at += 1
    return this.text.charAt(at)
  }

  skipBlanks(): void {
    while (this.text[this.at] === ' ') this.at += 1
  }

  /** Reads `text` if it comes next. */
  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  /** Reads blanks, and then `text` if it comes next. */
  takeSignificant(text: string): boolean {
    const before = this.at
    this.skipBlanks()
    if (this.take(text)) return true
    this.at = before
    return false
  }

  /** Reads blanks and `text`. */
  expect(text: string): void {
    this.skipBlanks()
    if (!this.take(text)) this.fail(`Expected '${text}'`)
  }

  /** Reads as long as characters match. */
  takeWhile(matches: (character: string) => boolean): string {
    const from = this.at
    while (!this.ended && matches(this.next)) this.at += 1
    return this.text.slice(from, this.at)
  }

  /** Reads what is within something else: brackets, a filter of a filter. */
  nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > maxNesting) this.fail('The path is nested too deep')
    const value = read()
    this.#depth -= 1
    return value
  }

  /** @param at Where it went wrong; by default, here. */
  fail(message: string, at = this.at): never {
    throw new PathSyntaxError(message, Math.max(0, at - this.#shift))
  }
}

/** Whether an operator of signs, such as `!==`, can hold the character. */
export function isSign(character: string): boolean {
  return character !== '' && '<>=~!'.includes(character)
}
