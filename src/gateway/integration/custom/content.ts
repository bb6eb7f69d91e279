import type { ContentHandling } from '../../../snapshot/rest-api.ts'
import { configurationError } from '../../error.ts'
import { decodeBase64 } from '../../mapping/base64.ts'

/** A body on its way through mappings: text, or bytes that no template can read. */
export type Content = string | Buffer

/**
 * What mappings see of a request's body (documented table).
 *
 * @param binary Whether its `Content-Type` is among the API's binary media types.
 * @throws {GatewayError} 500 for text that is to become bytes, and is no base64.
 */
export function requestContent(bytes: Buffer, binary: boolean, handling: ContentHandling | undefined): Content {
  if (binary) return handling === 'CONVERT_TO_TEXT' ? bytes.toString('base64') : bytes
  return handling === 'CONVERT_TO_BINARY' ? decoded(bytes, 'request') : bytes.toString()
}

/**
 * What mappings see of a backend's body (documented table).
 *
 * @param binary Whether its `Content-Type` is among the API's binary media types.
 * @param accepted Whether the first type that the client accepts is.
 * @throws {GatewayError} 500 for text that is to become bytes, and is no base64.
 */
export function responseContent(
  bytes: Buffer,
  binary: boolean,
  accepted: boolean,
  handling: ContentHandling | undefined,
): Content {
  const wanted = handling ? handling === 'CONVERT_TO_BINARY' : accepted
  if (binary) return wanted ? bytes : bytes.toString('base64')
  return wanted ? decoded(bytes, 'response') : bytes.toString()
}

function decoded(bytes: Buffer, what: 'request' | 'response'): Buffer {
  const result = decodeBase64(bytes.toString('latin1'))
  if (!result)
    throw configurationError(`Execution failed due to configuration error: Unable to base64 decode the ${what} body`)
  return result
}
