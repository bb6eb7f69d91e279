import { HostError } from '../../vtl/value.ts'
import { encodable } from './encodable.ts'

/** Encodes as forms do, and Java's `URLEncoder` with UTF-8: blanks become `+`; letters, digits and `.-*_` stay. */
export function urlEncode(text: string): string {
  const encoded = encodeURIComponent(encodable(text))
  return encoded.replace(/%20|[!'()~]/g, (part) => (part === '%20' ? '+' : byNumber(part)))
}

function byNumber(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** An escape as Java's parser of numbers takes it: of two digits, or of a sign and one. */
const byte = '%(?:[0-9a-fA-F]{2}|\\+[0-9a-fA-F]|-0)'
const encodedParts = new RegExp(`(?:${byte})+|\\+`, 'g')
const noByte = new RegExp(`(?!${byte})%`)

/** Decodes what `urlEncode` makes. @throws {HostError} for an escape that is none, as Java's `URLDecoder`. */
export function urlDecode(text: string): string {
  if (!/[%+]/.test(text)) return text
  if (noByte.test(text)) throw new HostError('urlDecode was given an escape that is none')
  return text.replace(encodedParts, (part) => (part === '+' ? ' ' : decoded(part)))
}

function decoded(escapes: string): string {
  const bytes = escapes.slice(1).split('%')
  return Buffer.from(bytes.map((digits) => Number.parseInt(digits, 16))).toString()
}
