import { collection, type Reader } from '../../storage/store.ts'
import type { Caller } from '../../wire/operation.ts'
import { noSuchEntity, validationError } from '../refusal.ts'
import { iamScope } from '../scope.ts'
import type { TagRecord } from '../tag/tags.ts'

/** An OpenID Connect provider whose tokens may open sessions. */
export interface ProviderRecord {
  readonly arn: string
  /** As its tokens name their issuer. */
  readonly issuer: string
  /** Audiences that its tokens may have. */
  readonly clientIds: readonly string[]
  /** Hex SHA-1 digests of certificates: kept and answered, but not used, for the system's authorities are trusted. */
  readonly thumbprints: readonly string[]
  readonly tags: readonly TagRecord[]
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** By host and path of the issuer, which also end the ARN. */
export const providers = collection<ProviderRecord>('iam-oidc-provider')

/** Where a provider is: the key that it is found by. */
export function providerKey(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

/**
 * Reads the URL of a provider.
 * @throws {ServiceError} `ValidationError` unless it is https, or http on this machine, without query and fragment.
 */
export function readIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isLocal = url?.protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  const isPlain = url && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!isPlain || !(url.protocol === 'https:' || isLocal)) {
    throw validationError('Invalid Open ID Connect Provider URL')
  }
  return text
}

/** @throws {ServiceError} `NoSuchEntity` */
export async function loadProvider(
  reader: Reader,
  caller: Pick<Caller, 'account'>,
  arn: string,
): Promise<ProviderRecord> {
  const [, key = ''] = /:oidc-provider\/(.+)$/.exec(arn) ?? []
  const provider = await reader.get(providers, iamScope(caller), key)
  if (provider?.arn !== arn) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
  return provider
}
