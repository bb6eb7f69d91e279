import { KeyObject } from 'node:crypto'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWSHeaderParameters } from 'jose'
import { TokenError } from './token-error.ts'

/** Who issues tokens. */
export interface Issuer {
  /** The tokens' `iss`. */
  readonly issuer: string
  /** Where its public keys are; absent: where its `/.well-known/openid-configuration` says. */
  readonly jwksUri?: string
}

/**
 * Gets a JSON document over HTTP: only from the very URL, within bounds of time and size.
 *
 * @throws whatever says that there is no such document.
 */
export type FetchDocument = (url: string) => Promise<unknown>

/**
 * The one public key that a token's header can mean.
 *
 * @throws {TokenError} when the keys cannot be had; jose's own error when none of them fits, or more than one.
 */
export type FindKey = (header: JWSHeaderParameters) => Promise<KeyObject>

/** How long keys are used before they are fetched again, and how often at most an issuer is asked; milliseconds. */
const keysMaxAgeMs = 7_200_000
const cooldownMs = 30_000

/**
 * The keys of one issuer: fetched when they are first needed, kept for two hours at most, and fetched again for a token
 * that names an unknown key. However many tokens come, the issuer is asked once every 30 seconds at most.
 */
export function issuerKeys(issuer: Issuer, fetch: FetchDocument, now: () => number): FindKey {
  let keys: FindKey | undefined
  let fetchedMs = Number.NEGATIVE_INFINITY
  let askedMs = Number.NEGATIVE_INFINITY
  let failure: TokenError | undefined
  let asking: Promise<FindKey> | undefined

  async function ask(): Promise<FindKey> {
    askedMs = now()
    try {
      keys = await fetchKeys(issuer, fetch)
      fetchedMs = askedMs
      return keys
    } catch (cause) {
      failure = cause instanceof TokenError ? cause : unreadableKeys(issuer, cause)
      throw failure
    } finally {
      asking = undefined
    }
  }

  function askAgain(): Promise<FindKey> {
    asking ??= ask()
    return asking
  }

  function mayAsk(): boolean {
    return asking !== undefined || now() - askedMs >= cooldownMs
  }

  async function current(): Promise<FindKey> {
    if (keys && now() - fetchedMs < keysMaxAgeMs) return keys
    if (mayAsk()) return askAgain()
    throw failure ?? unreadableKeys(issuer)
  }

  return async (header) => {
    try {
      return await (await current())(header)
    } catch (cause) {
      if (!(cause instanceof errors.JWKSNoMatchingKey) || !mayAsk()) throw cause
      return (await askAgain())(header)
    }
  }
}

function unreadableKeys({ issuer }: Issuer, cause?: unknown): TokenError {
  return new TokenError('unreachable', `The keys of ${issuer} cannot be read`, { cause })
}

async function fetchKeys({ issuer, jwksUri }: Issuer, fetch: FetchDocument): Promise<FindKey> {
  const uri = jwksUri ?? (await discover(issuer, fetch))
  const found = await fetch(uri)
  if (!isKeySet(found)) throw new TokenError('unreachable', `${uri} holds no keys`)
  const find = createLocalJWKSet(found)
  const objects = new WeakMap<CryptoKey, KeyObject>()
  return async (header) => {
    const key = await find(header)
    const object = objects.get(key) ?? strongKey(key)
    objects.set(key, object)
    return object
  }
}

/** RFC 7518. */
const minModulusBits = 2_048

/** @throws {TokenError} `untrusted` */
function strongKey(key: CryptoKey): KeyObject {
  const object = KeyObject.from(key)
  const { modulusLength = minModulusBits } = object.asymmetricKeyDetails ?? {}
  if (object.type === 'public' && modulusLength >= minModulusBits) return object
  throw new TokenError('untrusted', 'The key is too weak')
}

function isKeySet(found: unknown): found is JSONWebKeySet {
  return typeof found === 'object' && found !== null && 'keys' in found && Array.isArray(found.keys)
}

/** @throws {TokenError} `undiscoverable` */
async function discover(issuer: string, fetch: FetchDocument): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const undiscoverable = (why: string, cause?: unknown) => new TokenError('undiscoverable', `${url} ${why}`, { cause })
  const found = await fetch(url).catch((cause: unknown) => {
    throw undiscoverable('cannot be read', cause)
  })
  if (!isConfiguration(found)) throw undiscoverable('names no keys')
  if (found.issuer !== issuer) throw undiscoverable('names another issuer')
  return found.jwks_uri
}

function isConfiguration(found: unknown): found is { readonly issuer?: unknown; readonly jwks_uri: string } {
  if (typeof found !== 'object' || found === null || !('jwks_uri' in found)) return false
  return typeof found.jwks_uri === 'string' && URL.canParse(found.jwks_uri)
}
