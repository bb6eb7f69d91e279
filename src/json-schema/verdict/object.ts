import { schemaMap } from '../keyword/objects.ts'
import { compilePattern } from '../keyword/texts.ts'
import { type Check, isSchema, type Run, type Schema, type Scope } from '../schema.ts'
import type { Verdict } from './verdict.ts'

/** What a schema says about the properties of one name. */
interface Slot {
  required: boolean
  /** Of `properties`. */
  check: Check | undefined
}

const keywords = [
  'additionalProperties',
  'maxProperties',
  'minProperties',
  'patternProperties',
  'properties',
  'required',
] as const

/** Decides all that a schema says about an object's properties in one walk. */
export function objectVerdict(schema: Schema, scope: Scope): Verdict | undefined {
  const typed = schema['type'] === 'object'
  if (!typed && !keywords.some((keyword) => Object.hasOwn(schema, keyword))) return undefined
  const slots = slotsOf(schema, scope)
  const others = otherProperties(schema, scope)
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  const least = Number(minProperties)
  const most = Number(maxProperties)
  const required = [...slots.values()].filter((slot) => slot.required).length

  const check: Check = (value, run) => {
    if (!isSchema(value)) return !typed
    run.enter()
    let missing = required
    let count = 0
    // Values of JSON inherit nothing that a loop would meet.
    for (const name in value) {
      const member = value[name]
      const slot = slots.get(name)
      count++
      if (slot?.required) missing--
      if (slot?.check && !slot.check(member, run)) return run.leave()
      if (others && !others(name, member, slot?.check !== undefined, run)) return run.leave()
    }
    run.spend(4 * count)
    run.leave()
    return missing === 0 && count >= least && count <= most
  }
  return { check, decided: new Set(typed ? [...keywords, 'type'] : keywords) }
}

function slotsOf({ properties, required }: Schema, scope: Scope): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>()
  for (const [name, schema] of Object.entries(schemaMap(properties, 'properties'))) {
    slots.set(name, { required: false, check: scope.schema(schema) })
  }
  for (const name of Array.isArray(required) ? required.map(String) : []) {
    const slot = slots.get(name)
    if (slot) slot.required = true
    else slots.set(name, { required: true, check: undefined })
  }
  return slots
}

/** Checks what `patternProperties` and `additionalProperties` say; undefined when they allow everything. */
function otherProperties(
  { patternProperties, additionalProperties: rest }: Schema,
  scope: Scope,
): ((name: string, value: unknown, named: boolean, run: Run) => boolean) | undefined {
  const patterns = Object.entries(schemaMap(patternProperties, 'patternProperties')).map(([pattern, schema]) => ({
    matches: compilePattern(pattern),
    check: scope.schema(schema),
  }))
  const unnamed = rest === undefined || rest === true ? undefined : rest === false ? refuse : scope.schema(rest)
  if (patterns.length === 0) return unnamed && ((_name, value, named, run) => named || unnamed(value, run))
  return (name, value, named, run) => {
    let matched = named
    for (const { matches, check } of patterns) {
      if (!matches(name, run)) continue
      matched = true
      if (!check(value, run)) return false
    }
    return matched || !unnamed || unnamed(value, run)
  }
}

const refuse: Check = () => false
