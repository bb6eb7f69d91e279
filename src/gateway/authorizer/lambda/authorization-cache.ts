import type { LambdaAuthorizer } from '../../../snapshot/authorizer.ts'
import type { LambdaAuthorization } from './lambda-authorizer.ts'

/** What one Lambda authorizer has found out about callers, for as long as it may be used again. */
export interface AuthorizationCache {
  /** @param identity Values of the identity sources. @param nowMs Epoch milliseconds. */
  find(identity: readonly string[], nowMs: number): LambdaAuthorization | undefined
  keep(identity: readonly string[], found: LambdaAuthorization, nowMs: number): void
}

/** Most callers that one authorizer remembers in one thread. */
const maxRemembered = 10_000

interface Remembered {
  readonly found: LambdaAuthorization
  readonly untilMs: number
}

/**
 * The caches of one stage: all methods behind an authorizer share one, as on AWS. They are new with every change of the
 * stage, and so with a flush.
 */
export function authorizationCaches(): (authorizer: LambdaAuthorizer) => AuthorizationCache {
  const caches = new Map<string, AuthorizationCache>()
  return (authorizer) => {
    const known = caches.get(authorizer.authorizerId) ?? authorizationCache(authorizer)
    caches.set(authorizer.authorizerId, known)
    return known
  }
}

function authorizationCache({ resultTtlInSeconds }: LambdaAuthorizer): AuthorizationCache {
  const remembered = new Map<string, Remembered>()
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
