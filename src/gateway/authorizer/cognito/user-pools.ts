import type { UserPool } from '../../../config/user-pool.ts'
import type { Issuer } from '../../../jwt/issuer.ts'
import type { Claims, TokenVerifier } from '../../../jwt/token-verifier.ts'
import { compileGlob, globPieces } from '../../../policy/glob.ts'

/** The user pools that authorizers trust. */
export interface UserPools {
  /** Verifies the tokens of some pools; those that it has verified are remembered across deployments. */
  verifier(providerArns: readonly string[]): TokenVerifier
}

/** @param settings Where the tokens of pools come from; a pool that no entry matches is Cognito's own. */
export function userPools(settings: readonly UserPool[], now: () => number): UserPools {
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
      const verifier = loadedLater(providerArns.map(issuerOf), now)
      verifiers.set(key, verifier)
      return verifier
    },
  }
}

/** What verifies tokens is loaded with the first token: most gateways never see one. */
function loadedLater(issuers: readonly Issuer[], now: () => number): TokenVerifier {
  let loaded: TokenVerifier | undefined
  async function load(token: string): Promise<Claims> {
    const { tokenVerifier } = await import('../../../jwt/token-verifier.ts')
    loaded ??= tokenVerifier({ issuers, algorithms: ['RS256'], now })
    return loaded.verify(token)
  }
  return { verify: (token) => (loaded ? loaded.verify(token) : load(token)) }
}
