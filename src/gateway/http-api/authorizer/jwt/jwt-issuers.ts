import type { FetchDocument } from '../../../../jwt/issuer.ts'
import type { TokenVerifier } from '../../../../jwt/token-verifier.ts'
import { tokensOf } from '../../../../jwt/tokens-of.ts'

/** The issuers that JWT authorizers trust. */
export interface JwtIssuers {
  /** Verifies the tokens of one issuer; its keys, and what was verified, are remembered across deployments. */
  verifier(issuer: string): TokenVerifier
}

export interface JwtIssuersOutside {
  /** Reaches the issuers. */
  readonly fetch: FetchDocument
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Documented: only RSA. */
const algorithms = ['RS256', 'RS384', 'RS512'] as const

/** Most issuers that are remembered: stages keep those that they use. */
const maxRemembered = 1_000

/** Shares what is known of issuers between all authorizers of all APIs. */
export function jwtIssuers(outside: JwtIssuersOutside): JwtIssuers {
  const verifiers = new Map<string, TokenVerifier>()
  return {
    verifier(issuer) {
      const known = verifiers.get(issuer)
      if (known) return known
      if (verifiers.size >= maxRemembered) verifiers.delete(verifiers.keys().next().value ?? '')
      const issuers = [{ issuer }]
      const verifier = tokensOf({ issuers, algorithms, needsKeyId: true, checksIssueTime: true, ...outside })
      verifiers.set(issuer, verifier)
      return verifier
    },
  }
}
