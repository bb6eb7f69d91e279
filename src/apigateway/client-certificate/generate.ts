/** A certificate that the gateway shows to HTTP backends, and the key that proves it. */
export interface GeneratedCertificate {
  /** PEM. */
  readonly certificate: string
  /** PEM, PKCS #8. */
  readonly privateKey: string
  readonly expirationDate: Date
}

/** Documented, as are the size of the key and the name. */
const lifetimeMs = 365 * 86_400_000
const name = 'C=US, ST=Washington, L=Seattle, O=Amazon, OU=ApiGateway, CN=ApiGateway'
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
}

/** Draws an RSA key, and issues a certificate for it that the key itself signs. */
export async function generateClientCertificate(createdDate: Date): Promise<GeneratedCertificate> {
  const { X509CertificateGenerator, BasicConstraintsExtension, KeyUsagesExtension, ...x509 } = await loadX509()
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const expirationDate = new Date(createdDate.getTime() + lifetimeMs)
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    notBefore: createdDate,
    notAfter: expirationDate,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  })
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificate: certificate.toString('pem'),
    privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    expirationDate,
  }
}

/** Loaded on demand: it takes longer than the gateway's start. It finds its parts by the metadata that the first adds. */
async function loadX509() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}
