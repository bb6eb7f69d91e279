import type { Macro } from './macro-frame.ts'

/** What a template's names stand for: places of variables, and macros. */
export class Names {
  readonly #slots: Map<string, number>
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

  /** Names from the given place on. */
  *from(slot: number): Iterable<string> {
    if (slot === this.#slots.size) return
    let index = 0
    for (const name of this.#slots.keys()) {
      if (index >= slot) yield name
      index += 1
    }
  }

  has(name: string): boolean {
    return this.#slots.has(name)
  }
}
