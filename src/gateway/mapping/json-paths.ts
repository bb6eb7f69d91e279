import { Double, isJsonObject, type JsonValue } from '../../json/value.ts'
import { writeJson } from '../../json/write.ts'
import type { JsonPath } from '../../jsonpath/json-path.ts'
import { loadModule } from '../../load-module.ts'

/** Finds a part of a document; undefined: it is not there. */
export type ReadJson = (document: JsonValue) => JsonValue | undefined

type JsonPaths = typeof import('../../jsonpath/json-path.ts')

let loaded: JsonPaths | undefined

/** Loaded when a mapping first reads a body: a megabyte in each thread. */
function jsonPaths(): JsonPaths {
  loaded ??= loadModule<JsonPaths>(new URL('../../jsonpath/json-path', import.meta.url))
  return loaded
}

/** Compiles a JSONPath. @returns Undefined for what is none. */
export function readerOf(text: string): ReadJson | undefined {
  let path: JsonPath
  try {
    path = jsonPaths().compilePath(text)
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

/** What a parameter shows of a value: text as it is, anything else as JSON. Nothing of what is missing, null or empty. */
export function jsonText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? undefined : writeJson(value)
  if (isJsonObject(value)) return writeJson(value)
  return value instanceof Double ? value.toString() : String(value)
}
