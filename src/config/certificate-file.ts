import { X509Certificate } from 'node:crypto'
import { resolve } from 'node:path'
import { type Kind, wrong } from './kind.ts'

/** A PEM file of certificates, which is read at once; the value is the certificates' PEM texts. */
export const certificateFile: Kind<readonly string[]> = {
  expected: 'the path of a file with certificates in PEM form',
  placeholder: '<file>',
  fromText: (text) => text,
  parse(value, { folder, readText }) {
    if (typeof value !== 'string' || value === '' || value.includes('\0')) return wrong(this, value)
    try {
      const text = readText(resolve(folder, value))
      const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
      for (const pem of certificates) new X509Certificate(pem)
      if (certificates.length > 0) return { value: certificates }
      return { problems: [`names ${value}, which holds no certificate in PEM form`] }
    } catch (error) {
      return { problems: [`names ${value}, which cannot be read: ${error instanceof Error ? error.message : error}`] }
    }
  },
}
