import type { ClientCertificate } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'

/** How a gateway identifies itself to HTTP backends. */
export interface ClientCertificateRecord {
  readonly id: string
  readonly description?: string
  readonly pemEncodedCertificate: string
  /** The private key's PEM, encrypted: no operation shows it. */
  readonly sealedPrivateKey: string
  /** Epoch milliseconds. */
  readonly createdDate: number
  /** Epoch milliseconds. */
  readonly expirationDate: number
  readonly tags: Record<string, string>
}

/** By `{clientCertificateId}`. */
export const clientCertificates = collection<ClientCertificateRecord>('client-certificate')

/** @throws {ServiceError} `NotFoundException` for an id that names no client certificate. */
export async function requireClientCertificate(
  reader: Reader,
  scope: string,
  id: string,
): Promise<ClientCertificateRecord> {
  const certificate = await reader.get(clientCertificates, scope, id)
  if (!certificate) throw notFound('Invalid Client Certificate identifier specified')
  return certificate
}

/** The answer of every client certificate operation. */
export function presentClientCertificate(record: ClientCertificateRecord): ClientCertificate {
  const { id, sealedPrivateKey: _key, createdDate, expirationDate, tags, ...shown } = record
  return {
    clientCertificateId: id,
    ...shown,
    createdDate: new Date(createdDate),
    expirationDate: new Date(expirationDate),
    tags: nonEmpty(tags),
  }
}
