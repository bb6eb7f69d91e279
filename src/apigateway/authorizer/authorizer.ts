import type { AuthorizerType } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { notFound } from '../refusal.ts'

/** Who decides whether a caller may call a method: a Lambda function, or Cognito user pools. */
export interface AuthorizerRecord {
  readonly id: string
  readonly name: string
  readonly type: AuthorizerType
  /** Cognito user pools only. */
  readonly providerARNs?: string[]
  /** A word of the client's own, without effect, that import and export carry along. */
  readonly authType?: string
  /** The Lambda function's invocation, as an integration's URI has it. */
  readonly authorizerUri?: string
  /** A role's ARN. */
  readonly authorizerCredentials?: string
  /** One header, or for `REQUEST` a list with commas between. */
  readonly identitySource?: string
  /** A regular expression in Java's syntax. */
  readonly identityValidationExpression?: string
  /** Absent: 300. */
  readonly authorizerResultTtlInSeconds?: number
}

/** By `{restApiId}/{authorizerId}`. A method may name only an authorizer that is here. */
export const authorizers = collection<AuthorizerRecord>('rest-authorizer')

/** @throws {ServiceError} `NotFoundException` for an id that names no authorizer of the API. */
export async function requireAuthorizer(
  reader: Reader,
  scope: string,
  restApiId: string,
  authorizerId: string,
): Promise<AuthorizerRecord> {
  const authorizer = await reader.get(authorizers, scope, `${restApiId}/${authorizerId}`)
  if (!authorizer) throw notFound('Invalid Authorizer identifier specified')
  return authorizer
}

/** The authorizers of an API, by id. */
export async function authorizersOf(reader: Reader, scope: string, restApiId: string): Promise<AuthorizerRecord[]> {
  const entries = await reader.list(authorizers, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}

/** The answer. Observed: `authType` is told even when the client has set none. */
export function presentAuthorizer(authorizer: AuthorizerRecord): AuthorizerRecord {
  const authType = authorizer.type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom'
  return { authType, ...authorizer }
}
