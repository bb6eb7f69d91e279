import type { Reply } from '../../reply.ts'
import { malformed } from './malformed.ts'
import { bodyOf, isMap, mapOf, ResultHeaders, statusOf } from './result-parts.ts'

const members: ReadonlySet<string> = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

/**
 * The reply that a function's result asks for by format 1.0.
 *
 * @param payload JSON text as the function returned it.
 * @throws {GatewayError} 500 for a malformed result.
 */
export function replyOfV1(payload: string): Reply {
  const result = parsed(payload)
  for (const member of Object.keys(result)) {
    if (!members.has(member)) throw malformed(`unknown member ${member}`)
  }
  const status = statusOf(result['statusCode'] ?? 200)
  const headers = headerLines(
    mapOf(result['headers'], 'headers'),
    mapOf(result['multiValueHeaders'], 'multiValueHeaders'),
  )
  return { status, headers, body: bodyOf(result['body'], result['isBase64Encoded']) }
}

function parsed(payload: string): Readonly<Record<string, unknown>> {
  let result: unknown
  try {
    result = JSON.parse(payload)
  } catch (cause) {
    throw malformed('no JSON', cause)
  }
  if (isMap(result)) return result
  throw malformed('no object')
}

type Headers = Readonly<Record<string, unknown>>

/** Observed: where both maps have a name, the single value comes first and the list after it, spelt as the list is. */
function headerLines(single: Headers, multi: Headers): string[] {
  const headers = new ResultHeaders()
  const spelling = new Map(Object.keys(multi).map((name) => [name.toLowerCase(), name]))
  for (const [name, value] of Object.entries(single)) {
    headers.add(spelling.get(name.toLowerCase()) ?? name, textOf(value))
  }
  for (const [name, values] of Object.entries(multi)) {
    if (!Array.isArray(values)) throw malformed('a multi-value header is no list')
    for (const value of values) headers.add(name, textOf(value))
  }
  return headers.typedLines()
}

/** Text, or a boolean as text; numbers are malformed (observed). */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return value
  throw malformed('a header value is no text')
}
