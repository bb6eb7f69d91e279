/** A value of a parsed document. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** An object of a parsed document. */
export interface JsonObject {
  readonly [member: string]: Json
}

/** Whether a value is an object, and no list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Parses the JSON text of an object; `undefined` for any other text. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The object under a member; an empty one when it holds anything else. */
export function objectAt(object: JsonObject, member: string): JsonObject {
  const value = object[member]
  return isObject(value) ? value : {}
}

/** The list under a member; an empty one when it holds anything else. */
export function listAt(object: JsonObject, member: string): readonly Json[] {
  const value = object[member]
  return isList(value) ? value : []
}

/** The text under a member. YAML reads `200` and `true` as number and boolean where text is meant: they count as text. */
export function textAt(object: JsonObject, member: string): string | undefined {
  return textOf(object[member])
}

/** A scalar as text. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

/** The texts of a list; entries that are no scalars are left out. */
export function textsAt(object: JsonObject, member: string): string[] {
  return listAt(object, member).flatMap((value) => textOf(value) ?? [])
}

/** Whether a member holds `true`, as a boolean or as text. */
export function flagAt(object: JsonObject, member: string): boolean {
  return textAt(object, member)?.toLowerCase() === 'true'
}

/** The members that `names` picks, in their order there; those that are absent are left out. */
export function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])))
}
