import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose'
import { TokenError } from './token-error.ts'

/** Who issues tokens. */
export interface Issuer {
  /** The tokens' `iss`. */
  readonly issuer: string
  /** Where its public keys are; absent: where its `/.well-known/openid-configuration` says. */
  readonly jwksUri?: string
}

/** Gets a document over HTTP. */
export type Fetch = FetchImplementation

/** How long keys are used before they are fetched again, and how often at most an unknown key has them fetched; milliseconds. */
const keysMaxAgeMs = 7_200_000
const cooldownMs = 30_000
const timeoutMs = 5_000

/**
 * The keys of one issuer: fetched when they are first needed, kept, and fetched again for a token that names an unknown key,
 * but not more often than every 30 seconds.
 */
export function issuerKeys({ issuer, jwksUri }: Issuer, fetch: Fetch, now: () => number): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined
  let failedMs = Number.NEGATIVE_INFINITY

  async function find(): Promise<JWTVerifyGetKey> {
    const uri = jwksUri ?? (await discover(issuer, fetch))
    const options = { cacheMaxAge: keysMaxAgeMs, cooldownDuration: cooldownMs, timeoutDuration: timeoutMs }
    return createRemoteJWKSet(new URL(uri), { ...options, [customFetch]: fetch })
  }

  return async (header, token) => {
    if (!keys) {
      if (now() - failedMs < cooldownMs) throw new TokenError('unreachable', `${issuer} could not be reached`)
      keys = find()
      keys.catch(() => {
        keys = undefined
        failedMs = now()
      })
    }
    try {
      return await (await keys)(header, token)
    } catch (cause) {
      throw isFetching(cause) ? new TokenError('unreachable', `The keys of ${issuer} cannot be read`, { cause }) : cause
    }
  }
}

/** Whether keys could not be fetched, or are none. What jose has no class for is a response that it does not take. */
function isFetching(cause: unknown): boolean {
  if (cause instanceof TokenError) return false
  if (cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid) return true
  return !(cause instanceof errors.JOSEError) || cause.code === errors.JOSEError.code
}

/** @throws {TokenError} `unreachable` */
async function discover(issuer: string, fetch: Fetch): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const unreachable = (why: string, cause?: unknown) => new TokenError('unreachable', `${url} ${why}`, { cause })
  const options = { method: 'GET', headers: new Headers({ Accept: 'application/json' }), redirect: 'manual' } as const
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(timeoutMs) })
    if (response.status !== 200) throw unreachable(`answers ${response.status}`)
    const found: unknown = await response.json()
    if (!isConfiguration(found)) throw unreachable('names no keys')
    if (found.issuer !== issuer) throw unreachable('names another issuer')
    return found.jwks_uri
  } catch (cause) {
    throw cause instanceof TokenError ? cause : unreachable('cannot be read', cause)
  }
}

function isConfiguration(found: unknown): found is { readonly issuer?: unknown; readonly jwks_uri: string } {
  if (typeof found !== 'object' || found === null || !('jwks_uri' in found)) return false
  return typeof found.jwks_uri === 'string' && URL.canParse(found.jwks_uri)
}
