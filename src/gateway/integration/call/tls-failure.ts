import { configurationError, type GatewayError } from '../../error.ts'

const outOfDate: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

/** OpenSSL's names of what keeps a chain of certificates from being trusted. */
const untrusted: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * What a caller is told of a backend with which no TLS connection came about: 500, as of every wrong configuration. The
 * texts are those of the service's log (documented for certificates).
 *
 * @returns Undefined for errors of another kind.
 */
export function tlsFailureOf(error: Error & { readonly code?: unknown }): GatewayError | undefined {
  const code = typeof error.code === 'string' ? error.code : ''
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return failure(wrongHost(error), error)
  if (outOfDate.has(code)) {
    return failure(
      'PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed',
      error,
    )
  }
  if (untrusted.has(code)) {
    return failure(
      'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
      error,
    )
  }
  if (!code.startsWith('ERR_SSL_') && code !== 'EPROTO') return undefined
  // While something waits to be written, OpenSSL's reason is in the message only.
  if (/wrong version number|packet length too long/.test(error.message)) {
    return failure('Unrecognized SSL message, plaintext connection?', error)
  }
  const alert = /alert (?!number)([a-z ]+)/.exec(error.message)?.[1]
  return failure(
    alert ? `Received fatal alert: ${alert.trim().replaceAll(' ', '_')}` : 'General SSLEngine problem',
    error,
  )
}

function wrongHost(error: Error): string {
  const host = 'host' in error ? error.host : ''
  const subject = 'cert' in error ? subjectOf(error.cert) : ''
  return `Host name '${host}' does not match the certificate subject provided by the peer (${subject})`
}

/** `CN=example.com`, as far as a certificate names one. */
function subjectOf(certificate: unknown): string {
  const subject: unknown = isObject(certificate) ? certificate['subject'] : undefined
  return isObject(subject)
    ? Object.entries(subject)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ')
    : ''
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function failure(reason: string, cause: Error): GatewayError {
  return configurationError(`Execution failed due to configuration error: ${reason}`, cause)
}
