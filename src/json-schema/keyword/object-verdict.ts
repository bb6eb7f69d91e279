import { type Check, isSchema, type Run, type Schema, type Scope } from '../schema.ts'
import { schemaMap } from './objects.ts'
import { compilePattern } from './texts.ts'

/** What a schema says about the properties of one name. */
interface Slot {
  required: boolean
  /** Of `properties`. */
  check: Check | undefined
}

/** The keywords that one walk over an object's properties decides. */
export const objectKeywords: ReadonlySet<string> = new Set([
  'additionalProperties',
  'maxProperties',
  'minProperties',
  'patternProperties',
  'properties',
  'required',
])

/**
 * Checks an object's properties in one walk, without telling what is wrong: most objects are valid, and each keyword's own
 * walk would cost as much as this one.
 */
export function objectVerdict(schema: Schema, scope: Scope): Check | undefined {
  if (!Object.keys(schema).some((keyword) => objectKeywords.has(keyword))) return undefined
  const slots = slotsOf(schema, scope)
  const others = otherProperties(schema, scope)
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  const least = Number(minProperties)
  const most = Number(maxProperties)
  const required = [...slots.values()].filter((slot) => slot.required).length

  return (value, run) => {
    if (!isSchema(value)) return true
    let missing = required
    let count = 0
    // Values of JSON inherit nothing that a loop would meet.
    for (const name in value) {
      count++
      const slot = slots.get(name)
      if (slot?.required) missing--
      if (slot?.check && !slot.check(value[name], run)) return false
      if (others && !others(name, value[name], slot?.check !== undefined, run)) return false
    }
    run.spend(4 * count)
    return missing === 0 && count >= least && count <= most
  }
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
