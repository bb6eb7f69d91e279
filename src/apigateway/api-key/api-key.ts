import type { ApiKey } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'

/** A secret that identifies a client of APIs. */
export interface ApiKeyRecord {
  readonly id: string
  readonly name?: string
  readonly description?: string
  /** AWS Marketplace customer. */
  readonly customerId?: string
  readonly enabled: boolean
  /** The legacy association without a usage plan: `{restApiId}/{stageName}`. */
  readonly stageKeys: string[]
  /** The value, encrypted. */
  readonly sealedValue: string
  /** The value's keyed digest: its key in `apiKeyValues`. */
  readonly valueDigest: string
  /** Epoch milliseconds. */
  readonly createdDate: number
  /** Epoch milliseconds. */
  readonly lastUpdatedDate: number
  readonly tags: Record<string, string>
}

/** By `{apiKeyId}`. */
export const apiKeys = collection<ApiKeyRecord>('api-key')

/** Which key has a value, by the value's keyed digest. */
export const apiKeyValues = collection<{ readonly id: string }>('api-key-value')

/** @throws {ServiceError} `NotFoundException` for an id that names no API key. */
export async function requireApiKey(reader: Reader, scope: string, id: string): Promise<ApiKeyRecord> {
  const key = await reader.get(apiKeys, scope, id)
  if (!key) throw notFound('Invalid API Key identifier specified')
  return key
}

/**
 * The answer to a get or an update. Observed: it has `tags` even when there are none.
 *
 * @param value The decrypted value, when it may be seen.
 */
export function presentApiKey(key: ApiKeyRecord, value?: string): ApiKey {
  const { sealedValue: _sealed, valueDigest: _digest, createdDate, lastUpdatedDate, ...shown } = key
  return {
    ...shown,
    ...(value !== undefined && { value }),
    createdDate: new Date(createdDate),
    lastUpdatedDate: new Date(lastUpdatedDate),
  }
}

/** The answer to a create, and an item of a list. Observed: without `tags` when there are none. */
export function presentListedApiKey(key: ApiKeyRecord, value?: string): ApiKey {
  return { ...presentApiKey(key, value), tags: nonEmpty(key.tags) }
}
