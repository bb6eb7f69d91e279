import { HostError, HostObject, type Value, type ValueMap } from '../../vtl/value.ts'
import { type OverrideValues, overridesOf, type TemplateOverrides } from './overrides.ts'

/** Keeps what one rendering sets of `$context.requestOverride` and `$context.responseOverride`. */
export class OverrideRecorder {
  readonly requestOverride: HostObject
  readonly responseOverride: HostObject
  readonly #before: TemplateOverrides
  readonly #values: OverrideValues
  #changed = false

  /** @param before What earlier templates of the call have set. */
  constructor(before: TemplateOverrides) {
    this.#before = before
    const { values } = before
    this.#values = {
      requestHeader: new Map(values.requestHeader),
      requestPath: new Map(values.requestPath),
      requestQuerystring: new Map(values.requestQuerystring),
      responseHeader: new Map(values.responseHeader),
      response: new Map(values.response),
    }
    const group = (values: ValueMap) => new Group(values, () => this.#change())
    this.requestOverride = new Override([
      ['header', group(this.#values.requestHeader)],
      ['path', group(this.#values.requestPath)],
      ['querystring', group(this.#values.requestQuerystring)],
    ])
    const status = group(this.#values.response)
    this.responseOverride = new Override([['header', group(this.#values.responseHeader)]], status)
  }

  get overrides(): TemplateOverrides {
    return this.#changed ? overridesOf(this.#values) : this.#before
  }

  #change(): void {
    this.#changed = true
  }
}

/** `$context.requestOverride`, `$context.responseOverride`. */
class Override extends HostObject {
  readonly #groups: ReadonlyMap<string, Group>
  readonly #own: Group | undefined

  /** @param own Where `status` is kept; a request has none. */
  constructor(groups: readonly (readonly [string, Group])[], own?: Group) {
    super()
    this.#groups = new Map(groups)
    this.#own = own
  }

  override get(name: string): Value | undefined {
    return this.#groups.get(name) ?? this.#own?.get(name)
  }

  override call(name: string, [key]: readonly Value[]): Value | undefined {
    return name === 'get' && typeof key === 'string' ? this.get(key) : undefined
  }

  override set(name: string, value: Value): void {
    if (name === 'status') this.#own?.set(name, value)
    else if (value instanceof Map) for (const [key, each] of value) this.#groups.get(name)?.set(String(key), each)
  }
}

/** `$context.requestOverride.header` and its like: a map that takes each name once. */
class Group extends HostObject {
  readonly #values: ValueMap
  readonly #changed: () => void
  /** What this rendering has set. */
  readonly #set = new Set<string>()

  constructor(values: ValueMap, changed: () => void) {
    super()
    this.#values = values
    this.#changed = changed
  }

  override get(name: string): Value | undefined {
    return this.#values.get(name)
  }

  override call(name: string, [key, value]: readonly Value[]): Value | undefined {
    if (typeof key !== 'string') return undefined
    const before = this.#values.get(key)
    if (name === 'put' && value !== undefined) this.set(key, value)
    return name === 'get' || name === 'put' ? before : undefined
  }

  /** Documented: to override a parameter a second time ends the call with 500. */
  override set(name: string, value: Value): void {
    if (this.#set.has(name)) throw new HostError(`${name} is overridden already`)
    this.#set.add(name)
    this.#values.set(name, value)
    this.#changed()
  }
}
