import { Double, isJsonObject, type JsonValue } from '../../json/value.ts'
import { writeJson } from '../../json/write.ts'
import type { JsonPath } from '../../jsonpath/json-path.ts'
import { loadModule } from '../../load-module.ts'
import type { Payload } from './payload.ts'

/** Reads a mapping expression's values from a body; no values: there is nothing to map. */
export type BodySource = (payload: Payload) => readonly string[]

const nothing: readonly string[] = []

/**
 * Compiles what follows `method.request.` or `integration.response.` when it is `body` or `body.{JSONPath}`.
 *
 * @param unreadable What a body that is no JSON ends the call with.
 * @returns Undefined when the expression is none.
 */
export function compileBodySource(expression: string, unreadable: (cause: unknown) => Error): BodySource | undefined {
  const [, name] = /^body(?:\.(.+))?$/s.exec(expression) ?? []
  if (name === undefined) return expression === 'body' ? wholeBody(unreadable) : undefined
  const path = pathOf(name)
  return path && ((payload) => textsOf(read(payload, unreadable, path)))
}

function wholeBody(unreadable: (cause: unknown) => Error): BodySource {
  return (payload) => {
    read(payload, unreadable, (json) => json)
    return [payload.text.trim()]
  }
}

type JsonPaths = typeof import('../../jsonpath/json-path.ts')

let loaded: JsonPaths | undefined

/** Loaded when a mapping first reads a body: a megabyte in each thread. */
function jsonPaths(): JsonPaths {
  loaded ??= loadModule<JsonPaths>(new URL('../../jsonpath/json-path', import.meta.url))
  return loaded
}

type Read = (document: JsonValue) => JsonValue | undefined

function pathOf(name: string): Read | undefined {
  let path: JsonPath
  try {
    path = jsonPaths().compilePath(name.startsWith('$') ? name : `$.${name}`)
  } catch {
    return undefined
  }
  return (document) => {
    try {
      return path.read(document)
    } catch {
      return undefined // Such as a function of numbers over text.
    }
  }
}

function read(payload: Payload, unreadable: (cause: unknown) => Error, path: Read): JsonValue | undefined {
  if (!payload.looksLikeJson) return undefined
  let document: JsonValue
  try {
    document = payload.json
  } catch (cause) {
    throw unreadable(cause)
  }
  return path(document)
}

/** What a parameter shows of a value: text as it is, anything else as JSON. Nothing is sent for what is missing or null. */
function textsOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null || value === '') return nothing
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.length === 0 ? nothing : [writeJson(value)]
  if (isJsonObject(value)) return [writeJson(value)]
  return [value instanceof Double ? value.toString() : String(value)]
}
