import { TemplateSyntaxError } from '../error.ts'
import type { Render } from '../runtime/macro-frame.ts'
import { type Rendering, Stop } from '../runtime/rendering.ts'
import { textOf } from '../runtime/text.ts'
import type { Block, EvaluateStatement } from '../syntax/ast.ts'
import type { Declarations } from '../syntax/declarations.ts'
import { parseTemplate } from '../syntax/parse.ts'
import { HostError } from '../value.ts'
import type { Compiler } from './compiler.ts'
import { loopNames } from './foreach.ts'

/** Steps of compiling, for each character. */
const stepsPerCharacter = 50

/** `#evaluate`: renders a text that is a template, with the same variables and macros. */
export function compileEvaluate(statement: EvaluateStatement, compiler: Compiler): Render {
  const evaluate = compiler.expression(statement.source)
  // What the text reads is not known before.
  for (const name of Object.values(loopNames)) compiler.names.slot(name)
  return (rendering) => {
    const source = evaluate(rendering)
    if (source === null) return
    rendering.at = statement
    const text = textOf(source, rendering)
    const { maxEvaluateDepth } = rendering.limits
    if (rendering.evaluateDepth === maxEvaluateDepth)
      throw new HostError(`#evaluate more than ${maxEvaluateDepth} deep`)
    rendering.spend(text.length * stepsPerCharacter)
    const render = compileText(text, rendering, compiler)
    rendering.evaluateDepth += 1
    try {
      render(rendering)
    } catch (error) {
      if (!(error instanceof Stop && typeof error.target === 'string')) throw error
    } finally {
      rendering.evaluateDepth -= 1
    }
  }
}

function compileText(text: string, rendering: Rendering, compiler: Compiler): Render {
  const names = rendering.ownNames()
  const declarations = { macros: new Set(names.macros.keys()), parameters: names.parameters }
  const render = compiler.withNames(names).block(parse(text, declarations))
  rendering.loadVariables()
  return render
}

function parse(text: string, declarations: Declarations): Block {
  try {
    return parseTemplate(text, declarations)
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw new HostError(`#evaluate: ${error.message}`, { cause: error })
    throw error
  }
}
