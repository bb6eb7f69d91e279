import type { Invocation } from '../../invocation.ts'
import type { Source } from '../../mapping/source.ts'

/**
 * Path and query for the backend: the URI's own query, then the client's as sent, then the mapped parameters, appended
 * even to equal names (observed).
 */
export function withQuery(path: string, invocation: Invocation, mapped: ReadonlyMap<string, Source>): string {
  let whole = path
  const append = (text: string) => {
    whole += (whole.includes('?') ? '&' : '?') + text
  }
  if (invocation.request.query !== '') append(invocation.request.query)
  for (const [name, source] of mapped) {
    for (const value of source(invocation)) append(`${encode(name)}=${encode(value)}`)
  }
  return whole
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
