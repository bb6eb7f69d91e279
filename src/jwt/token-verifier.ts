import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { type FetchDocument, type Issuer, issuerKeys } from './issuer.ts'
import { TokenError, type TokenFault } from './token-error.ts'

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
  /** Accepted signatures, such as `RS256`: only asymmetric ones, for the keys are public. */
  readonly algorithms: readonly string[]
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

  async function check(token: string): Promise<Claims> {
    const { issuer, keys } = trusted(token, keysOf)
    const currentDate = new Date(now())
    try {
      const checks = { issuer, algorithms: [...algorithms], currentDate, requiredClaims: ['exp'] }
      const { payload, protectedHeader } = await jwtVerify(token, keys, checks)
      if (options.needsKeyId && !protectedHeader.kid) throw new TokenError('untrusted', 'The token names no key')
      if (options.checksIssueTime) checkIssueTime(payload, now())
      remember(token, payload)
      return payload
    } catch (cause) {
      throw refusal(cause)
    }
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

function checkIssueTime({ iat }: Claims, nowMs: number): void {
  if (iat === undefined || (typeof iat === 'number' && iat * 1000 <= nowMs)) return
  throw new TokenError('not-yet-valid', 'The token is issued in the future')
}

/** The issuer that a token claims to be from, if that one is trusted. */
function trusted(token: string, keysOf: ReadonlyMap<string, JWTVerifyGetKey>) {
  const { iss } = claimed(token)
  const keys = iss === undefined ? undefined : keysOf.get(iss)
  if (iss === undefined || !keys) throw new TokenError('foreign', 'The token is of an unknown issuer')
  return { issuer: iss, keys }
}

function claimed(token: string): Claims {
  try {
    return decodeJwt(token)
  } catch (cause) {
    throw new TokenError('malformed', 'The token cannot be read', { cause })
  }
}

function refusal(cause: unknown): TokenError {
  if (cause instanceof TokenError) return cause
  return new TokenError(faultOf(cause), 'The token is refused', { cause })
}

function faultOf(cause: unknown): TokenFault {
  if (cause instanceof errors.JWTExpired) return 'expired'
  if (cause instanceof errors.JWTClaimValidationFailed) return cause.claim === 'nbf' ? 'not-yet-valid' : 'untrusted'
  return cause instanceof errors.JWSInvalid || cause instanceof errors.JWTInvalid ? 'malformed' : 'untrusted'
}
