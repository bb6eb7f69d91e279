import { type Kind, matching } from './kind.ts'
import { httpUrl } from './network.ts'
import { listOf, objectOf, optional, required } from './structure.ts'

/** Where the tokens of Cognito user pools come from. `{poolId}` in a URL stands for the pool's id. */
export interface UserPool {
  /** Pattern over pool ARNs: `*` stands for any text, `?` for one character. */
  readonly arn: string
  /** The tokens' `iss`. */
  readonly issuer: string
  /** Where the issuer's public keys are; unset: where its `/.well-known/openid-configuration` says. */
  readonly jwksUri?: string
}

const poolArns = matching(
  /^(\*|arn:[\w*?:/-]+)$/,
  'a user pool ARN, in which * and ? stand for any text and any character',
  '<arn>',
)

const entry = objectOf(
  { arn: required(poolArns), issuer: required(httpUrl), jwksUri: optional(httpUrl) } as const,
  ({ arn, issuer, jwksUri }) => ({ value: { arn, issuer, ...(jwksUri !== undefined && { jwksUri }) } }),
)

/** A list of user pools as the configuration file gives it. */
export const userPoolList: Kind<readonly UserPool[]> = listOf(entry, 'a list of objects with arn and issuer')
