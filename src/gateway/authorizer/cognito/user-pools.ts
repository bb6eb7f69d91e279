import type { UserPool } from '../../../config/user-pool.ts'
import type { FetchDocument, Issuer } from '../../../jwt/issuer.ts'
import type { TokenVerifier } from '../../../jwt/token-verifier.ts'
import { tokensOf } from '../../../jwt/tokens-of.ts'
import { compileGlob, globPieces } from '../../../policy/glob.ts'

/** The user pools that authorizers trust. */
export interface UserPools {
  /** Verifies the tokens of some pools; those that it has verified are remembered across deployments. */
  verifier(providerArns: readonly string[]): TokenVerifier
}

export interface UserPoolsOutside {
  /** Reaches the issuers. */
  readonly fetch: FetchDocument
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** @param settings Where the tokens of pools come from; a pool that no entry matches is Cognito's own. */
export function userPools(settings: readonly UserPool[], outside: UserPoolsOutside): UserPools {
  const entries = settings.map((entry) => ({ ...entry, matches: compileGlob(globPieces(entry.arn)) }))
  const verifiers = new Map<string, TokenVerifier>()

  function issuerOf(arn: string): Issuer {
    const [, , , region = '', , resource = ''] = arn.split(':')
    const poolId = resource.slice(resource.indexOf('/') + 1)
    const entry = entries.find(({ matches }) => matches(arn))
    const issuer = entry?.issuer ?? `https://cognito-idp.${region}.amazonaws.com/{poolId}`
    const jwksUri = entry ? entry.jwksUri : `${issuer}/.well-known/jwks.json`
    const named = (url: string) => url.replaceAll('{poolId}', poolId)
    return { issuer: named(issuer), ...(jwksUri !== undefined && { jwksUri: named(jwksUri) }) }
  }

  return {
    verifier(providerArns) {
      const key = providerArns.join(' ')
      const known = verifiers.get(key)
      if (known) return known
      const verifier = tokensOf({ issuers: providerArns.map(issuerOf), algorithms: ['RS256'], ...outside })
      verifiers.set(key, verifier)
      return verifier
    },
  }
}
