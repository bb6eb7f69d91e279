import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate and its key in PEM form, for tests. */
export interface Identity {
  readonly certificate: string
  readonly privateKey: string
}

/** Who signs. */
export interface Authority extends Identity {
  issue(options: CertificateOptions): Promise<Identity>
}

interface CertificateOptions {
  /** DNS names. */
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000

/** A certificate authority of its own. */
export async function authority(name: string): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    ...validity({}),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  return {
    ...(await identityOf(certificate, keys)),
    async issue(options) {
      const own = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const issued = await X509CertificateGenerator.create({
        subject: 'CN=backend',
        issuer: certificate.subject,
        ...validity(options),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [alternativeNames(options)],
      })
      return identityOf(issued, own)
    },
  }
}

/** A certificate that nobody but itself vouches for. */
export async function selfSigned(options: CertificateOptions): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=backend',
    ...validity(options),
    keys,
    signingAlgorithm: algorithm,
    extensions: [alternativeNames(options)],
  })
  return identityOf(certificate, keys)
}

function validity({ notBefore, notAfter }: CertificateOptions) {
  return { notBefore: notBefore ?? new Date(Date.now() - day), notAfter: notAfter ?? new Date(Date.now() + day) }
}

function alternativeNames({ names = [], addresses = [] }: CertificateOptions): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension([
    ...names.map((value) => ({ type: 'dns', value }) as const),
    ...addresses.map((value) => ({ type: 'ip', value }) as const),
  ])
}

async function identityOf(
  certificate: X509Certificate,
  { privateKey: key }: { readonly privateKey: CryptoKey },
): Promise<Identity> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64')
  const lines = pkcs8.match(/.{1,64}/g) ?? []
  return {
    certificate: certificate.toString('pem'),
    privateKey: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
  }
}
