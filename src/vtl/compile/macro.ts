import type { MacroArgument, MacroFrame, Render } from '../runtime/macro-frame.ts'
import { DefinedBlock } from '../runtime/objects.ts'
import { type Rendering, Stop } from '../runtime/rendering.ts'
import type { Expression, MacroCall, MacroDefinition } from '../syntax/ast.ts'
import { bodyParameter } from '../syntax/directive-parser.ts'
import { HostError } from '../value.ts'
import type { Compiler } from './compiler.ts'
import { print } from './reference.ts'

/** A later definition of the same name replaces an earlier one, for the calls before it too. */
export function defineMacro({ name, parameters, block }: MacroDefinition, compiler: Compiler): void {
  compiler.names.macros.set(name, { parameters, render: compiler.block(block) })
}

interface CompiledArgument extends MacroArgument {
  /** Whether it is evaluated once, when the macro is called. */
  readonly isConstant: boolean
}

/** Calls the macro that has the name when it is rendered; without one, prints the call's source. */
export function compileCall(call: MacroCall, compiler: Compiler): Render {
  const passed = call.arguments.map((argument) => compileArgument(argument, compiler))
  const renderBody = call.body && compiler.block(call.body)
  return (rendering) => {
    const macro = rendering.names.macros.get(call.name)
    if (!macro) return print(rendering, call.literal)
    rendering.at = call
    if (call.hasWord) throw new HostError(`A word is no argument of #${call.name}`)
    const frame = newFrame(rendering, macro.parameters, passed)
    if (renderBody) {
      const { maxMacroDepth } = rendering.limits
      frame.values.set(bodyParameter, new DefinedBlock(renderBody, rendering.frame, maxMacroDepth))
    }
    renderIn(frame, macro.render, rendering)
  }
}

function compileArgument(argument: Expression, compiler: Compiler): CompiledArgument {
  return {
    evaluate: compiler.expression(argument),
    literal: argument.literal,
    isConstant: argument.type === 'literal' && typeof argument.value !== 'string',
  }
}

function newFrame(
  rendering: Rendering,
  parameters: readonly string[],
  passed: readonly CompiledArgument[],
): MacroFrame {
  const depth = (rendering.frame?.depth ?? 0) + 1
  const { maxMacroDepth } = rendering.limits
  if (depth > maxMacroDepth) throw new HostError(`Macros called more than ${maxMacroDepth} deep`)
  const frame: MacroFrame = { caller: rendering.frame, depth, arguments: new Map(), values: new Map() }
  for (const [index, name] of parameters.entries()) {
    const argument = passed[index]
    if (argument?.isConstant) frame.values.set(name, argument.evaluate(rendering))
    else if (argument) frame.arguments.set(name, argument)
  }
  return frame
}

function renderIn(frame: MacroFrame, render: Render, rendering: Rendering): void {
  rendering.frame = frame
  try {
    render(rendering)
  } catch (error) {
    if (!(error instanceof Stop && error.target === 'nearest')) throw error
  } finally {
    rendering.frame = frame.caller
  }
}
