import type { ServiceParameterKind } from '../../../../snapshot/service-integration.ts'

/** A value as its service takes it: JSON. */
export type ParameterValue = string | number | readonly string[] | JsonObject

interface JsonObject {
  readonly [name: string]: unknown
}

/** Reads a value's text from a call; undefined: the call has none. */
export type Read<Call, Value> = (call: Call) => Value | undefined

/** Compiles a text with its selection expressions, such as `$request.body.id` or `${request.header.a}-${context.stage}`. */
export type Resolve<Call> = (text: string) => Read<Call, string>

/**
 * Compiles one parameter of a service integration.
 *
 * @returns Its value; undefined for a call that has none, or none of the kind.
 */
export function compileParameter<Call>(
  kind: ServiceParameterKind,
  text: string,
  resolve: Resolve<Call>,
): Read<Call, ParameterValue> {
  if (kind === 'object') return compileObject(text, resolve)
  const read = resolve(text)
  const convert = conversions[kind]
  return (call) => {
    const value = read(call)
    return value === undefined ? undefined : convert(value)
  }
}

const conversions: Readonly<
  Record<Exclude<ServiceParameterKind, 'object'>, (text: string) => ParameterValue | undefined>
> = {
  text: (text) => text,
  integer: (text) => (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined),
  texts: listOf,
  time: epochSeconds,
  bytes: (text) => Buffer.from(text).toString('base64'),
}

/** A JSON list, or texts with commas between. */
function listOf(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith('[')) return text.split(',').map((item) => item.trim())
  const list = parsed(text)
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined
}

/** Of epoch seconds, or of a date and time as ISO 8601 has them. */
function epochSeconds(text: string): number | undefined {
  if (/^\d{1,12}(\.\d{1,3})?$/.test(text)) return Number(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms / 1000
}

/**
 * An object as JSON. Its texts are compiled one by one, so that no caller's value can change its shape; a selection
 * expression that stands alone gives the whole object.
 */
function compileObject<Call>(text: string, resolve: Resolve<Call>): Read<Call, JsonObject> {
  const template = asObject(text)
  if (template === undefined) {
    const read = resolve(text)
    return (call) => asObject(read(call) ?? '')
  }
  const fill = compileJson(template, resolve)
  return (call) => {
    const filled = fill(call)
    return isObject(filled) ? filled : undefined
  }
}

/** @returns Undefined where one of the texts has no value. */
function compileJson<Call>(template: unknown, resolve: Resolve<Call>): Read<Call, unknown> {
  if (typeof template === 'string') return template.includes('${') ? resolve(template) : () => template
  if (Array.isArray(template)) {
    const items = template.map((item) => compileJson(item, resolve))
    return (call) => allOf(items.map((item) => item(call)))
  }
  if (!isObject(template)) return () => template
  const members = Object.entries(template).map(([name, member]) => [name, compileJson(member, resolve)] as const)
  return (call) => {
    const values = allOf(members.map(([, member]) => member(call)))
    return values && Object.fromEntries(members.map(([name], i) => [name, values[i]]))
  }
}

function allOf(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.includes(undefined) ? undefined : values
}

function asObject(text: string): JsonObject | undefined {
  const value = parsed(text)
  return isObject(value) ? value : undefined
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @returns Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
