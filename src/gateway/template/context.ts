import { HostObject, type Value, type ValueMap } from '../../vtl/value.ts'
import type { Authorization } from '../authorizer/authorization.ts'
import type { Invocation } from '../invocation.ts'
import { contextGroup, contextVariable } from '../mapping/context.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import type { OverrideRecorder } from './override-recorder.ts'

/** `$context`: facts of the call, and the overrides that a template sets. What nothing sets has no value. */
export class Context extends HostObject {
  readonly #invocation: Invocation
  readonly #place: CallPlace
  readonly #recorder: OverrideRecorder
  #groups: Map<string, ValueMap> | undefined

  constructor(invocation: Invocation, place: CallPlace, recorder: OverrideRecorder) {
    super()
    this.#invocation = invocation
    this.#place = place
    this.#recorder = recorder
  }

  override get(name: string): Value | undefined {
    if (name === 'requestOverride') return this.#recorder.requestOverride
    if (name === 'responseOverride') return this.#recorder.responseOverride
    // The one number among texts: templates calculate with it.
    if (name === 'requestTimeEpoch') return this.#invocation.receivedAt
    if (name === 'authorizer') return this.#invocation.authorization && valuesOf(this.#invocation.authorization)
    return contextVariable(name)?.(this.#invocation, this.#place) ?? this.#group(name)
  }

  override call(name: string, [key]: readonly Value[]): Value | undefined {
    return name === 'get' && typeof key === 'string' ? this.get(key) : undefined
  }

  /** `$context.identity`: a map of what is known. */
  #group(name: string): ValueMap | undefined {
    const known = this.#groups?.get(name)
    if (known) return known
    const members = contextGroup(name)
    if (members.length === 0) return undefined
    const group: ValueMap = new Map()
    for (const [member, variable] of members) {
      const value = variable(this.#invocation, this.#place)
      if (value !== undefined) group.set(member, value)
    }
    this.#groups ??= new Map()
    this.#groups.set(name, group)
    return group
  }
}

/** `$context.authorizer`: a map of its own for each rendering, as templates can put into it. */
function valuesOf({ members }: Authorization): ValueMap {
  return new Map([...members].map(([name, value]) => [name, typeof value === 'string' ? value : new Map(value)]))
}
