import type { Position } from '../error.ts'
import { HostError, type Value } from '../value.ts'
import { LoopScope } from './objects.ts'
import { type Rendering, Stop } from './rendering.ts'
import type { Variable } from './variable.ts'

/** What a loop sets. Facts of the loop are set where the template reads them. */
export interface LoopVariables {
  /** Undefined where the caller sets the item itself. */
  readonly item: Variable | undefined
  readonly scope: Variable | undefined
  readonly count: Variable | undefined
  readonly hasNext: Variable | undefined
}

/** The variables of one run through a list. */
export class Loop {
  readonly #rendering: Rendering
  readonly #variables: LoopVariables
  readonly #scope: LoopScope | undefined
  readonly #previousItem: Value
  readonly #previousCount: Value
  readonly #previousHasNext: Value

  constructor(rendering: Rendering, variables: LoopVariables) {
    this.#rendering = rendering
    this.#variables = variables
    const { item, scope, count, hasNext } = variables
    this.#previousItem = item ? read(item, rendering) : null
    this.#previousCount = count ? read(count, rendering) : null
    this.#previousHasNext = hasNext ? read(hasNext, rendering) : null
    if (!scope) return
    this.#scope = new LoopScope(read(scope, rendering))
    write(scope, rendering, this.#scope)
  }

  /** Begins a round, the first with index 0. */
  advance(value: Value, index: number, hasNext: boolean): void {
    const { item, count, hasNext: more } = this.#variables
    if (item) write(item, this.#rendering, value)
    if (this.#scope) this.#scope.advance(index, hasNext)
    if (count) write(count, this.#rendering, index + 1)
    if (more) write(more, this.#rendering, hasNext)
  }

  /** Whether what was thrown in a round ends this loop alone. */
  isEndedBy(thrown: unknown): boolean {
    return endsNearest(thrown) || (thrown instanceof Stop && thrown.target === this.#scope)
  }

  /** Gives the variables back what they held. */
  end(): void {
    const { item, scope, count, hasNext } = this.#variables
    if (item) this.#restore(item, this.#previousItem)
    if (count) this.#restore(count, this.#previousCount)
    if (hasNext) this.#restore(hasNext, this.#previousHasNext)
    const current = scope && read(scope, this.#rendering)
    // A template that has set $foreach to something else keeps that.
    if (scope && current instanceof LoopScope) this.#restore(scope, current.parent ?? current.replaced)
  }

  #restore(variable: Variable, previous: Value): void {
    if (variable.slot !== undefined) this.#rendering.slots[variable.slot] = previous
    else if (previous === null) variable.remove(this.#rendering)
    else variable.write(this.#rendering, previous)
  }
}

/** Whether what was thrown ends the nearest loop or block. */
export function endsNearest(thrown: unknown): boolean {
  return thrown instanceof Stop && thrown.target === 'nearest'
}

/** What a loop runs through: a list itself, a map's values, and nothing else. */
export function itemsOf(value: Value, rendering: Rendering): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  if (!(value instanceof Map)) return undefined
  rendering.spend(value.size)
  return [...value.values()]
}

/** A list that the block adds to or takes from fails in the next round, as Java's iterators do. */
export function refuseChange(rendering: Rendering, loop: Position): never {
  rendering.at = loop
  throw new HostError('ConcurrentModificationException: the list has been changed in its loop')
}

function read(variable: Variable, rendering: Rendering): Value {
  return variable.slot === undefined ? variable.read(rendering) : (rendering.slots[variable.slot] ?? null)
}

function write(variable: Variable, rendering: Rendering, value: Value): void {
  if (variable.slot === undefined) variable.write(rendering, value)
  else rendering.slots[variable.slot] = value
}
