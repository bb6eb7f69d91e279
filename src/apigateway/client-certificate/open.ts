import type { Cipher } from '../../secrets/cipher.ts'
import type { ClientCertificate } from '../../snapshot/client-certificate.ts'
import type { Reader } from '../../storage/store.ts'
import { requireClientCertificate } from './client-certificate.ts'

/** What opens sealed private keys. */
export type Opening = Pick<Cipher, 'open'>

/**
 * A client certificate with its private key, for the data plane alone: no operation's answer holds it.
 * @throws {ServiceError} `NotFoundException` for an id that names none.
 */
export async function openClientCertificate(
  reader: Reader,
  scope: string,
  clientCertificateId: string,
  cipher: Opening,
): Promise<ClientCertificate> {
  const { pemEncodedCertificate, sealedPrivateKey } = await requireClientCertificate(reader, scope, clientCertificateId)
  return { clientCertificateId, certificate: pemEncodedCertificate, privateKey: cipher.open(sealedPrivateKey) }
}
