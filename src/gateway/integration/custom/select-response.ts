import { javaPattern, type Matches } from '../../../pattern/java-pattern.ts'
import { remembered } from '../../../remembered.ts'
import type { RestIntegrationResponse } from '../../../snapshot/rest-api.ts'

/**
 * Chooses among an integration's responses by the backend's status or error: the first whose `selectionPattern` matches the
 * whole text, else the one without a pattern.
 *
 * @param build What is prepared for each response.
 * @returns What finds it; undefined when nothing matches and there is no default.
 */
export function responseSelector<T>(
  responses: readonly RestIntegrationResponse[],
  build: (response: RestIntegrationResponse) => T,
): (text: string) => T | undefined {
  const prepared = responses.map((response) => ({ matches: matcherOf(response), chosen: build(response) }))
  const fallback = prepared.find(({ matches }) => matches === undefined)
  const patterned = prepared.filter(({ matches }) => matches !== undefined)
  if (patterned.length === 0) return () => fallback?.chosen
  // A backend answers with the same few statuses over and over.
  return remembered(16, (text) => (patterned.find(({ matches }) => matches?.(text)) ?? fallback)?.chosen)
}

/** @returns Undefined for the default response; a pattern that cannot be run matches nothing. */
function matcherOf({ selectionPattern = '' }: RestIntegrationResponse): Matches | undefined {
  return selectionPattern === '' ? undefined : (javaPattern(selectionPattern) ?? (() => false))
}
