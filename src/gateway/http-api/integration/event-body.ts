import { isUtf8 } from 'node:buffer'
import { firstMediaType } from '../../headers.ts'

/** The body as an event carries it. */
export interface EventBody {
  readonly text: string
  readonly isBase64Encoded: boolean
}

const textTypes: ReadonlySet<string> = new Set(['application/json', 'application/xml', 'application/javascript'])

/**
 * The event's body of a request's bytes. Observed: only a few types travel as text; all others, forms among them, and bodies
 * without a type, are base64. So are bytes that are no UTF-8.
 *
 * @returns Undefined for an empty body.
 */
export function eventBody(bytes: Buffer, contentType: string | undefined): EventBody | undefined {
  if (bytes.length === 0) return undefined
  const type = firstMediaType(contentType ?? '')
  const isText = (type.startsWith('text/') || textTypes.has(type)) && isUtf8(bytes)
  return { text: bytes.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}
