import type { Claims } from '../../../../jwt/token-verifier.ts'
import type { JwtAuthorizer } from '../../../../snapshot/http-api.ts'
import type { Authorization } from '../../../authorizer/authorization.ts'
import { bearerToken } from '../../../authorizer/bearer-token.ts'
import type { Invocation } from '../../../invocation.ts'
import type { Step } from '../../../pipeline.ts'
import type { DeployedRoute } from '../../deployed-route.ts'
import { compileIdentitySource } from '../identity-source.ts'
import { audiencesOf, authorizationOf, scopesOf } from './claims.ts'
import type { JwtIssuers } from './jwt-issuers.ts'
import { insufficientScope, missingToken, refusalOf, wrongAudience } from './refusal.ts'

/** `JWT`: lets in who bears a token of the authorizer's issuer, for its audience, with one of the route's scopes. */
export function authorizeByJwt(issuers: JwtIssuers): Step<DeployedRoute> {
  return (deployed, next) => {
    const { authorizer, integration } = deployed.route
    if (authorizer?.type !== 'JWT') return next
    const { scopes } = authorizer
    const verifier = issuers.verifier(authorizer.issuer)
    const tokenOf = tokenSource(authorizer, deployed)
    const authorize = authorization(authorizer, integration?.payloadFormatVersion ?? '2.0')
    const known = new WeakMap<Claims, Authorization>()

    const admit = (claims: Claims, invocation: Invocation) => {
      let authorized = known.get(claims)
      if (!authorized) {
        authorized = authorize(claims)
        known.set(claims, authorized)
      }
      return next({ ...invocation, authorization: authorized })
    }

    const verify = (token: string) => {
      try {
        return verifier.verify(token)
      } catch (error) {
        throw refusalOf(error, scopes)
      }
    }

    return (invocation) => {
      const token = tokenOf(invocation)
      if (token === '') throw missingToken()
      const claims = verify(token)
      if (!(claims instanceof Promise)) return admit(claims, invocation)
      return claims.then(
        (verified) => admit(verified, invocation),
        (error: unknown) => {
          throw refusalOf(error, scopes)
        },
      )
    }
  }
}

/** Documented: the first identity source that a call has; the word `Bearer` may be left out. */
function tokenSource({ identitySource }: JwtAuthorizer, deployed: DeployedRoute): (invocation: Invocation) => string {
  const sources = identitySource.map((expression) => compileIdentitySource(expression, deployed))
  return (invocation) => {
    for (const read of sources) {
      const token = bearerToken(read(invocation))
      if (token !== '') return token
    }
    return ''
  }
}

/** What a verified token comes to at one route. @throws {GatewayError} `UNAUTHORIZED` and `ACCESS_DENIED` */
function authorization(
  { audience, scopes }: JwtAuthorizer,
  eventFormat: '1.0' | '2.0',
): (claims: Claims) => Authorization {
  const audiences: ReadonlySet<unknown> = new Set(audience)
  return (claims) => {
    if (!audiencesOf(claims).some((one) => audiences.has(one))) throw wrongAudience(scopes)
    if (scopes.length === 0) return authorizationOf(claims, null, eventFormat)
    const granted = scopesOf(claims)
    if (!granted.some((scope) => scopes.includes(scope))) throw insufficientScope(scopes)
    return authorizationOf(claims, granted, eventFormat)
  }
}
