import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { ClientCertificate } from '../../snapshot/client-certificate.ts'

/** What an integration and its stage say about TLS to the backend. */
export interface IntegrationTls {
  /** `tlsConfig.insecureSkipVerification`. */
  readonly insecure?: boolean
  readonly clientCertificate?: ClientCertificate
}

export interface TlsIdentity extends Pick<IntegrationTls, 'clientCertificate'> {
  /** PEM certificates of the only authorities that are trusted; absent: the public ones, and `moreAuthorities`. */
  readonly authorities?: readonly string[]
}

/**
 * Makes the TLS settings of connections.
 *
 * @param moreAuthorities PEM certificates of authorities that are trusted besides the public ones.
 * @returns Undefined where Node's own settings do.
 */
export function secureContext(
  { authorities, clientCertificate }: TlsIdentity,
  moreAuthorities: readonly string[],
): SecureContext | undefined {
  if (!authorities && !clientCertificate && moreAuthorities.length === 0) return undefined
  const trusted = authorities ?? (moreAuthorities.length > 0 ? [...getCACertificates(), ...moreAuthorities] : undefined)
  return createSecureContext({
    ...(trusted && { ca: [...trusted] }),
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.privateKey }),
  })
}

/** Integrations of one key share their connections. */
export function tlsKey({ insecure = false, clientCertificate }: IntegrationTls): string {
  return `${insecure} ${clientCertificate?.certificate ?? ''}`
}
