import { maxDepth } from './parse.ts'
import { Double, doubleText, type JsonValue } from './value.ts'

/** A value that has no JSON text: it holds itself, or its text would be longer than allowed. */
export class JsonWriteError extends Error {
  override readonly name = 'JsonWriteError'
}

/**
 * Writes a value as compact JSON. Doubles keep Java's form (`1.0`, `1.0E10`); those that JSON cannot hold are `null`.
 *
 * @param maxLength Most UTF-16 units of text: values that hold one list many times can be much longer than they look.
 * @throws {JsonWriteError} when the text would be longer, or the value is nested deeper than 512.
 */
export function writeJson(value: JsonValue, maxLength = Number.POSITIVE_INFINITY): string {
  return new Writer(maxLength).text(value)
}

class Writer {
  readonly #maxLength: number
  #length = 0
  #depth = 0

  constructor(maxLength: number) {
    this.#maxLength = maxLength
  }

  text(value: JsonValue): string {
    if (typeof value === 'string') return this.#counted(JSON.stringify(value))
    if (typeof value !== 'object' || value === null) return this.#counted(String(value))
    if (value instanceof Double) {
      return this.#counted(Number.isFinite(value.value) ? doubleText(value.value) : 'null')
    }
    if (this.#depth === maxDepth) throw new JsonWriteError(`Nested deeper than ${maxDepth}`)
    this.#depth += 1
    this.#length += 2
    const text = Array.isArray(value) ? this.#list(value) : this.#object(value)
    this.#depth -= 1
    return text
  }

  #list(items: readonly JsonValue[]): string {
    let text = '['
    let separator = ''
    for (const item of items) {
      text += separator + this.text(item)
      separator = ','
    }
    return `${text}]`
  }

  #object(members: ReadonlyMap<string, JsonValue>): string {
    let text = '{'
    let separator = ''
    for (const [name, member] of members) {
      text += `${separator}${this.#counted(JSON.stringify(name))}:${this.text(member)}`
      separator = ','
    }
    return `${text}}`
  }

  /** Counts a piece and the comma or colon beside it. */
  #counted(piece: string): string {
    this.#length += piece.length + 1
    // What was counted but not written is less than the depth; a limit is no exact promise.
    if (this.#length > this.#maxLength + maxDepth) throw new JsonWriteError(`Longer than ${this.#maxLength}`)
    return piece
  }
}
