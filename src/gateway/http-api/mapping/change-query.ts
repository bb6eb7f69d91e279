import { parseQuery } from '../../mapping/query.ts'
import type { Change } from './change.ts'

/**
 * Appends, replaces or removes a parameter of a raw query; what is not touched stays as it was sent. Without a value nothing is
 * appended, and what would be replaced is removed.
 */
export function changeQuery(query: string, { action, name }: Change, value: string): string {
  const kept = action === 'append' || query === '' ? query : withoutParameter(query, name)
  if (action === 'remove' || value === '') return kept
  const added = `${encode(name)}=${encode(value)}`
  return kept === '' ? added : `${kept}&${added}`
}

function withoutParameter(query: string, name: string): string {
  return query
    .split('&')
    .filter((parameter) => parseQuery(parameter, '&')[0] !== name)
    .join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
