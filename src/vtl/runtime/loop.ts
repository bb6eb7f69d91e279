import type { Position } from '../error.ts'
import { HostError, type Value } from '../value.ts'
import { LoopScope } from './objects.ts'
import { type Rendering, Stop } from './rendering.ts'
import type { Variable } from './variable.ts'

/** What a loop sets: its item and, where the template reads them, the facts of the loop. */
export interface LoopVariables {
  readonly item: Variable
  readonly scope: Variable | undefined
  readonly count: Variable | undefined
  readonly hasNext: Variable | undefined
}

/** One run through a list. */
export class Loop {
  readonly #rendering: Rendering
  readonly #items: readonly Value[]
  readonly #variables: LoopVariables
  readonly #position: Position
  readonly #length: number
  readonly #rounds: number
  readonly #scope: LoopScope | undefined
  readonly #previousItem: Value
  readonly #previousCount: Value
  readonly #previousHasNext: Value
  #index = 0

  constructor(rendering: Rendering, items: readonly Value[], variables: LoopVariables, position: Position) {
    this.#rendering = rendering
    this.#items = items
    this.#variables = variables
    this.#position = position
    this.#length = items.length
    this.#rounds = Math.min(items.length, rendering.limits.maxRounds)
    const { item, scope, count, hasNext } = variables
    this.#previousItem = read(item, rendering)
    this.#previousCount = count ? read(count, rendering) : null
    this.#previousHasNext = hasNext ? read(hasNext, rendering) : null
    if (!scope) return
    this.#scope = new LoopScope(read(scope, rendering))
    write(scope, rendering, this.#scope)
  }

  /** Whether there is another round, whose item the variable then holds. */
  next(): boolean {
    const index = this.#index
    const items = this.#items
    if (index >= this.#rounds || index === items.length) return false
    if (items.length !== this.#length) this.#refuseChange()
    this.#index = index + 1
    const { item, count, hasNext } = this.#variables
    write(item, this.#rendering, items[index] ?? null)
    const more = index + 1 < this.#length
    if (this.#scope) this.#scope.advance(index, more)
    if (count) write(count, this.#rendering, index + 1)
    if (hasNext) write(hasNext, this.#rendering, more)
    return true
  }

  /** A list that the block adds to or takes from fails in the next round, as Java's iterators do. */
  #refuseChange(): never {
    this.#rendering.at = this.#position
    throw new HostError('ConcurrentModificationException: the list has been changed in its loop')
  }

  /** Lets what was thrown in a round go on, unless it is a `Stop` that ends this loop. */
  stop(thrown: unknown): void {
    if (thrown instanceof Stop && (thrown.target === 'nearest' || thrown.target === this.#scope)) return
    this.end()
    throw thrown
  }

  /** Gives the variables back what they held. */
  end(): void {
    const { item, scope, count, hasNext } = this.#variables
    this.#restore(item, this.#previousItem)
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

function read(variable: Variable, rendering: Rendering): Value {
  return variable.slot === undefined ? variable.read(rendering) : (rendering.slots[variable.slot] ?? null)
}

function write(variable: Variable, rendering: Rendering, value: Value): void {
  if (variable.slot === undefined) variable.write(rendering, value)
  else rendering.slots[variable.slot] = value
}
