import { HostError, HostObject, type Value, type ValueMap } from '../../vtl/value.ts'
import { type OverrideValues, overridesOf, type TemplateOverrides } from './overrides.ts'

/** Keeps what one rendering sets of `$context.requestOverride` and `$context.responseOverride`. */
export class OverrideRecorder {
  readonly #before: TemplateOverrides
  /** Most templates override nothing: nothing is prepared before they ask. */
  #recording: Recording | undefined

  /** @param before What earlier templates of the call have set. */
  constructor(before: TemplateOverrides) {
    this.#before = before
  }

  get requestOverride(): HostObject {
    return this.#record().requestOverride
  }

  get responseOverride(): HostObject {
    return this.#record().responseOverride
  }

  /** What was set until now. */
  get overrides(): TemplateOverrides {
    return this.#recording?.changed ? overridesOf(this.#recording.values) : this.#before
  }

  #record(): Recording {
    this.#recording ??= new Recording(this.#before.values)
    return this.#recording
  }
}

class Recording {
  readonly values: OverrideValues
  readonly requestOverride: HostObject
  readonly responseOverride: HostObject
  changed = false

  constructor(before: OverrideValues) {
    const values = {
      requestHeader: new Map(before.requestHeader),
      requestPath: new Map(before.requestPath),
      requestQuerystring: new Map(before.requestQuerystring),
      responseHeader: new Map(before.responseHeader),
      response: new Map(before.response),
    }
    const group = (values: ValueMap) => new Group(values, () => this.#change())
    this.values = values
    this.requestOverride = new Override([
      ['header', group(values.requestHeader)],
      ['path', group(values.requestPath)],
      ['querystring', group(values.requestQuerystring)],
    ])
    this.responseOverride = new Override([['header', group(values.responseHeader)]], group(values.response))
  }

  #change(): void {
    this.changed = true
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

  /** `status`, or a whole group as a map. */
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
