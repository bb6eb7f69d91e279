import type { Render } from '../runtime/macro-frame.ts'
import type { Rendering } from '../runtime/rendering.ts'
import type { Block } from '../syntax/ast.ts'
import { type Effects, effectsOf } from './effects.ts'
import { KnownPaths, type Path, repeatedPaths } from './known-paths.ts'

/** JavaScript of a template. Only what this engine itself writes is code; whatever comes from the template is a constant. */
export class TemplateCode {
  readonly effects: Effects
  /** Those that are worth a variable. */
  readonly repeatedPaths: ReadonlySet<Path>
  readonly #constants: unknown[] = []
  readonly #bodies: string[] = []
  #functions: readonly Render[] = []

  constructor(template: Block) {
    this.effects = effectsOf(template)
    this.repeatedPaths = this.effects.elsewhere ? new Set() : repeatedPaths(template)
  }

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

/** The names of what the code keeps of a loop. */
export interface LoopCode {
  /** Of the round, from 0. */
  readonly index: string
  /** Of the list, when the loop began. */
  readonly length: string
}

/** One function of it: a block with the blocks of its conditions. */
export class FunctionCode {
  readonly #template: TemplateCode
  readonly paths = new KnownPaths(() => this.unused())
  #unused = 0
  #loop: LoopCode | undefined

  constructor(template: TemplateCode) {
    this.#template = template
  }

  constant(value: unknown): string {
    return this.#template.constant(value)
  }

  /** What all of the template may change. */
  get effects(): Effects {
    return this.#template.effects
  }

  get repeatedPaths(): ReadonlySet<Path> {
    return this.#template.repeatedPaths
  }

  /** The loop whose round is being made. */
  get loop(): LoopCode | undefined {
    return this.#loop
  }

  /** Makes the code of a loop's round. */
  inLoop(loop: LoopCode, roundCode: () => string): string {
    const outer = this.#loop
    this.#loop = loop
    const round = roundCode()
    this.#loop = outer
    return round
  }

  /** A name that nothing else has: of a variable, or of a statement. */
  unused(): string {
    this.#unused += 1
    return `t${this.#unused}`
  }

  /**
   * Calls a function of a rendering for its result. What has been printed is given to it, because a `#stop` in it leaves this
   * function at once.
   */
  call(call: (rendering: Rendering, ...values: never[]) => unknown, ...names: readonly string[]): string {
    return `(r.out = o, ${this.constant(call)}(${['r', ...names]}))`
  }

  /** Calls a function that prints. */
  print(print: (rendering: Rendering, ...values: never[]) => void, ...names: readonly string[]): string {
    return `${this.call(print, ...names)}; o = r.out;`
  }

  /**
   * Adds the function: `o` is what has been printed, `s` are the values of the template's variables, and `v` a value that is
   * looked at at once.
   */
  finish(body: string): Render {
    const unused = Array.from({ length: this.#unused }, (_, index) => `, t${index + 1}`)
    return this.#template.add(`const s = r.slots; let o = r.out, v${unused.join('')};\n${body}\nr.out = o;`)
  }
}
