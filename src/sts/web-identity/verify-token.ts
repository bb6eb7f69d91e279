import type { JWTPayload } from 'jose'
import type { ProviderRecord } from '../../iam/identity-provider/identity-provider.ts'
import type { ProviderKeys } from './provider-keys.ts'
import { expiredToken, invalidToken, providerUnreachable } from './refusal.ts'

/** Claims that a verified token has. */
export interface VerifiedClaims {
  readonly issuer: string
  readonly subject: string
  /** The one of its audiences that the provider has as a client. */
  readonly audience: string
  readonly payload: JWTPayload
}

/** Documented: what AWS accepts. Without `none` and without shared secrets. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

/** The issuer that a token names, before anything of it is verified. */
export async function issuerOf(token: string): Promise<string> {
  const { decodeJwt } = await import('jose')
  try {
    const { iss } = decodeJwt(token)
    if (typeof iss === 'string') return iss
  } catch (cause) {
    throw invalidToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
      cause,
    )
  }
  throw invalidToken('Missing a required claim: iss')
}

/**
 * Verifies a token's signature by its provider's keys, its issuer, audience and times.
 * @throws {ServiceError} `InvalidIdentityToken`, `ExpiredTokenException`, `IDPCommunicationError`
 */
export async function verifyToken(
  token: string,
  provider: ProviderRecord,
  keys: ProviderKeys,
  now: Date,
): Promise<VerifiedClaims> {
  const { errors, jwtVerify } = await import('jose')
  const key = await keys(provider.issuer)
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms,
      issuer: provider.issuer,
      requiredClaims: ['sub', 'aud', 'exp', 'iat'],
      currentDate: now,
    })
    return { issuer: provider.issuer, subject: String(payload.sub), audience: audienceOf(payload, provider), payload }
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw expiredToken(expiryMessage(cause.payload.exp, now), cause)
    if (cause instanceof errors.JWTClaimValidationFailed) throw invalidToken(claimMessage(cause.claim), cause)
    if (cause instanceof errors.JWKSTimeout) throw providerUnreachable(noKey, cause)
    if (cause instanceof errors.JWKSNoMatchingKey || !(cause instanceof errors.JOSEError)) throw keyFailure(cause)
    throw invalidToken('Invalid token', cause)
  }
}

const noKey =
  "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements"

/** Refusals of our own pass; what else happens while fetching keys is the provider's failure. */
function keyFailure(cause: unknown): unknown {
  return cause instanceof Error && cause.name === 'ServiceError' ? cause : invalidToken(noKey, cause)
}

/** @throws {ServiceError} when none of the token's audiences is a client of the provider. */
function audienceOf({ aud }: JWTPayload, { clientIds }: ProviderRecord): string {
  const audience = [aud ?? []].flat().find((candidate) => clientIds.includes(candidate))
  if (audience === undefined) throw invalidToken('Incorrect token audience')
  return audience
}

function expiryMessage(exp: number | undefined, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000)
  return `Token expired: current date/time ${seconds} must be before the expiration date/time ${exp}`
}

function claimMessage(claim: string): string {
  if (claim === 'nbf') return 'Token must not be used before its start time'
  return claim === 'iss' ? 'Incorrect token issuer' : `Missing a required claim: ${claim}`
}
