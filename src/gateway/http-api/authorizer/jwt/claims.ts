import type { Claims } from '../../../../jwt/token-verifier.ts'
import type { Authorization } from '../../../authorizer/authorization.ts'

/**
 * What a route is told of a token: `$context.authorizer.claims`, and the `authorizer` of an event.
 *
 * @param scopes The token's, behind a route that asks for some; else null (observed).
 * @param eventFormat Payload format of the route's events.
 */
export function authorizationOf(
  claims: Claims,
  scopes: readonly string[] | null,
  eventFormat: '1.0' | '2.0',
): Authorization {
  const texts = new Map(Object.entries(claims).map(([name, value]) => [name, claimText(value)]))
  const told = { claims: Object.fromEntries(texts), scopes }
  return {
    members: new Map([['claims', texts]]),
    eventText: JSON.stringify(eventFormat === '2.0' ? { jwt: told } : told),
  }
}

/** Observed: every claim is a text. Lists are `[a b]`, and objects are `map[a:1 b:2]` with their names in order. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`
  if (value === null) return '<nil>'
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).map(([name, member]) => `${name}:${claimText(member)}`)
  return `map[${members.sort().join(' ')}]`
}

/** Scopes of a token: `scope` is a text with blanks between, `scp` also a list. */
export function scopesOf({ scope, scp }: Claims): readonly string[] {
  return [scope, scp].flatMap((value) => {
    if (typeof value === 'string') return value.split(' ').filter((name) => name !== '')
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
  })
}

/** Whom a token is for. Documented: `client_id` counts where there is no `aud`. */
export function audiencesOf({ aud, client_id: client }: Claims): readonly unknown[] {
  const audience: unknown = aud ?? client
  return Array.isArray(audience) ? audience : [audience]
}
