import type { RestIntegration } from '../../../snapshot/rest-api.ts'
import { GatewayError } from '../../error.ts'
import { firstMediaType } from '../../headers.ts'

/** What a media type stands for when a request declares none. */
export const usualType = 'application/json'

/**
 * Chooses the request template by the request's `Content-Type`.
 *
 * @returns Undefined: the body passes through as it is.
 * @throws {GatewayError} `UNSUPPORTED_MEDIA_TYPE` where the passthrough behavior lets no body through (documented table).
 */
export type ChooseByContentType<T> = (contentType: string | undefined) => T | undefined

/** @param templates By media type; `$default` is for every type that has none. */
export function byContentType<T>(
  templates: ReadonlyMap<string, T>,
  behavior: RestIntegration['passthroughBehavior'] = 'WHEN_NO_MATCH',
): ChooseByContentType<T> {
  const byType = keyed(templates)
  const fallback = byType.get('$default')
  const passes = behavior === 'WHEN_NO_MATCH' || (behavior === 'WHEN_NO_TEMPLATES' && templates.size === 0)
  return (contentType) => {
    const type = contentType ?? usualType
    // Most types are sent as the templates name them.
    const chosen = byType.get(type) ?? byType.get(firstMediaType(type)) ?? fallback
    if (chosen === undefined && !passes) throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type')
    return chosen
  }
}

/** A response template, with the `Content-Type` that goes with it. */
export interface TypedTemplate<T> {
  readonly mediaType: string
  readonly template: T
}

/**
 * Chooses the response template by the request's `Accept`: the one for the first type that it names, else that of
 * `application/json`, else the first (observed).
 * @returns Undefined when there are none.
 */
export function byAccept<T>(
  templates: ReadonlyMap<string, T>,
): (accept: string | undefined) => TypedTemplate<T> | undefined {
  const typed = new Map<string, TypedTemplate<T>>()
  for (const [mediaType, template] of templates) typed.set(firstMediaType(mediaType), { mediaType, template })
  const [first] = typed.values()
  const usual = typed.get(usualType) ?? first
  if (typed.size <= 1) return () => usual
  return (accept) => (accept === undefined ? undefined : typed.get(firstMediaType(accept))) ?? usual
}

function keyed<T>(templates: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...templates].map(([mediaType, template]) => [firstMediaType(mediaType), template]))
}
