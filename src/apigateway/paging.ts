import type { Collection, Entry, Reader } from '../storage/store.ts'
import { badRequest } from './refusal.ts'

/** Documented: 25 items a page unless asked otherwise, and never more than 500. */
const defaultLimit = 25
const maxLimit = 500

export interface PageRequest {
  readonly limit?: number
  /** Opaque token of the page before. */
  readonly position?: string
}

export interface Page<T> {
  readonly items: T[]
  /** Absent on the last page. */
  readonly position?: string
}

/**
 * Cuts one page out of a list.
 *
 * @param sortKey Gives each item a unique key; pages are in its order, and go on after the last key that was handed out,
 *   so that items which come and go between two calls make none of the others appear twice or not at all.
 * @throws {ServiceError} `BadRequestException` for a limit below 1 or a position that no page ended with.
 */
export function page<T>(items: readonly T[], sortKey: (item: T) => string, request: PageRequest): Page<T> {
  const { limit, after } = read(request)
  const keyed = items.map((item) => ({ key: sortKey(item), item })).sort((a, b) => compare(a.key, b.key))
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compare(key, after) > 0)
  return firstOf(rest, limit, ({ item }) => item)
}

/**
 * Reads one page of a collection in the order of its keys: a page costs the same however many documents there are.
 *
 * @param where Leaves out the documents for which it is false.
 * @throws {ServiceError} as `page` does.
 */
export async function pageOf<D extends object>(
  reader: Reader,
  collection: Collection<D>,
  scope: string,
  request: PageRequest,
  where: (document: D) => boolean = () => true,
): Promise<Page<D>> {
  const { limit, after } = read(request)
  const found: Entry<D>[] = []
  let last = after
  // One more than the page holds tells whether there is another page.
  const batch = limit + 1
  while (found.length < batch) {
    const range = { limit: batch, ...(last !== undefined && { after: last }) }
    const entries = await reader.list(collection, scope, range)
    found.push(...entries.filter(({ document }) => where(document)))
    last = entries.at(-1)?.key
    if (entries.length < batch) break
  }
  return firstOf(found, limit, ({ document }) => document)
}

/** The order of creation, as a sort key: ids break ties. */
export function byCreation({ createdDate, id }: { readonly createdDate: number; readonly id: string }): string {
  return `${String(createdDate).padStart(15, '0')}/${id}`
}

function read({ limit = defaultLimit, position }: PageRequest): { limit: number; after: string | undefined } {
  if (limit < 1) throw badRequest('Invalid limit specified. It must be at least 1')
  return { limit: Math.min(limit, maxLimit), after: position === undefined ? undefined : decode(position) }
}

function firstOf<E extends { readonly key: string }, T>(
  entries: readonly E[],
  limit: number,
  itemOf: (entry: E) => T,
): Page<T> {
  const shown = entries.slice(0, limit)
  const items = shown.map(itemOf)
  const last = shown.at(-1)
  return last && shown.length < entries.length ? { items, position: encode(last.key) } : { items }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function encode(key: string): string {
  return Buffer.from(key).toString('base64')
}

function decode(position: string): string {
  const key = Buffer.from(position, 'base64').toString()
  if (key === '' || encode(key) !== position) throw badRequest('Invalid position specified')
  return key
}
