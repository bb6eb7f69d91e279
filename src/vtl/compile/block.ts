import type { Render } from '../runtime/macro-frame.ts'
import { DefinedBlock } from '../runtime/objects.ts'
import { Stop } from '../runtime/rendering.ts'
import type { Block, IfStatement, Reference, SetStatement, Statement, Text } from '../syntax/ast.ts'
import { compileAssign } from './access.ts'
import type { Compiler } from './compiler.ts'
import { compileEvaluate } from './evaluate.ts'
import { compileBreak, compileForeach } from './foreach.ts'
import { compileCall, defineMacro } from './macro.ts'
import { compilePath, compileReferencePrint, compileRun, isPlain } from './reference.ts'
import { variableOf } from './variable.ts'

/** How deep a `#define`d block may be within itself: Velocity's `directive.define.max.depth`. */
const maxDefineDepth = 2

const stopAll = new Stop('template')

/** What prints nothing. */
export const nothing: Render = () => {}

export function compileBlock(block: Block, compiler: Compiler): Render {
  const steps = block.reduce((sum, statement) => sum + stepsOf(statement), 0)
  const renders = compileStatements(block, compiler)
  const { length } = renders
  const [first, second] = renders
  if (!first) return nothing
  if (!second) {
    return (rendering) => {
      rendering.spend(steps)
      first(rendering)
    }
  }
  return (rendering) => {
    rendering.spend(steps)
    for (let index = 0; index < length; index += 1) renders[index]?.(rendering)
  }
}

function compileStatements(block: Block, compiler: Compiler): readonly Render[] {
  const renders: Render[] = []
  let run: (Text | Reference)[] = []
  const endRun = () => {
    if (run.length > 0) renders.push(compileRun(run, compiler))
    run = []
  }
  for (const statement of block) {
    if (statement.type === 'text' || (statement.type === 'reference' && isPlain(statement))) run.push(statement)
    else {
      endRun()
      renders.push(compileStatement(statement, compiler))
    }
  }
  endRun()
  return renders.filter((render) => render !== nothing)
}

/** What a statement counts: long ones do more. */
export function stepsOf(statement: Statement): number {
  switch (statement.type) {
    case 'reference':
    case 'call':
      return 10 + statement.literal.length * 2
    case 'set':
      return 10 + (statement.target.literal.length + statement.value.literal.length) * 2
    case 'if':
      return statement.branches.reduce((sum, { condition }) => sum + condition.literal.length * 2, 10)
    case 'foreach':
      return 20 + statement.items.literal.length * 2
    default:
      return 10
  }
}

export function compileStatement(statement: Exclude<Statement, Text>, compiler: Compiler): Render {
  switch (statement.type) {
    case 'reference':
      return compileReferencePrint(statement, compiler)
    case 'set':
      return compileSet(statement, compiler)
    case 'if':
      return compileIf(statement, compiler)
    case 'foreach':
      return compileForeach(statement, compiler)
    case 'macro':
      defineMacro(statement, compiler)
      return nothing
    case 'call':
      return compileCall(statement, compiler)
    case 'define': {
      const { write } = variableOf(compiler.names, statement.name)
      const render = compiler.block(statement.block)
      return (rendering) => write(rendering, new DefinedBlock(render, rendering.frame, maxDefineDepth))
    }
    case 'evaluate':
      return compileEvaluate(statement, compiler)
    case 'break':
      return compileBreak(statement, compiler)
    case 'stop':
      return () => {
        throw stopAll
      }
  }
}

/**
 * Whether what is set is a variable. Velocity takes the characters after `$` for the name: `#set(${x} = 1)` and
 * `#set($!x = 1)` set what no reference reads.
 */
export function isVariableSet({ target }: Pick<SetStatement, 'target'>): boolean {
  return target.path.length === 0 && target.literal.startsWith(`$${target.name}`)
}

/** Sets a variable, or what a path leads to; nothing when the value or the path is null. */
function compileSet({ target, value }: SetStatement, compiler: Compiler): Render {
  const evaluate = compiler.expression(value)
  const { read, write } = variableOf(compiler.names, target.name)
  const last = target.path.at(-1)
  if (!last && !isVariableSet({ target })) return evaluate
  if (!last) {
    return (rendering) => {
      const result = evaluate(rendering)
      if (result !== null) write(rendering, result)
    }
  }
  const readOwner = compilePath(read, target.path.slice(0, -1), compiler)
  const assign = compileAssign(last, compiler)
  return (rendering) => {
    const result = evaluate(rendering)
    const owner = result === null ? null : readOwner(rendering)
    if (owner !== null && result !== null) assign(rendering, owner, result)
  }
}

function compileIf({ branches, otherwise }: IfStatement, compiler: Compiler): Render {
  const compiled = branches.map(({ condition, block }) => ({
    test: compiler.test(condition),
    render: compiler.block(block),
  }))
  const renderOtherwise = compiler.block(otherwise)
  const [only] = compiled
  if (only && compiled.length === 1) {
    return (rendering) => (only.test(rendering) ? only.render(rendering) : renderOtherwise(rendering))
  }
  return (rendering) => {
    for (const { test, render } of compiled) {
      if (test(rendering)) return render(rendering)
    }
    renderOtherwise(rendering)
  }
}
