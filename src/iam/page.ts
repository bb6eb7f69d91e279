import type { Collection, Entry, Reader } from '../storage/store.ts'
import { validationError } from './refusal.ts'

/** Which part of a list is asked for. */
export interface PageRequest {
  /** Of the page before. */
  readonly Marker?: string
  /** 1 to 1000, as the model says. */
  readonly MaxItems?: number
}

export interface Page<T> {
  readonly items: T[]
  /** What the answer says of itself. */
  readonly position: { readonly IsTruncated: boolean; readonly Marker?: string }
}

/** Documented. */
const defaultMaxItems = 100

/**
 * Cuts one page out of a whole list.
 *
 * @param keyOf An item's place: unique, and rising along the list.
 * @throws {ServiceError} `ValidationError` for a marker that no page gave.
 */
export function page<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const { after, limit } = read(request)
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after)
  return cut(rest, limit, keyOf, (item) => item)
}

/**
 * Reads one page of a collection in the order of its keys.
 *
 * @param present Turns a document into an item; `undefined` leaves it out.
 * @throws {ServiceError} as `page` does.
 */
export async function pageOf<D extends object, T>(
  reader: Reader,
  collection: Collection<D>,
  scope: string,
  { prefix, ...request }: PageRequest & { readonly prefix: string },
  present: (document: D) => Promise<T | undefined>,
): Promise<Page<T>> {
  const { after, limit } = read(request)
  const found: { key: string; item: T }[] = []
  let last = after
  // One more than the page holds tells whether there is another page.
  const batch = limit + 1
  for (;;) {
    const range = { prefix, limit: batch, ...(last !== undefined && { after: last }) }
    const entries: Entry<D>[] = await reader.list(collection, scope, range)
    for (const { key, document } of entries) {
      const item = await present(document)
      if (item !== undefined) found.push({ key, item })
    }
    last = entries.at(-1)?.key
    if (entries.length < batch || found.length >= batch) break
  }
  return cut(
    found,
    limit,
    ({ key }) => key,
    ({ item }) => item,
  )
}

function read({ Marker, MaxItems = defaultMaxItems }: PageRequest): { after: string | undefined; limit: number } {
  return { after: Marker === undefined ? undefined : decode(Marker), limit: MaxItems }
}

function cut<E, T>(
  entries: readonly E[],
  limit: number,
  keyOf: (entry: E) => string,
  itemOf: (entry: E) => T,
): Page<T> {
  const shown = entries.slice(0, limit)
  const last = shown.at(-1)
  const more = last !== undefined && shown.length < entries.length
  return {
    items: shown.map(itemOf),
    position: more ? { IsTruncated: true, Marker: encode(keyOf(last)) } : { IsTruncated: false },
  }
}

function encode(key: string): string {
  return Buffer.from(key).toString('base64')
}

function decode(marker: string): string {
  const key = Buffer.from(marker, 'base64').toString()
  if (key === '' || encode(key) !== marker) throw validationError('Invalid Marker.')
  return key
}
