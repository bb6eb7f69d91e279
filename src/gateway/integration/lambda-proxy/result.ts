import { GatewayError } from '../../error.ts'
import { decodeBase64 } from '../../mapping/base64.ts'
import type { Reply } from '../../reply.ts'
import { isMap, malformed } from './malformed.ts'
import { delimiter } from './prelude.ts'
import { resultHeaders } from './result-headers.ts'

/**
 * The reply that a function's result asks for, by the contract of REST APIs' Lambda proxy integration.
 *
 * @param payload JSON text as the function returned it.
 * @param acceptsBinary Whether the client's first `Accept` type is among the API's binary media types: only then is a
 *   base64 body decoded (observed).
 * @throws {GatewayError} 502 for every malformed result, 500 for base64 that cannot be decoded.
 */
export function replyOf(payload: string, acceptsBinary: boolean): Reply {
  const result = parse(payload)
  for (const member of Object.keys(result)) {
    if (!members.has(member)) throw malformed(`unknown member ${member}`)
  }
  const status = statusOf(result['statusCode'])
  const headers = resultHeaders(result['headers'], result['multiValueHeaders'])
  const body = result['body'] ?? ''
  if (typeof body !== 'string') throw malformed('body is no text')
  const isBase64Encoded = result['isBase64Encoded'] ?? false
  if (typeof isBase64Encoded !== 'boolean') throw malformed('isBase64Encoded is no boolean')
  return { status, headers, body: isBase64Encoded && acceptsBinary ? decode(body) : body }
}

const members: ReadonlySet<string> = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

function parse(payload: string): Readonly<Record<string, unknown>> {
  try {
    const result: unknown = JSON.parse(payload)
    if (isMap(result)) return result
  } catch (cause) {
    // Documented: what a streaming function writes, taken whole, has its status and headers, but no body.
    const at = payload.indexOf(delimiter.toString())
    if (at > 0) return parse(payload.slice(0, at))
    throw malformed('no JSON', cause)
  }
  throw malformed('no object')
}

/** Missing is 200; an integer or its text is taken (observed). */
function statusOf(value: unknown): number {
  if (value === undefined || value === null) return 200
  const status = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status
  throw malformed(`statusCode ${JSON.stringify(value)}`)
}

function decode(text: string): Buffer {
  const bytes = decodeBase64(text)
  if (bytes) return bytes
  throw new GatewayError('DEFAULT_5XX', 'Internal server error', { detail: 'Unable to base64 decode the body.' })
}
