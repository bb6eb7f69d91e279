import type { Render } from '../runtime/macro-frame.ts'
import type { Names } from '../runtime/names.ts'
import { LoopScope } from '../runtime/objects.ts'
import { type Rendering, Stop } from '../runtime/rendering.ts'
import type { BreakStatement, ForeachStatement } from '../syntax/ast.ts'
import { HostError, type Value } from '../value.ts'
import type { Compiler } from './compiler.ts'
import { type Variable, variableOf } from './variable.ts'

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

/** What a loop sets besides its item; undefined what the template does not read. */
interface LoopVariables {
  readonly scope: Variable | undefined
  readonly count: Variable | undefined
  readonly hasNext: Variable | undefined
}

/** Velocity's names for the loop itself, its count from 1, and whether more follows. */
export const loopNames = { scope: 'foreach', count: 'velocityCount', hasNext: 'velocityHasNext' } as const

export function compileForeach(statement: ForeachStatement, compiler: Compiler): Render {
  const evaluate = compiler.expression(statement.items)
  const item = variableOf(compiler.names, statement.variable)
  const render = compiler.block(statement.block)
  let known: LoopVariables | undefined
  return (rendering) => {
    const items = itemsOf(evaluate(rendering), rendering)
    if (!items) return
    // Only when all of the template has been compiled is it known what it reads.
    known ??= {
      scope: variableIfRead(compiler.names, loopNames.scope),
      count: variableIfRead(compiler.names, loopNames.count),
      hasNext: variableIfRead(compiler.names, loopNames.hasNext),
    }
    const loop = new Loop(rendering, item, known)
    try {
      loop.run(items, render, statement)
    } catch (error) {
      if (!(error instanceof Stop && (error.target === 'nearest' || error.target === loop.scope))) {
        loop.end()
        throw error
      }
    }
    loop.end()
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

/** One run through a list. */
class Loop {
  readonly #rendering: Rendering
  readonly #item: Variable
  readonly #variables: LoopVariables
  readonly #previousItem: Value
  readonly #previousCount: Value
  readonly #previousHasNext: Value
  readonly scope: LoopScope | undefined

  constructor(rendering: Rendering, item: Variable, variables: LoopVariables) {
    this.#rendering = rendering
    this.#item = item
    this.#variables = variables
    this.#previousItem = item.read(rendering)
    this.#previousCount = variables.count?.read(rendering) ?? null
    this.#previousHasNext = variables.hasNext?.read(rendering) ?? null
    if (!variables.scope) return
    this.scope = new LoopScope(variables.scope.read(rendering))
    variables.scope.write(rendering, this.scope)
  }

  /** A list that the block adds to or takes from fails in the next round, as Java's iterators do. */
  run(items: readonly Value[], render: Render, position: ForeachStatement): void {
    const rendering = this.#rendering
    const { scope } = this
    const { count, hasNext } = this.#variables
    const { slot, write } = this.#item
    const length = items.length
    const rounds = Math.min(length, rendering.limits.maxRounds)
    for (let index = 0; index < rounds && index !== items.length; index += 1) {
      if (items.length !== length) {
        rendering.at = position
        throw new HostError('ConcurrentModificationException: the list has been changed in its loop')
      }
      const item = items[index] ?? null
      if (slot === undefined) write(rendering, item)
      else rendering.slots[slot] = item
      if (scope) scope.advance(index, index + 1 < length)
      if (count) count.write(rendering, index + 1)
      if (hasNext) hasNext.write(rendering, index + 1 < length)
      render(rendering)
    }
  }

  /** Gives the variables back what they held. */
  end(): void {
    const { scope, count, hasNext } = this.#variables
    this.#restore(this.#item, this.#previousItem)
    if (count) this.#restore(count, this.#previousCount)
    if (hasNext) this.#restore(hasNext, this.#previousHasNext)
    const current = scope?.read(this.#rendering)
    // A template that has set $foreach to something else keeps that.
    if (scope && current instanceof LoopScope) this.#restore(scope, current.parent ?? current.replaced)
  }

  #restore(variable: Variable, previous: Value): void {
    if (previous === null) variable.remove(this.#rendering)
    else variable.write(this.#rendering, previous)
  }
}
