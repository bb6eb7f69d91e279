import { TokenError } from '../../../jwt/token-error.ts'
import type { Claims } from '../../../jwt/token-verifier.ts'
import { javaPattern } from '../../../pattern/java-pattern.ts'
import type { UserPoolAuthorizer } from '../../../snapshot/authorizer.ts'
import { configurationError, GatewayError } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import type { Step } from '../../pipeline.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { Authorization } from '../authorization.ts'
import { bearerToken } from '../bearer-token.ts'
import { ClaimsAuthorization } from './claims.ts'
import type { UserPools } from './user-pools.ts'

/** `COGNITO_USER_POOLS`: lets in who bears a token of the authorizer's pools. */
export function authorizeByUserPool(pools: UserPools): Step<DeployedMethod> {
  return ({ method: { authorizer } }, next) => {
    if (authorizer?.type !== 'COGNITO_USER_POOLS') return next
    const header = headerOf(authorizer)
    const verifier = pools.verifier(authorizer.providerArns)
    const check = checks(authorizer)
    const known = new WeakMap<Claims, Authorization>()

    const admit = (claims: Claims, invocation: Invocation) => {
      let authorization = known.get(claims)
      if (!authorization) {
        check(claims)
        authorization = new ClaimsAuthorization(claims)
        known.set(claims, authorization)
      }
      return next({ ...invocation, authorization })
    }

    return (invocation) => {
      const token = bearerToken(invocation.request.headers.get(header))
      if (token === '') throw unauthorized('The token is missing')
      try {
        const claims = verifier.verify(token)
        if (!(claims instanceof Promise)) return admit(claims, invocation)
        return claims.then(
          (verified) => admit(verified, invocation),
          (error: unknown) => {
            throw refusal(error)
          },
        )
      } catch (error) {
        throw refusal(error)
      }
    }
  }
}

/** In lower case. */
function headerOf({ identitySource }: UserPoolAuthorizer): string {
  return identitySource.replace(/^method\.request\.header\./, '').toLowerCase()
}

/** What a token must be that its issuer has signed. A provider that is not Cognito need not say what a token is for. */
function checks({ identityValidationExpression, scopes }: UserPoolAuthorizer): (claims: Claims) => void {
  const audience =
    identityValidationExpression === undefined ? undefined : audiencePattern(identityValidationExpression)
  const use = scopes.length > 0 ? 'access' : 'id'
  return (claims) => {
    const { token_use: used = use } = claims
    if (used !== use) throw unauthorized(`The token is no ${use} token`)
    if (audience && !audiencesOf(claims).some((text) => audience(text)))
      throw unauthorized('The audience does not match')
    if (scopes.length > 0 && !scopesOf(claims).some((scope) => scopes.includes(scope))) throw withoutScope()
  }
}

function audiencePattern(expression: string): (text: string) => boolean {
  const pattern = javaPattern(expression)
  if (pattern) return pattern
  return () => {
    throw configurationError(`Invalid identity validation expression: ${expression}`)
  }
}

/** An access token of Cognito names its client instead of an audience. */
function audiencesOf({ aud, client_id: client }: Claims): string[] {
  if (Array.isArray(aud)) return aud
  const audience = aud ?? client
  return typeof audience === 'string' ? [audience] : []
}

function scopesOf({ scope }: Claims): string[] {
  return typeof scope === 'string' ? scope.split(' ') : []
}

function unauthorized(detail: string, cause?: unknown): GatewayError {
  return new GatewayError('UNAUTHORIZED', 'Unauthorized', { detail, cause })
}

function withoutScope(): GatewayError {
  return new GatewayError('ACCESS_DENIED', 'User is not authorized to access this resource')
}

function refusal(error: unknown): unknown {
  if (!(error instanceof TokenError)) return error
  const { fault, message } = error
  if (fault === 'expired') return new GatewayError('UNAUTHORIZED', 'The incoming token has expired', { cause: error })
  // Nobody can tell whether the token is good: that is not the caller's fault, and lets nobody in.
  if (fault === 'unreachable' || fault === 'undiscoverable')
    return new GatewayError('AUTHORIZER_FAILURE', '', { detail: message, cause: error })
  return unauthorized(message, error)
}
