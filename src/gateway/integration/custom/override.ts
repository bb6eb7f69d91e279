import type { Overrides } from '../../template/overrides.ts'
import type { MappedValues } from '../backend.ts'

/** Parameters with a template's overrides, which win over what was mapped. */
export function overridden(mapped: MappedValues, overrides: Overrides): MappedValues {
  if (overrides.size === 0) return mapped
  const merged = new Map(mapped)
  for (const [name, values] of overrides) put(merged, name, values)
  return merged
}

/** The same for headers, whose names have no case. */
export function overriddenHeaders(mapped: MappedValues, overrides: Overrides): MappedValues {
  if (overrides.size === 0) return mapped
  const merged = new Map(mapped)
  for (const [name, values] of overrides) {
    const lowerName = name.toLowerCase()
    for (const known of mapped.keys()) if (known.toLowerCase() === lowerName) merged.delete(known)
    put(merged, name, values)
  }
  return merged
}

/** An empty value is not sent. */
function put(merged: Map<string, readonly string[]>, name: string, values: readonly string[]): void {
  const sent = values.filter((value) => value !== '')
  if (sent.length > 0) merged.set(name, sent)
  else merged.delete(name)
}
