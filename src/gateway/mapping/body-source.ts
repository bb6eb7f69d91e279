import type { JsonValue } from '../../json/value.ts'
import { jsonText, type ReadJson, readerOf } from './json-paths.ts'
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
  const path = readerOf(name.startsWith('$') ? name : `$.${name}`)
  return path && ((payload) => textsOf(read(payload, unreadable, path)))
}

function wholeBody(unreadable: (cause: unknown) => Error): BodySource {
  return (payload) => {
    read(payload, unreadable, (json) => json)
    return [payload.text.trim()]
  }
}

function read(payload: Payload, unreadable: (cause: unknown) => Error, path: ReadJson): JsonValue | undefined {
  if (!payload.looksLikeJson) return undefined
  let document: JsonValue
  try {
    document = payload.json
  } catch (cause) {
    throw unreadable(cause)
  }
  return path(document)
}

/** Nothing is sent for what has no text. */
function textsOf(value: JsonValue | undefined): readonly string[] {
  const text = jsonText(value)
  return text === undefined ? nothing : [text]
}
