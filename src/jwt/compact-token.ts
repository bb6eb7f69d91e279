import { isUtf8 } from 'node:buffer'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { TokenError } from './token-error.ts'

/** A token in its compact form (RFC 7519), taken apart. Nothing of it is verified. */
export interface CompactToken {
  readonly header: JWTHeaderParameters
  readonly claims: JWTPayload
  /** What the signature is of. */
  readonly signed: string
  readonly signature: Buffer
}

/**
 * Takes a token apart.
 * @throws {TokenError} `malformed`; a signature has one spelling only, so that no token has two texts.
 */
export function readToken(token: string): CompactToken {
  const [header, claims, signature, ...more] = token.split('.')
  if (!header || !claims || signature === undefined || more.length > 0) throw malformed('The token has not three parts')
  const protectedHeader = members(header)
  if (!isHeader(protectedHeader)) throw malformed('The token has no algorithm')
  return {
    header: protectedHeader,
    claims: members(claims),
    signed: token.slice(0, header.length + 1 + claims.length),
    signature: decoded(signature),
  }
}

function isHeader(header: Readonly<Record<string, unknown>>): header is JWTHeaderParameters {
  const { alg, kid } = header
  return typeof alg === 'string' && alg !== '' && (kid === undefined || typeof kid === 'string')
}

function members(part: string): Record<string, unknown> {
  const bytes = decoded(part)
  if (!isUtf8(bytes)) throw malformed('The token is no text')
  const value = parsed(bytes.toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('The token is no object')
  return { ...value }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What the parser says repeats some of the token.
    throw malformed('The token is no JSON')
  }
}

/** Node's decoder takes other alphabets, padding, blanks and left-over bits: RFC 7515 does not. */
function decoded(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw malformed('The token is not encoded as base64url')
  return bytes
}

function malformed(message: string): TokenError {
  return new TokenError('malformed', message)
}
