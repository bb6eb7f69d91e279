import { itemsOf, Loop, type LoopVariables, refuseChange } from '../runtime/loop.ts'
import type { Render } from '../runtime/macro-frame.ts'
import type { Names } from '../runtime/names.ts'
import { LoopScope } from '../runtime/objects.ts'
import { Stop } from '../runtime/rendering.ts'
import type { Variable } from '../runtime/variable.ts'
import type { BreakStatement, ForeachStatement } from '../syntax/ast.ts'
import { HostError } from '../value.ts'
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
  const variables = loopVariables(compiler, variableOf(compiler.names, statement.variable))
  const render = compiler.block(statement.block)
  return (rendering) => {
    const items = itemsOf(evaluate(rendering), rendering)
    if (!items) return
    const loop = new Loop(rendering, variables())
    const { length } = items
    const { maxRounds } = rendering.limits
    try {
      for (let index = 0; index < maxRounds && index !== items.length; index += 1) {
        if (items.length !== length) refuseChange(rendering, statement)
        loop.advance(items[index] ?? null, index, index + 1 < length)
        render(rendering)
      }
    } catch (thrown) {
      if (!loop.isEndedBy(thrown)) throw thrown
    } finally {
      loop.end()
    }
  }
}

/** The variables of a loop. Only when all of the template has been compiled is it known what it reads. */
export function loopVariables({ names }: Compiler, item?: Variable): () => LoopVariables {
  let known: LoopVariables | undefined
  return () => {
    known ??= {
      item,
      scope: variableIfRead(names, loopNames.scope),
      count: variableIfRead(names, loopNames.count),
      hasNext: variableIfRead(names, loopNames.hasNext),
    }
    return known
  }
}

function variableIfRead(names: Names, name: string): Variable | undefined {
  return names.has(name) ? variableOf(names, name) : undefined
}
