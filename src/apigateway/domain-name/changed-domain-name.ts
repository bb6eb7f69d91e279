import type { DomainNameRecord } from './domain-name.ts'
import { checkDomainName, isPrivate } from './rules.ts'
import { type TargetContext, withTargets } from './targets.ts'

/**
 * Checks a domain name after an edit, and gives it what follows from the edit.
 *
 * @param before The domain name as it was.
 * @throws {ServiceError} `BadRequestException` unless its parts fit together.
 */
export function changedDomainName(
  edited: DomainNameRecord,
  before: DomainNameRecord,
  context: TargetContext,
): DomainNameRecord {
  checkDomainName(edited, context.region)
  return withTargets(withNewCertificate(edited, before, context.nowMs), context)
}

/** A certificate that is given by its ARN takes the place of an uploaded one. */
function withNewCertificate(domain: DomainNameRecord, before: DomainNameRecord, nowMs: number): DomainNameRecord {
  const isNew = (member: 'certificateArn' | 'regionalCertificateArn') =>
    domain[member] !== undefined && domain[member] !== before[member]
  if (!isNew('certificateArn') && !isNew('regionalCertificateArn')) return domain
  const { uploadedCertificate: _, ...rest } = domain
  return isNew('certificateArn') && !isPrivate(domain) ? { ...rest, certificateUploadDate: nowMs } : rest
}
