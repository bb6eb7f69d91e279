import { createPrivateKey, X509Certificate } from 'node:crypto'
import { parseArn, partitionOf } from '../../wire/arn.ts'
import { badRequest } from '../refusal.ts'

/**
 * Checks the form of a certificate's ARN; certificates themselves are not looked up.
 *
 * @param region Where the certificate has to be.
 * @throws {ServiceError} `BadRequestException` for another form, service or region.
 */
export function checkCertificateArn(text: string, region: string): void {
  const arn = parseArn(text)
  if (arn?.service !== 'acm' || !/^certificate\/[\w-]+$/.test(arn.resource)) {
    throw badRequest(`Invalid certificate ARN: ${text}`)
  }
  if (arn.region !== region) throw badRequest(`Invalid certificate ARN: ${text}. Certificate must be in '${region}'.`)
}

/** Documented: edge-optimized endpoints take their certificates from one region of the partition. */
export function edgeCertificateRegion(region: string): string {
  return partitionOf(region) === 'aws' ? 'us-east-1' : region
}

/** @throws {ServiceError} `BadRequestException` unless both are PEM, and the key is the certificate's. */
export function checkUploadedCertificate(body: string, privateKey: string): void {
  let belong: boolean
  try {
    belong = new X509Certificate(body).checkPrivateKey(createPrivateKey(privateKey))
  } catch {
    throw badRequest('Unable to parse certificate or private key. Please ensure that both are in PEM format.')
  }
  if (!belong) throw badRequest('The private key does not match the certificate.')
}
