import { errors, type JWTPayload } from 'jose'
import { type CompactToken, readToken } from './compact-token.ts'
import { type FetchDocument, type FindKey, type Issuer, issuerKeys } from './issuer.ts'
import { isSigned, type RsaAlgorithm } from './rsa-signature.ts'
import { checkTimes } from './times.ts'
import { TokenError } from './token-error.ts'

/** What a token says, once it is known who said it. */
export type Claims = JWTPayload

export interface TokenVerifier {
  /**
   * Checks the signature, the issuer and the times of a token; a token that was checked before is not checked again.
   * @throws {TokenError} at once or as a rejection.
   */
  verify(token: string): Claims | Promise<Claims>
}

export interface TokenVerifierOptions {
  readonly issuers: readonly Issuer[]
  /** Accepted signatures. */
  readonly algorithms: readonly RsaAlgorithm[]
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly fetch: FetchDocument
  /** A token must name its key, even where there is only one. Default false. */
  readonly needsKeyId?: boolean
  /** A token that says it will be issued later is not valid yet. Default false. */
  readonly checksIssueTime?: boolean
  /** Most tokens that are remembered. Default 4,096. */
  readonly maxRemembered?: number
}

/** How long a token that was checked is taken without checking again, in milliseconds: keys can be withdrawn. */
const rememberedMs = 300_000

interface Remembered {
  readonly claims: Claims
  readonly untilMs: number
}

/** Verifies JSON Web Tokens (RFC 7519) of known issuers. */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuers, algorithms, now, fetch, maxRemembered = 4_096 } = options
  const keysOf = new Map(issuers.map((issuer) => [issuer.issuer, issuerKeys(issuer, fetch, now)]))
  const remembered = new Map<string, Remembered>()
  const checking = new Map<string, Promise<Claims>>()

  async function check(text: string): Promise<Claims> {
    const token = readToken(text)
    const { iss } = token.claims
    const find = typeof iss === 'string' ? keysOf.get(iss) : undefined
    if (!find) throw new TokenError('foreign', 'The token is of an unknown issuer')
    await checkSignature(token, find)
    checkTimes(token.claims, now(), options.checksIssueTime ?? false)
    remember(text, token.claims)
    return token.claims
  }

  async function checkSignature(token: CompactToken, find: FindKey): Promise<void> {
    const { header } = token
    const algorithm = algorithms.find((accepted) => accepted === header.alg)
    if (!algorithm) throw new TokenError('untrusted', 'The token is signed by another algorithm')
    // None is understood, and unencoded payloads would be one of them (RFC 7797).
    if (header.crit !== undefined || header.b64 !== undefined) {
      throw new TokenError('untrusted', 'The token has extensions')
    }
    if (options.needsKeyId && !header.kid) throw new TokenError('untrusted', 'The token names no key')
    const key = await find(header).catch((cause: unknown) => {
      throw cause instanceof errors.JOSEError
        ? new TokenError('untrusted', 'The token is under no such key', { cause })
        : cause
    })
    if (!isSigned(token, algorithm, key)) throw new TokenError('untrusted', 'The signature is not that of the token')
  }

  function remember(token: string, claims: Claims): void {
    // The oldest goes first: a token in use comes back with its next call.
    if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value ?? '')
    const endMs = (claims.exp ?? 0) * 1000
    remembered.set(token, { claims, untilMs: Math.min(endMs, now() + rememberedMs) })
  }

  return {
    verify(token) {
      const known = remembered.get(token)
      if (known && now() < known.untilMs) return known.claims
      remembered.delete(token)
      const running = checking.get(token)
      if (running) return running
      const claims = check(token).finally(() => checking.delete(token))
      checking.set(token, claims)
      return claims
    },
  }
}
