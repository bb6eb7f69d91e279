/** What one Lambda authorizer has found out about callers, for as long as it may be used again. */
export interface AuthorizationCache<Found> {
  /** @param identity Values of the identity sources. @param nowMs Epoch milliseconds. */
  find(identity: readonly string[], nowMs: number): Found | undefined
  keep(identity: readonly string[], found: Found, nowMs: number): void
}

/** What caches know of a Lambda authorizer. */
interface CachedAuthorizer {
  readonly authorizerId: string
  /** Seconds; 0 caches nothing. */
  readonly resultTtlInSeconds: number
}

/** Gives the cache of an authorizer. */
export type AuthorizationCaches<Found> = (authorizer: CachedAuthorizer) => AuthorizationCache<Found>

/** Most callers that one authorizer remembers in one thread. */
const maxRemembered = 10_000

interface Remembered<Found> {
  readonly found: Found
  readonly untilMs: number
}

/**
 * The caches of one stage: all that is behind an authorizer shares one, as on AWS. They are new with every change of the
 * stage, and so with a flush.
 */
export function authorizationCaches<Found>(): AuthorizationCaches<Found> {
  const caches = new Map<string, AuthorizationCache<Found>>()
  return (authorizer) => {
    const known = caches.get(authorizer.authorizerId) ?? authorizationCache<Found>(authorizer)
    caches.set(authorizer.authorizerId, known)
    return known
  }
}

function authorizationCache<Found>({ resultTtlInSeconds }: CachedAuthorizer): AuthorizationCache<Found> {
  const remembered = new Map<string, Remembered<Found>>()
  const keyOf = (identity: readonly string[]) =>
    identity.length === 1 ? (identity[0] ?? '') : JSON.stringify(identity)
  return {
    find(identity, nowMs) {
      const key = keyOf(identity)
      const known = remembered.get(key)
      if (!known) return undefined
      if (nowMs < known.untilMs) return known.found
      remembered.delete(key)
      return undefined
    },
    keep(identity, found, nowMs) {
      // Documented: callers who cannot be told apart are not remembered.
      if (resultTtlInSeconds <= 0 || identity.length === 0) return
      if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value ?? '')
      remembered.set(keyOf(identity), { found, untilMs: nowMs + resultTtlInSeconds * 1000 })
    },
  }
}
