import type { ApiKeySourceType, EndpointAccessMode, RestApi, SecurityPolicy } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'
import type { Endpoint } from './endpoint-configuration.ts'
import { presentPolicy } from './policy.ts'

/** A REST API's own settings. */
export interface RestApiRecord {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly version?: string
  /** Epoch milliseconds. */
  readonly createdDate: number
  readonly binaryMediaTypes?: string[]
  /** Bytes; absent: no compression. */
  readonly minimumCompressionSize?: number
  readonly apiKeySource: ApiKeySourceType
  readonly endpointConfiguration: Endpoint
  /** JSON text. */
  readonly policy?: string
  readonly disableExecuteApiEndpoint: boolean
  readonly rootResourceId: string
  readonly securityPolicy?: SecurityPolicy
  readonly endpointAccessMode?: EndpointAccessMode
  readonly tags: Record<string, string>
}

/** By `{restApiId}`. */
export const restApis = collection<RestApiRecord>('rest-api')

/** @throws {ServiceError} `NotFoundException` for an id that names no API of the caller's account and region. */
export async function requireRestApi(reader: Reader, caller: Caller, restApiId: string): Promise<RestApiRecord> {
  const api = await reader.get(restApis, scopeOf(caller), restApiId)
  if (!api) throw notFound(`Invalid API identifier specified ${caller.account}:${restApiId}`)
  return api
}

/** The answer to a get or an update. Observed: it has `tags` even when there are none. */
export function presentRestApi({ createdDate, policy, binaryMediaTypes, ...api }: RestApiRecord): RestApi {
  return {
    ...api,
    createdDate: new Date(createdDate),
    binaryMediaTypes: nonEmpty(binaryMediaTypes),
    policy: policy === undefined ? undefined : presentPolicy(policy),
  }
}

/** The answer to a create, and an item of a list. Observed: without `tags` when there are none. */
export function presentListedRestApi(api: RestApiRecord): RestApi {
  return { ...presentRestApi(api), tags: nonEmpty(api.tags) }
}
