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
  const { limit = defaultLimit, position } = request
  if (limit < 1) throw badRequest('Invalid limit specified. It must be at least 1')
  const after = position === undefined ? undefined : decode(position)
  const keyed = items.map((item) => ({ key: sortKey(item), item })).sort((a, b) => compare(a.key, b.key))
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compare(key, after) > 0)
  const shown = rest.slice(0, Math.min(limit, maxLimit))
  const last = shown.at(-1)
  const found = shown.map(({ item }) => item)
  return last && shown.length < rest.length ? { items: found, position: encode(last.key) } : { items: found }
}

/** The order of creation, as a sort key: ids break ties. */
export function byCreation({ createdDate, id }: { readonly createdDate: number; readonly id: string }): string {
  return `${String(createdDate).padStart(15, '0')}/${id}`
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
