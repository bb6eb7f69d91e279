import { TemplateCompiler } from './compile/template-compiler.ts'
import { TemplateError, TemplateSyntaxError } from './error.ts'
import { GeneratingCompiler } from './generate/generating-compiler.ts'
import { defaultLimits, type RenderLimits } from './limits.ts'
import type { Render } from './runtime/macro-frame.ts'
import { Names } from './runtime/names.ts'
import { Rendering, Stop } from './runtime/rendering.ts'
import type { Block } from './syntax/ast.ts'
import { parseTemplate } from './syntax/parse.ts'
import { HostError, type Variables } from './value.ts'

/** A compiled template. It holds no state: renderings do not see one another. */
export interface Template {
  /**
   * Renders the template.
   *
   * Lists and maps among the variables may be changed by the template; give each rendering its own.
   *
   * @throws {TemplateError} when a method refuses its arguments, a host object throws a `HostError`, or a limit is reached.
   */
  render(variables: Variables, limits?: RenderLimits): string
}

/** What is not the language's, but its owner's. */
export interface CompileOptions {
  /** Names whose references print nothing where they have no value, however they go on: `$context.none`. */
  readonly silent?: readonly string[]
}

/**
 * Compiles a template of the Velocity Template Language as Apache Velocity 1.7 defines it, without `#include` and `#parse`.
 * What it differs in is listed in docs/vtl.md.
 *
 * @throws {TemplateSyntaxError} with line and column.
 */
export function compileTemplate(source: string, { silent = [] }: CompileOptions = {}): Template {
  const declarations = { macros: new Set<string>(), parameters: new Set<string>() }
  const { names, render } = withoutStackOverflow(() => {
    const block = parseTemplate(source, declarations)
    const names = new Names([], [], declarations.parameters, silent)
    return {
      names,
      render: source.length > maxGenerated ? new TemplateCompiler(names).block(block) : generate(block, names),
    }
  })
  return { render: (variables, limits = defaultLimits) => run(render, new Rendering(names, variables, limits)) }
}

/** Longer templates are not made JavaScript of, which would take long when they are rendered first. */
const maxGenerated = 50_000

function generate(block: Block, names: Names): Render {
  const compiler = new GeneratingCompiler(names, block)
  const render = compiler.block(block)
  let linked = false
  return (rendering) => {
    if (!linked) compiler.link()
    linked = true
    render(rendering)
  }
}

function withoutStackOverflow<T>(compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateSyntaxError('Nested too deeply', { line: 1, column: 1 })
    throw error
  }
}

function run(render: Render, rendering: Rendering): string {
  try {
    render(rendering)
  } catch (error) {
    if (error instanceof HostError) throw new TemplateError(error.message, rendering.at, { cause: error })
    // A call stack or a string that the engine itself refuses: the limits leave little room for it.
    if (error instanceof RangeError) throw new TemplateError('Too deep or too long', rendering.at, { cause: error })
    if (!(error instanceof Stop)) throw error
    if (typeof error.target !== 'string') throw new TemplateError('#break of a loop that has ended', rendering.at)
  }
  return rendering.out
}
