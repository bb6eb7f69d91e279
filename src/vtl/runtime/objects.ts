import { HostObject, type Key, type Value, type ValueMap } from '../value.ts'
import type { MacroFrame, Render } from './macro-frame.ts'

/** What a `#define`d name holds: a block that is rendered wherever it is printed. */
export class DefinedBlock extends HostObject {
  readonly render: Render
  readonly frame: MacroFrame | undefined
  readonly maxDepth: number
  /** Renderings within one another. */
  depth = 0

  constructor(render: Render, frame: MacroFrame | undefined, maxDepth: number) {
    super()
    this.render = render
    this.frame = frame
    this.maxDepth = maxDepth
  }

  override get(): undefined {
    return undefined
  }

  override call(): undefined {
    return undefined
  }
}

/** `$foreach`: where a loop stands. It is a map too, which takes names of the template's own. */
export class LoopScope extends HostObject {
  readonly parent: LoopScope | undefined
  /** What `$foreach` held before the loop. */
  readonly replaced: Value
  #members: ValueMap | undefined
  index = -1
  hasNext = false

  constructor(previous: Value) {
    super()
    this.parent = previous instanceof LoopScope ? previous : undefined
    this.replaced = previous instanceof LoopScope ? null : previous
  }

  /** What the template has set. */
  get members(): ValueMap {
    this.#members ??= new Map()
    return this.#members
  }

  advance(index: number, hasNext: boolean): void {
    this.index = index
    this.hasNext = hasNext
  }

  override get(name: string): Value {
    switch (name) {
      case 'hasNext':
      case 'HasNext':
        return this.hasNext
      case 'index':
      case 'Index':
        return this.index
      case 'count':
      case 'Count':
        return this.index + 1
      case 'first':
      case 'First':
        return this.index < 1
      case 'last':
      case 'Last':
        return !this.hasNext
      case 'parent':
      case 'Parent':
        return this.parent ?? null
      case 'topmost':
      case 'Topmost':
        return this.#topmost()
      default:
        return this.#ownValue(name)
    }
  }

  override call(name: string, parameters: readonly Value[]): Value {
    if (parameters.length > 0) return null
    if (name === 'hasNext') return this.hasNext
    if (name === 'isFirst') return this.index < 1
    if (name === 'isLast') return !this.hasNext
    return /^get[A-Z]/.test(name) ? this.get(name.slice(3)) : null
  }

  override set(name: string, value: Value): void {
    this.members.set(name, value)
  }

  override text(): string {
    return `{${[...this.members].map(([name, value]) => `${name}=${String(value)}`).join(', ')}}`
  }

  #ownValue(name: string): Value {
    return this.members.get(name) ?? this.parent?.get(name) ?? null
  }

  #topmost(): LoopScope {
    return this.parent ? this.parent.#topmost() : this
  }
}

/** An entry of a map, as `entrySet()` lists them. */
export class MapEntry extends HostObject {
  readonly #map: ValueMap
  readonly key: Key

  constructor(map: ValueMap, key: Key) {
    super()
    this.#map = map
    this.key = key
  }

  get value(): Value {
    return this.#map.get(this.key) ?? null
  }

  override get(name: string): Value {
    if (name === 'key' || name === 'Key') return this.key
    return name === 'value' || name === 'Value' ? this.value : null
  }

  override call(name: string, [value]: readonly Value[]): Value {
    if (name === 'getKey') return this.key
    if (name === 'getValue') return this.value
    if (name !== 'setValue' || value === undefined) return null
    const previous = this.value
    this.#map.set(this.key, value)
    return previous
  }

  override set(name: string, value: Value): void {
    if (name === 'value') this.call('setValue', [value])
  }
}
