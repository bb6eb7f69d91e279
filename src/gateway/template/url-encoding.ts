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

/** Decodes what `urlEncode` makes. @throws {HostError} for an escape that is none, as Java's `URLDecoder`. */
export function urlDecode(text: string): string {
  if (!/[%+]/.test(text)) return text
  if (/%(?![0-9a-fA-F]{2})/.test(text)) throw new HostError('urlDecode was given an escape that is none')
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString()
  })
}
