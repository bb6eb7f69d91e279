import type { Evaluate, Render } from '../runtime/macro-frame.ts'
import type { Names } from '../runtime/names.ts'
import type { Block, Expression } from '../syntax/ast.ts'
import { compileBlock } from './block.ts'
import type { Compiler, Test } from './compiler.ts'
import { compileExpression, compileTest } from './expression.ts'

/** The compiler whose parts the other modules are. */
export class TemplateCompiler implements Compiler {
  readonly names: Names

  constructor(names: Names) {
    this.names = names
  }

  expression(expression: Expression): Evaluate {
    return compileExpression(expression, this)
  }

  test(expression: Expression): Test {
    return compileTest(expression, this)
  }

  block(block: Block): Render {
    return compileBlock(block, this)
  }

  withNames(names: Names): Compiler {
    return new TemplateCompiler(names)
  }
}
