import type { Reply } from '../../reply.ts'
import { malformed } from './malformed.ts'
import { bodyOf, isMap, mapOf, ResultHeaders, statusOf } from './result-parts.ts'

/**
 * The reply that a function's result asks for by format 2.0. Documented and observed: a result without `statusCode` is the body
 * itself, whatever it is, with status 200 and as JSON.
 *
 * @param payload Text as the function returned it.
 * @throws {GatewayError} 500 for a malformed result.
 */
export function replyOfV2(payload: string): Reply {
  const result = parsed(payload)
  if (!isMap(result) || !('statusCode' in result)) return inferred(payload, result)
  const headers = new ResultHeaders()
  const status = statusOf(result['statusCode'])
  for (const [name, value] of Object.entries(mapOf(result['headers'], 'headers'))) headers.add(name, textOf(value))
  const lines = headers.typedLines()
  for (const cookie of cookiesOf(result['cookies'])) headers.add('Set-Cookie', cookie)
  return { status, headers: lines, body: bodyOf(result['body'], result['isBase64Encoded']) }
}

/** @returns Undefined for what is no JSON. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

/** Observed: a text is its own body, null is none, and what is no JSON goes out unchanged. */
function inferred(payload: string, result: unknown): Reply {
  const body = typeof result === 'string' ? result : result === null ? '' : payload
  return { status: 200, headers: ['Content-Type', 'application/json'], body }
}

/** Documented: values become texts. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function cookiesOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every((cookie) => typeof cookie === 'string')) return value
  throw malformed('cookies are no list of text')
}
