import type { Render } from '../runtime/macro-frame.ts'

/** JavaScript of a template. Only what this engine itself writes is code; whatever comes from the template is a constant. */
export class TemplateCode {
  readonly #constants: unknown[] = []
  readonly #bodies: string[] = []
  #functions: readonly Render[] = []

  /** The name of a constant. */
  constant(value: unknown): string {
    this.#constants.push(value)
    return `k${this.#constants.length - 1}`
  }

  /** Adds a function of one rendering, `r`. It can be called once `link` has been. */
  add(body: string): Render {
    const index = this.#bodies.push(`function (r) {${body}}`) - 1
    return (rendering) => this.#functions[index]?.(rendering)
  }

  /** Makes the functions. */
  link(): void {
    const names = this.#constants.map((_, index) => `k${index}`)
    const make = new Function('constants', `'use strict'; const [${names}] = constants; return [${this.#bodies}]`)
    this.#functions = make(this.#constants)
  }
}

/** One function of it: a block with the blocks of its conditions. */
export class FunctionCode {
  readonly #template: TemplateCode
  #temporaries = 0

  constructor(template: TemplateCode) {
    this.#template = template
  }

  constant(value: unknown): string {
    return this.#template.constant(value)
  }

  /** A name that nothing else has: of a variable, or of a statement. */
  unused(): string {
    this.#temporaries += 1
    return `t${this.#temporaries}`
  }

  /** Adds the function: `s` are the values of the template's variables, and `v` a value that is looked at at once. */
  finish(body: string): Render {
    const temporaries = Array.from({ length: this.#temporaries }, (_, index) => `, t${index + 1}`)
    return this.#template.add(`const s = r.slots; let v${temporaries.join('')};\n${body}`)
  }
}
