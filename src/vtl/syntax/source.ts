import type { Position } from '../error.ts'

/** The text of a template, and where it stands in a larger one. */
export class Source {
  readonly text: string
  readonly #start: Position
  #lineStarts: readonly number[] | undefined

  /** @param start Position of the first character, for a string literal that is a template within another. */
  constructor(text: string, start: Position = { line: 1, column: 1 }) {
    this.text = text
    this.#start = start
  }

  position(offset: number): Position {
    this.#lineStarts ??= [0, ...Array.from(this.text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)]
    const index = this.#lineStarts.findLastIndex((start) => start <= offset)
    const column = offset - (this.#lineStarts[index] ?? 0) + 1
    if (index > 0) return { line: this.#start.line + index, column }
    return { line: this.#start.line, column: this.#start.column + column - 1 }
  }
}
