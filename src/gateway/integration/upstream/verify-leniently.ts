import { checkServerIdentity, type TLSSocket } from 'node:tls'

/** What is said of a chain that is whole, and whose root is not among the trusted. */
const untrustedRoot: ReadonlySet<string> = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'])

/**
 * What is wrong with a peer's certificate when anybody may have issued it. Documented: it must still be in date and for
 * this host, and a root certificate authority must be present, though not a trusted one.
 */
export function lenientProblem(socket: TLSSocket, name: string): Error | undefined {
  const reason = socket.authorizationError === null ? undefined : String(socket.authorizationError ?? '')
  if (reason && !untrustedRoot.has(reason)) return new CertificateError(reason)
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return new CertificateError('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')
  const now = Date.now()
  if (now < certificate.validFromDate.getTime()) return new CertificateError('CERT_NOT_YET_VALID')
  if (now > certificate.validToDate.getTime()) return new CertificateError('CERT_HAS_EXPIRED')
  return checkServerIdentity(name, socket.getPeerCertificate())
}

class CertificateError extends Error {
  override readonly name = 'CertificateError'
  readonly code: string

  /** @param code OpenSSL's name of the problem. */
  constructor(code: string) {
    super(`The backend's certificate is not valid: ${code}`)
    this.code = code
  }
}
