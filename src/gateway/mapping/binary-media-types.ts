import { firstMediaType } from '../headers.ts'

/** Whether a `Content-Type` or `Accept` header names binary content by its first type. */
export type IsBinary = (headerValue: string | undefined) => boolean

/** Of an API that has no binary media types: its calls need not look at their headers. */
export const neverBinary: IsBinary = () => false

/**
 * Entries are exact types, `type/*`, or the documented all-matching entry of two asterisks; an asterisk before the
 * slash of any other entry matches nothing (observed).
 */
export function binaryMediaTypes(entries: readonly string[]): IsBinary {
  const known = new Set(entries.map((entry) => entry.toLowerCase()))
  if (known.has('*/*')) return () => true
  if (known.size === 0) return neverBinary
  return (headerValue) => {
    if (headerValue === undefined) return false
    const type = firstMediaType(headerValue)
    if (known.has(type)) return true
    const slash = type.indexOf('/')
    return slash > 0 && known.has(`${type.slice(0, slash)}/*`)
  }
}
