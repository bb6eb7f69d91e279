import { TokenError, type TokenFault } from '../../../../jwt/token-error.ts'
import { GatewayError } from '../../../error.ts'

/** Observed: `malformed`, `expired`, `undiscoverable`, `unreachable`; the rest is in the same style. */
const descriptions: Readonly<Record<TokenFault, string>> = {
  malformed: 'token contains an invalid number of segments',
  expired: 'the token has expired',
  'not-yet-valid': 'the token is not valid yet',
  foreign: 'the token does not have a valid issuer',
  untrusted: 'the token does not have a valid signature',
  undiscoverable: 'OIDC discovery endpoint communication error',
  unreachable: 'JWKS communication error',
}

/** Nothing says who calls: 401. */
export function missingToken(): GatewayError {
  return unauthorized('Bearer', 'The token is missing')
}

/** The token is for somebody else: 401 (observed). */
export function wrongAudience(scopes: readonly string[]): GatewayError {
  return invalidToken(scopes, 'the token does not have a valid audience')
}

/** The token has none of the route's scopes: 403. */
export function insufficientScope(scopes: readonly string[]): GatewayError {
  const description = 'the token does not have a required scope'
  const challenge = challengeOf(scopes, 'insufficient_scope', description)
  return new GatewayError('ACCESS_DENIED', 'Forbidden', { detail: description, challenge })
}

/** What becomes of a token that was not verified: 401, also where nobody could tell (observed). */
export function refusalOf(error: unknown, scopes: readonly string[]): unknown {
  return error instanceof TokenError ? invalidToken(scopes, descriptions[error.fault], error) : error
}

function invalidToken(scopes: readonly string[], description: string, cause?: unknown): GatewayError {
  return unauthorized(challengeOf(scopes, 'invalid_token', description), description, cause)
}

function unauthorized(challenge: string, detail: string, cause?: unknown): GatewayError {
  return new GatewayError('UNAUTHORIZED', 'Unauthorized', { detail, cause, challenge })
}

/** Scopes come from the route: what could end the text or the line is left out. */
function challengeOf(scopes: readonly string[], error: string, description: string): string {
  const scope = scopes.join(' ').replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '')
  return `Bearer scope="${scope}" error="${error}" error_description="${description}"`
}
