import type { RE2JS } from 're2js'
import type { Position } from '../error.ts'
import type { RenderLimits } from '../limits.ts'
import { HostError, type Value, type Variables } from '../value.ts'
import type { MacroFrame } from './macro-frame.ts'
import type { Names } from './names.ts'

/** Ends loops and blocks up to the one that it is for. */
export class Stop extends Error {
  /** What it ends: the nearest block, the whole template, or the loop with this scope. */
  readonly target: 'nearest' | 'template' | object

  constructor(target: Stop['target']) {
    super()
    this.target = target
  }
}

const start: Position = { line: 1, column: 1 }

/** The state of one rendering. */
export class Rendering {
  readonly limits: RenderLimits
  /** The limit that is looked at most. */
  readonly maxLength: number
  readonly #variables: Variables
  /** What has been printed. Strings within are printed here too, and taken away again. */
  out = ''
  /** Values of the variables, in the places that `names` gives them. */
  readonly slots: Value[]
  names: Names
  #ownsNames = false
  /** The macro that is being rendered. */
  frame: MacroFrame | undefined
  evaluateDepth = 0
  #patterns: Map<string, RE2JS> | undefined
  /** Where an error would be reported. */
  at: Position = start
  /** Steps that are left. */
  steps: number

  constructor(names: Names, variables: Variables, limits: RenderLimits) {
    this.names = names
    this.#variables = variables
    this.limits = limits
    this.maxLength = limits.maxLength
    this.steps = limits.maxSteps
    this.slots = names.values(variables)
  }

  /** Names that this rendering alone may add to. */
  ownNames(): Names {
    if (!this.#ownsNames) this.names = this.names.copy()
    this.#ownsNames = true
    return this.names
  }

  /** Gives the variables that `names` has got since then their values. */
  loadVariables(): void {
    const { all } = this.names
    for (let slot = this.slots.length; slot < all.length; slot += 1) {
      this.slots.push(this.#variables.get(all[slot] ?? '') ?? null)
    }
  }

  /** Regular expressions that have been used. */
  get patterns(): Map<string, RE2JS> {
    this.#patterns ??= new Map()
    return this.#patterns
  }

  /** Counts steps. */
  spend(steps: number): void {
    this.steps -= steps
    if (this.steps < 0) throw new HostError(`The template takes more than ${this.limits.maxSteps} steps`)
  }

  /** Counts a string that has been made. */
  made(text: string): string {
    this.spend(text.length)
    return this.checked(text)
  }

  checked(text: string): string {
    if (text.length > this.maxLength) throw new HostError(`A text longer than ${this.maxLength}`)
    return text
  }
}
