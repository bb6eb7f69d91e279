import type { DomainName, DomainNameConfiguration } from '@aws-sdk/client-apigatewayv2'
import {
  type DomainIds,
  type DomainNameRecord,
  domainNames,
  keyOfDomain,
  presentDomainName,
} from '../../apigateway/domain-name/domain-name.ts'
import { distributionHostedZoneId, regionalHostedZoneId } from '../../apigateway/domain-name/hosted-zone.ts'
import { oneOf } from '../../apigateway/one-of.ts'
import { notFound } from '../../apigateway/refusal.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { presentRoutingMode } from './routing-mode.ts'

/** The only one that the service has. */
const apiMappingSelectionExpression = '$request.basepath'

/**
 * Finds a domain name that either version of the service made.
 * @throws {ServiceError} `NotFoundException` for a domain name of another account and region, and an unknown one.
 */
export async function requireDomainNameV2(reader: Reader, caller: Caller, ids: DomainIds): Promise<DomainNameRecord> {
  const domain = await reader.get(domainNames, scopeOf(caller), keyOfDomain(ids))
  if (!domain) throw notFound('The domain name resource specified in the request was not found.')
  return domain
}

/**
 * The answer of every domain name operation of the second version.
 *
 * @param nowMs Epoch milliseconds: the status depends on it.
 */
export function presentDomainNameV2(domain: DomainNameRecord, caller: Caller, nowMs: number): DomainName {
  const { domainNameArn, domainNameStatus } = presentDomainName(domain, caller, nowMs)
  const { truststoreUri, truststoreVersion } = domain.mutualTlsAuthentication ?? {}
  const status = oneOf(['AVAILABLE', 'UPDATING'] as const, domainNameStatus)
  const ofAll = {
    IpAddressType: domain.endpointConfiguration.ipAddressType,
    SecurityPolicy: oneOf(['TLS_1_0', 'TLS_1_2'] as const, domain.securityPolicy),
    OwnershipVerificationCertificateArn: domain.ownershipVerificationCertificateArn,
    DomainNameStatus: status,
  }
  return {
    DomainName: domain.domainName,
    DomainNameArn: domainNameArn,
    ApiMappingSelectionExpression: apiMappingSelectionExpression,
    DomainNameConfigurations: endpointsOf(domain, caller.region).map((endpoint) => ({ ...endpoint, ...ofAll })),
    ...(domain.mutualTlsAuthentication && {
      MutualTlsAuthentication: { TruststoreUri: truststoreUri, TruststoreVersion: truststoreVersion },
    }),
    RoutingMode: presentRoutingMode(domain.routingMode),
    Tags: domain.tags,
  }
}

function endpointsOf(domain: DomainNameRecord, region: string): DomainNameConfiguration[] {
  const { certificateUploadDate: uploadMs } = domain
  const endpoints: Readonly<Record<string, DomainNameConfiguration>> = {
    REGIONAL: {
      EndpointType: 'REGIONAL',
      ApiGatewayDomainName: domain.regionalDomainName,
      CertificateArn: domain.regionalCertificateArn,
      CertificateName: domain.regionalCertificateName,
      HostedZoneId: regionalHostedZoneId(region),
    },
    EDGE: {
      EndpointType: 'EDGE',
      ApiGatewayDomainName: domain.distributionDomainName,
      CertificateArn: domain.certificateArn,
      CertificateName: domain.certificateName,
      CertificateUploadDate: uploadMs === undefined ? undefined : new Date(uploadMs),
      HostedZoneId: distributionHostedZoneId,
    },
  }
  return domain.endpointConfiguration.types.flatMap((type) => endpoints[type] ?? [])
}
