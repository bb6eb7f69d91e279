import type { MappedValues } from '../backend.ts'

/**
 * Path and query for the backend: the URI's own query, then the client's as sent, then the mapped parameters, appended
 * even to equal names (observed).
 *
 * @param sent The client's query, raw; empty when there is none, or none of it travels.
 */
export function withQuery(path: string, sent: string, mapped: MappedValues): string {
  let whole = path
  const append = (text: string) => {
    whole += (whole.includes('?') ? '&' : '?') + text
  }
  if (sent !== '') append(sent)
  for (const [name, values] of mapped) {
    for (const value of values) append(`${encode(name)}=${encode(value)}`)
  }
  return whole
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
