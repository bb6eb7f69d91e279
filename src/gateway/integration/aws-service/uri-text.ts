import { percentEncoded } from '../../../sigv4/canonical-request.ts'

/**
 * A text as every signer and every service reads it alike: what is no valid escape and needs one is escaped, as UTF-8.
 * Escapes that a client sent stay.
 *
 * @param kept Characters that stay besides letters, digits, `-`, `.`, `_` and `~`.
 */
function escaped(text: string, kept: string): string {
  if (/^[\w.~-]*$/.test(text)) return text
  let result = ''
  for (const [part] of text.toWellFormed().matchAll(/%[0-9a-fA-F]{2}|[\w.~-]+|./gsu)) {
    if (part.length === 3 && part.startsWith('%')) result += part.toUpperCase()
    else if (/^[\w.~-]+$/.test(part) || kept.includes(part)) result += part
    else result += percentEncoded(part)
  }
  return result
}

/** Path text, in which slashes part segments. */
export function pathText(text: string): string {
  return escaped(text, '/')
}

/** Names and values of a query as they stand in a URI. */
export function queryText(text: string): string {
  return escaped(text, '')
}

/** A mapped value: it is no URI text yet, so that its percent signs are escaped like everything else. */
export function queryValue(text: string): string {
  return percentEncoded(text.toWellFormed())
}

/** Whether a path has a segment that leads elsewhere: `.` or `..`, in any spelling. */
export function hasDotSegment(path: string): boolean {
  return path.includes('.') || /%2e/i.test(path)
    ? path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))
    : false
}
