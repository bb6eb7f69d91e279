import type {
  DomainName,
  EndpointAccessMode,
  EndpointType,
  IpAddressType,
  RoutingMode,
  SecurityPolicy,
} from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { formatArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { nonEmpty } from '../non-empty.ts'
import { notFound } from '../refusal.ts'
import { distributionHostedZoneId, regionalHostedZoneId } from './hosted-zone.ts'

/** A host name of its own for APIs. */
export interface DomainNameRecord {
  readonly domainName: string
  /** Private domain names only: several may share one name. */
  readonly domainNameId?: string
  /** Edge-optimized and private endpoints. */
  readonly certificateArn?: string
  readonly certificateName?: string
  /** Epoch milliseconds. */
  readonly certificateUploadDate?: number
  readonly uploadedCertificate?: UploadedCertificate
  readonly regionalCertificateArn?: string
  readonly regionalCertificateName?: string
  readonly ownershipVerificationCertificateArn?: string
  /** Where DNS has to point for the regional endpoint. */
  readonly regionalDomainName?: string
  /** Where DNS has to point for the edge-optimized endpoint. */
  readonly distributionDomainName?: string
  readonly endpointConfiguration: DomainEndpoint
  readonly securityPolicy: SecurityPolicy
  readonly endpointAccessMode?: EndpointAccessMode
  readonly mutualTlsAuthentication?: { readonly truststoreUri?: string; readonly truststoreVersion?: string }
  /** JSON text: who may call a private domain name. */
  readonly policy?: string
  /** JSON text: who may associate with a private domain name. */
  readonly managementPolicy?: string
  readonly routingMode: RoutingMode
  /** Epoch milliseconds: changes of an edge-optimized endpoint are under way until then. */
  readonly availableDate: number
  readonly tags: Record<string, string>
}

/** One endpoint type; both public ones while a domain name moves from one to the other. */
interface DomainEndpoint {
  readonly types: EndpointType[]
  readonly ipAddressType: IpAddressType
}

/** A certificate that was given with the domain name instead of by its ARN. */
interface UploadedCertificate {
  /** PEM. */
  readonly body: string
  /** PEM. */
  readonly chain?: string
  /** The private key's PEM, encrypted. */
  readonly sealedPrivateKey: string
}

/** By `{domainName}`, and `{domainName}+{domainNameId}` for private ones: `keyOfDomain`. */
export const domainNames = collection<DomainNameRecord>('domain-name')

export function keyOfDomain({ domainName, domainNameId }: Pick<DomainNameRecord, 'domainName' | 'domainNameId'>) {
  return domainNameId === undefined ? domainName : `${domainName}+${domainNameId}`
}

/** What names a domain name in a request. */
export interface DomainIds {
  readonly domainName: string
  readonly domainNameId?: string
}

/** @throws {ServiceError} `NotFoundException` for a domain name of another account and region, and an unknown one. */
export async function requireDomainName(reader: Reader, caller: Caller, ids: DomainIds): Promise<DomainNameRecord> {
  const domain = await reader.get(domainNames, scopeOf(caller), keyOfDomain(ids))
  if (!domain) throw notFound('Invalid domain name identifier specified')
  return domain
}

/** The account is part of private domain names' ARNs only. */
export function arnOfDomain({ account, region }: Pick<Caller, 'account' | 'region'>, ids: DomainIds): string {
  const isPrivate = ids.domainNameId !== undefined
  const resource = `/domainnames/${keyOfDomain(ids)}`
  return formatArn({ service: 'apigateway', region, ...(isPrivate && { account }), resource })
}

/**
 * The answer of every domain name operation.
 *
 * @param nowMs Epoch milliseconds: the status depends on it.
 */
export function presentDomainName(record: DomainNameRecord, caller: Caller, nowMs: number): DomainName {
  const { availableDate, uploadedCertificate: _uploaded, certificateUploadDate, tags, ...domain } = record
  const { regionalDomainName, distributionDomainName } = domain
  return {
    ...domain,
    domainNameArn: arnOfDomain(caller, domain),
    domainNameStatus: nowMs < availableDate ? 'UPDATING' : 'AVAILABLE',
    ...(certificateUploadDate !== undefined && { certificateUploadDate: new Date(certificateUploadDate) }),
    ...(regionalDomainName !== undefined && { regionalHostedZoneId: regionalHostedZoneId(caller.region) }),
    ...(distributionDomainName !== undefined && { distributionHostedZoneId }),
    tags: nonEmpty(tags),
  }
}
