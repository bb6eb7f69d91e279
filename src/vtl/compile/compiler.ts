import type { Evaluate, Render } from '../runtime/macro-frame.ts'
import type { Names } from '../runtime/names.ts'
import type { Rendering } from '../runtime/rendering.ts'
import type { Block, Expression } from '../syntax/ast.ts'

/** Decides whether a condition holds. */
export type Test = (rendering: Rendering) => boolean

/** Makes functions of the parts of one template. */
export interface Compiler {
  readonly names: Names
  expression(expression: Expression): Evaluate
  /** An expression as a condition. */
  test(expression: Expression): Test
  block(block: Block): Render
  /** The same for a template with other names. */
  withNames(names: Names): Compiler
}
