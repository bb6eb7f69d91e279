import type { Value } from '../value.ts'
import type { Rendering } from './rendering.ts'

/** Gives the value of an expression. */
export type Evaluate = (rendering: Rendering) => Value

/** Prints a part of a template. */
export type Render = (rendering: Rendering) => void

export interface Macro {
  readonly parameters: readonly string[]
  readonly render: Render
}

/** An argument is passed by name: its expression is evaluated whenever the parameter is read. */
export interface MacroArgument {
  readonly evaluate: Evaluate
  /** Its source, which is printed where the parameter has no value; undefined for constants. */
  readonly literal: string | undefined
}

/** A call of a macro: a layer over the variables of its caller. */
export interface MacroFrame {
  readonly caller: MacroFrame | undefined
  readonly depth: number
  readonly arguments: Map<string, MacroArgument>
  /** Values that the macro has set its parameters to. */
  readonly values: Map<string, Value>
}

/** Reads a variable that is a parameter of some macro. */
export function readParameter(rendering: Rendering, name: string, slot: number): Value {
  for (let frame = rendering.frame; frame; frame = frame.caller) {
    const value = frame.values.get(name)
    if (value !== undefined && value !== null) return value
    const argument = frame.arguments.get(name)
    if (argument) return evaluateFor(rendering, frame.caller, argument.evaluate)
  }
  return rendering.slots[slot] ?? null
}

function evaluateFor(rendering: Rendering, caller: MacroFrame | undefined, evaluate: Evaluate): Value {
  const current = rendering.frame
  rendering.frame = caller
  try {
    return evaluate(rendering)
  } finally {
    rendering.frame = current
  }
}

/** Sets such a variable: for the macros that have it as a parameter, and beyond them. The argument keeps its value. */
export function writeParameter(rendering: Rendering, name: string, slot: number, value: Value): void {
  for (let frame = rendering.frame; frame; frame = frame.caller) {
    if (frame.arguments.has(name) || frame.values.has(name)) frame.values.set(name, value)
  }
  rendering.slots[slot] = value
}

/** Forgets such a variable, and the arguments that it stands for. */
export function removeParameter(rendering: Rendering, name: string, slot: number): void {
  for (let frame = rendering.frame; frame; frame = frame.caller) {
    frame.values.delete(name)
    frame.arguments.delete(name)
  }
  rendering.slots[slot] = null
}

/** What a parameter without a value prints: the source of its argument. */
export function literalOf(rendering: Rendering, name: string): string | undefined {
  for (let frame = rendering.frame; frame; frame = frame.caller) {
    const literal = frame.arguments.get(name)?.literal
    if (literal !== undefined) return literal
  }
  return undefined
}
