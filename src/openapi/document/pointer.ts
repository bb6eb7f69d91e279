import { isList, type Json, type JsonObject } from '../json.ts'

/** Finds what a local reference such as `#/components/schemas/Pet` points at. */
export function lookUp(root: JsonObject, reference: string): Json | undefined {
  const names = namesOf(reference)
  return names?.reduce<Json | undefined>((value, name) => memberOf(value, name), root)
}

/** The last name of a reference that points at `{prefix}/{name}`. */
export function nameBelow(reference: string, prefix: string): string | undefined {
  const name = reference.startsWith(`${prefix}/`) ? reference.slice(prefix.length + 1) : '/'
  return name.includes('/') ? undefined : unescaped(name)
}

function namesOf(reference: string): string[] | undefined {
  if (reference === '#') return []
  return reference.startsWith('#/') ? reference.slice(2).split('/').map(unescaped) : undefined
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return name
  }
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (isList(value)) return value[Number(name)]
  return Object.hasOwn(value, name) ? value[name] : undefined
}
