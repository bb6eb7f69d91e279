import { isUtf8 } from 'node:buffer'
import type { EventBody } from './event.ts'

/**
 * The event's body of a request's bytes.
 * @param binary Whether the request's `Content-Type` is among the API's binary media types. Bytes that are no UTF-8 are
 *   base64 in any case.
 * @returns Undefined for an empty body, which the event shows as null.
 */
export function eventBody(bytes: Buffer, binary: boolean): EventBody | undefined {
  if (bytes.length === 0) return undefined
  if (binary || !isUtf8(bytes)) return { text: bytes.toString('base64'), isBase64Encoded: true }
  return { text: bytes.toString('utf8'), isBase64Encoded: false }
}
