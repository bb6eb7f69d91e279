import type { AuthorizerType } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'

/** Who decides about callers: what an answer shows is what is stored. */
export interface AuthorizerRecord {
  readonly AuthorizerId: string
  readonly Name: string
  readonly AuthorizerType: AuthorizerType
  readonly IdentitySource: string[]
  /** Of the type `JWT`. */
  readonly JwtConfiguration?: { readonly Audience?: string[]; readonly Issuer?: string }
  /** The following are of the type `REQUEST`. */
  readonly AuthorizerUri?: string
  readonly AuthorizerCredentialsArn?: string
  readonly AuthorizerPayloadFormatVersion?: string
  /** Seconds; absent: nothing is remembered. */
  readonly AuthorizerResultTtlInSeconds?: number
  readonly EnableSimpleResponses?: boolean
  /** Of WebSocket APIs. */
  readonly IdentityValidationExpression?: string
}

/** By `{apiId}/{authorizerId}`. */
export const authorizers = collection<AuthorizerRecord>('v2-authorizer')

/** @throws {ServiceError} `NotFoundException` for an id that no authorizer of the API has. */
export async function requireAuthorizer(
  reader: Reader,
  scope: string,
  apiId: string,
  authorizerId: string,
): Promise<AuthorizerRecord> {
  const authorizer = await reader.get(authorizers, scope, `${apiId}/${authorizerId}`)
  if (!authorizer) throw notFound(`Invalid Authorizer identifier specified ${authorizerId}`)
  return authorizer
}
