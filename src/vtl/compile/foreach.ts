import { Loop, type LoopVariables } from '../runtime/loop.ts'
import type { Render } from '../runtime/macro-frame.ts'
import type { Names } from '../runtime/names.ts'
import { LoopScope } from '../runtime/objects.ts'
import { type Rendering, Stop } from '../runtime/rendering.ts'
import type { Variable } from '../runtime/variable.ts'
import type { BreakStatement, ForeachStatement } from '../syntax/ast.ts'
import { HostError, type Value } from '../value.ts'
import type { Compiler } from './compiler.ts'
import { variableOf } from './variable.ts'

const stopNearest = new Stop('nearest')

/** `#break`, of the nearest block or of the loop whose `$foreach` it is given. */
export function compileBreak({ scope, ...position }: BreakStatement, compiler: Compiler): Render {
  if (!scope) {
    return () => {
      throw stopNearest
    }
  }
  const evaluate = compiler.expression(scope)
  return (rendering) => {
    const target = evaluate(rendering)
    rendering.at = position
    if (!(target instanceof LoopScope)) throw new HostError('#break of what is no loop')
    throw new Stop(target)
  }
}

/** Velocity's names for the loop itself, its count from 1, and whether more follows. */
export const loopNames = { scope: 'foreach', count: 'velocityCount', hasNext: 'velocityHasNext' } as const

export function compileForeach(statement: ForeachStatement, compiler: Compiler): Render {
  const evaluate = compiler.expression(statement.items)
  const open = compileLoop(statement, compiler)
  const render = compiler.block(statement.block)
  return (rendering) => {
    const loop = open(rendering, evaluate(rendering))
    if (!loop) return
    try {
      while (loop.next()) render(rendering)
    } catch (error) {
      loop.stop(error)
    }
    loop.end()
  }
}

/** Begins to run through a value; undefined for what has no items. */
export function compileLoop(
  statement: ForeachStatement,
  { names }: Compiler,
): (rendering: Rendering, value: Value) => Loop | undefined {
  const item = variableOf(names, statement.variable)
  let known: LoopVariables | undefined
  return (rendering, value) => {
    const items = itemsOf(value, rendering)
    if (!items) return undefined
    // Only when all of the template has been compiled is it known what it reads.
    known ??= {
      item,
      scope: variableIfRead(names, loopNames.scope),
      count: variableIfRead(names, loopNames.count),
      hasNext: variableIfRead(names, loopNames.hasNext),
    }
    return new Loop(rendering, items, known, statement)
  }
}

function variableIfRead(names: Names, name: string): Variable | undefined {
  return names.has(name) ? variableOf(names, name) : undefined
}

/** A list itself, a map's values, and nothing else. */
function itemsOf(value: Value, rendering: Rendering): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  if (!(value instanceof Map)) return undefined
  rendering.spend(value.size)
  return [...value.values()]
}
