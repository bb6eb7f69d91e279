import { invalidParameter } from './error.ts'

/** Which part of a list is asked for. */
export interface PageRequest {
  /** `NextMarker` of the page before. */
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface Page<T> {
  readonly items: T[]
  /** Present when there is more. */
  readonly next?: string
}

/** Lambda answers at most 50 items a page, even when asked for more (documented). */
const maxPageItems = 50

/**
 * Cuts one page out of a whole list.
 *
 * @param keyOf An item's place: unique, and rising along the list.
 * @throws {ServiceError} `InvalidParameterValueException` for a marker that no page gave.
 */
export function page<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const after = request.Marker === undefined ? undefined : decode(request.Marker)
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) > after)
  if (start < 0) return { items: [] }
  const end = start + Math.min(request.MaxItems ?? maxPageItems, maxPageItems)
  const shown = items.slice(start, end)
  const last = shown.at(-1)
  return last === undefined || end >= items.length ? { items: shown } : { items: shown, next: encode(keyOf(last)) }
}

/** Writes a number so that its text sorts as the number does. */
export function numberKey(number: number): string {
  return String(number).padStart(16, '0')
}

function encode(key: string): string {
  return Buffer.from(key).toString('base64url')
}

function decode(marker: string): string {
  const key = Buffer.from(marker, 'base64url').toString()
  if (encode(key) !== marker) throw invalidParameter(`Invalid Marker: ${marker}`)
  return key
}
