import { parseJsonObject } from '../../openapi/json.ts'
import { badRequest } from '../refusal.ts'
import { checkCertificateArn, edgeCertificateRegion } from './certificate.ts'
import type { DomainNameRecord } from './domain-name.ts'

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
/** Two labels at least, of which the first may be a star. */
const nameForm = new RegExp(`^(?:\\*\\.)?(?:${label}\\.)+${label}$`)
const maxNameLength = 253

type Rule = (domain: DomainNameRecord, region: string) => string | false | undefined

/** Each gives the refusal of what it does not allow. */
const rules: readonly Rule[] = [
  ({ domainName: name }) =>
    !(name.length <= maxNameLength && nameForm.test(name)) && `Invalid domain name specified: ${name}`,
  ({ endpointConfiguration: { types } }) => types.length === 0 && 'At least one endpoint type must be specified.',
  (domain) =>
    isPrivate(domain) !== (domain.domainNameId !== undefined) &&
    'A domain name cannot be changed from public to private, or from private to public.',
  (domain) =>
    isPrivate(domain) &&
    domain.endpointConfiguration.types.length > 1 &&
    'A private domain name has no other endpoint type.',
  (domain) =>
    isPrivate(domain) &&
    domain.endpointConfiguration.ipAddressType === 'ipv4' &&
    'Only dualstack ipAddressType is supported for private domain names.',
  (domain) =>
    (has(domain, 'EDGE') || isPrivate(domain)) &&
    !(domain.certificateArn || domain.uploadedCertificate) &&
    'A certificateArn must be specified for this endpoint type.',
  (domain) =>
    has(domain, 'REGIONAL') &&
    !(domain.regionalCertificateArn || (domain.uploadedCertificate && domain.regionalCertificateName)) &&
    'A regionalCertificateArn must be specified for this endpoint type.',
  (domain) =>
    isPrivate(domain) &&
    domain.securityPolicy === 'TLS_1_0' &&
    'Private domain names need the TLS_1_2 security policy.',
  ({ endpointAccessMode, securityPolicy }) =>
    endpointAccessMode === 'STRICT' &&
    !securityPolicy.startsWith('SecurityPolicy_') &&
    'The STRICT endpointAccessMode needs a security policy whose name starts with SecurityPolicy_.',
  (domain) =>
    !isPrivate(domain) &&
    (domain.policy ?? domain.managementPolicy) !== undefined &&
    'Policies can be specified for private domain names only.',
  ({ policy = '{}', managementPolicy = '{}' }) =>
    !(parseJsonObject(policy) && parseJsonObject(managementPolicy)) &&
    'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.',
  (domain) =>
    domain.mutualTlsAuthentication &&
    !has(domain, 'REGIONAL') &&
    'Mutual TLS is supported for regional domain names only.',
  ({ mutualTlsAuthentication, securityPolicy }) =>
    mutualTlsAuthentication && securityPolicy === 'TLS_1_0' && 'Mutual TLS needs the TLS_1_2 security policy.',
  ({ mutualTlsAuthentication: mutual }) =>
    mutual &&
    !/^s3:\/\/[^/]+\/.+/.test(mutual.truststoreUri ?? '') &&
    'Invalid truststoreUri specified. Expected s3://bucket-name/key-name',
  (domain) =>
    domain.ownershipVerificationCertificateArn !== undefined &&
    !domain.mutualTlsAuthentication &&
    'An ownershipVerificationCertificateArn needs mutual TLS.',
]

/**
 * @param region The domain name's: it decides where certificates have to be.
 * @throws {ServiceError} `BadRequestException` unless the parts fit together.
 */
export function checkDomainName(domain: DomainNameRecord, region: string): void {
  for (const rule of rules) {
    const refusal = rule(domain, region)
    if (refusal) throw badRequest(refusal)
  }
  const { certificateArn, regionalCertificateArn, ownershipVerificationCertificateArn } = domain
  if (certificateArn) checkCertificateArn(certificateArn, isPrivate(domain) ? region : edgeCertificateRegion(region))
  if (regionalCertificateArn) checkCertificateArn(regionalCertificateArn, region)
  if (ownershipVerificationCertificateArn) checkCertificateArn(ownershipVerificationCertificateArn, region)
}

export function isPrivate(domain: Pick<DomainNameRecord, 'endpointConfiguration'>): boolean {
  return has(domain, 'PRIVATE')
}

function has({ endpointConfiguration }: Pick<DomainNameRecord, 'endpointConfiguration'>, type: string): boolean {
  return endpointConfiguration.types.some((candidate) => candidate === type)
}
