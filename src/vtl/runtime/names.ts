import type { Value, Variables } from '../value.ts'
import type { Macro } from './macro-frame.ts'

/** What a template's names stand for: places of variables, and macros. */
export class Names {
  readonly #slots: Map<string, number>
  #all: readonly string[] = []
  #nulls: readonly Value[] = []
  readonly macros: Map<string, Macro>
  /** Names that are parameters of some macro: where they stand for an argument depends on the call. */
  readonly parameters: Set<string>
  /** Names whose references print nothing where they have no value. */
  readonly silent: ReadonlySet<string>

  constructor(
    slots: Iterable<[string, number]> = [],
    macros: Iterable<[string, Macro]> = [],
    parameters: Iterable<string> = [],
    silent: Iterable<string> = [],
  ) {
    this.#slots = new Map(slots)
    this.macros = new Map(macros)
    this.parameters = new Set(parameters)
    this.silent = new Set(silent)
  }

  /** For `#evaluate`, which adds names in one rendering alone. */
  copy(): Names {
    return new Names(this.#slots, this.macros, this.parameters, this.silent)
  }

  slot(name: string): number {
    const known = this.#slots.get(name)
    if (known !== undefined) return known
    this.#slots.set(name, this.#slots.size)
    return this.#slots.size - 1
  }

  /** All names, in the order of their places. */
  get all(): readonly string[] {
    if (this.#all.length < this.#slots.size) this.#all = [...this.#slots.keys()]
    return this.#all
  }

  /** The values that the variables begin with, in their places. */
  values(variables: Variables): Value[] {
    if (this.#nulls.length < this.#slots.size) this.#nulls = Array.from(this.#slots, () => null)
    const values = this.#nulls.slice()
    variables.forEach((value, name) => {
      const slot = this.#slots.get(name)
      if (slot !== undefined) values[slot] = value
    })
    return values
  }

  has(name: string): boolean {
    return this.#slots.has(name)
  }
}
