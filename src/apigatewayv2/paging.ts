import { page } from '../apigateway/paging.ts'
import { badRequest } from '../apigateway/refusal.ts'
import type { Collection, Reader } from '../storage/store.ts'

/** What every list operation takes. */
export interface ListRequest {
  /** Digits. */
  readonly MaxResults?: string
  /** Opaque token of the page before. */
  readonly NextToken?: string
}

export interface List<T> {
  readonly Items: T[]
  /** Absent on the last page. */
  readonly NextToken?: string
}

/**
 * Cuts one page out of a list.
 *
 * @param sortKey Gives each item a unique key, in whose order the pages are.
 * @throws {ServiceError} `BadRequestException` for a number that is none, and for a token that no page ended with.
 */
export function listPage<T>(
  items: readonly T[],
  sortKey: (item: T) => string,
  { MaxResults: maxResults, NextToken: nextToken }: ListRequest,
): List<T> {
  const request = {
    ...(maxResults !== undefined && { limit: numberOf(maxResults) }),
    ...(nextToken !== undefined && { position: nextToken }),
  }
  const { items: Items, position } = page(items, sortKey, request)
  return { Items, ...(position !== undefined && { NextToken: position }) }
}

/** All documents of a collection whose keys begin with `prefix`, in the order of their keys. */
export async function documentsOf<D extends object>(
  reader: Reader,
  collection: Collection<D>,
  scope: string,
  prefix: string,
): Promise<D[]> {
  return (await reader.list(collection, scope, { prefix })).map(({ document }) => document)
}

function numberOf(maxResults: string): number {
  if (!/^\d{1,6}$/.test(maxResults)) throw badRequest('Invalid maxResults specified')
  return Number(maxResults)
}
