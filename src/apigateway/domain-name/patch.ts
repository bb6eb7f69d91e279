import { type PatchRule, type PatchTable, strictPaths } from '../../wire/patch-operations.ts'
import { optionalText, without } from '../../wire/patch-rules.ts'
import { choice } from '../choice.ts'
import { parseEndpointType, parseIpAddressType } from '../rest-api/endpoint-configuration.ts'
import { securityPolicies } from '../security-policy.ts'
import type { DomainNameRecord } from './domain-name.ts'

const routingModes = ['BASE_PATH_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_BASE_PATH_MAPPING'] as const

/** What `UpdateDomainName` accepts. */
export const domainNamePatch: PatchTable<DomainNameRecord> = {
  refuse: strictPaths,
  rules: [
    addOrReplace(optionalText('/certificateArn', 'certificateArn')),
    addOrReplace(optionalText('/certificateName', 'certificateName')),
    addOrReplace(optionalText('/regionalCertificateArn', 'regionalCertificateArn')),
    addOrReplace(optionalText('/regionalCertificateName', 'regionalCertificateName')),
    addOrReplace(optionalText('/ownershipVerificationCertificateArn', 'ownershipVerificationCertificateArn')),
    choice('/securityPolicy', securityPolicies, (domain, securityPolicy) => ({ ...domain, securityPolicy })),
    choice('/endpointAccessMode', ['BASIC', 'STRICT'], (domain, mode) => ({ ...domain, endpointAccessMode: mode })),
    choice('/routingMode', routingModes, (domain, routingMode) => ({ ...domain, routingMode })),
    optionalText('/policy', 'policy'),
    optionalText('/managementPolicy', 'managementPolicy'),
    ...mutualTlsAuthentication(),
    ...endpointConfiguration(),
  ],
}

/** Documented guides add certificates; others replace them. */
function addOrReplace(rule: PatchRule<DomainNameRecord>): PatchRule<DomainNameRecord> {
  return { ...rule, ...(rule.replace && { add: rule.replace }) }
}

/** An empty URI switches mutual TLS off. */
function mutualTlsAuthentication(): PatchRule<DomainNameRecord>[] {
  return [
    {
      path: '/mutualTlsAuthentication/truststoreUri',
      replace: (domain, { value }) =>
        value
          ? { ...domain, mutualTlsAuthentication: { ...domain.mutualTlsAuthentication, truststoreUri: value } }
          : without(domain, 'mutualTlsAuthentication'),
    },
    {
      path: '/mutualTlsAuthentication/truststoreVersion',
      replace: (domain, { value }) => {
        const { truststoreVersion: _, ...mutual } = domain.mutualTlsAuthentication ?? {}
        return { ...domain, mutualTlsAuthentication: { ...mutual, ...(value && { truststoreVersion: value }) } }
      },
    },
  ]
}

/** A type is named by itself or by its index. */
function endpointConfiguration(): PatchRule<DomainNameRecord>[] {
  const add: PatchRule<DomainNameRecord>['add'] = (domain, { value }) =>
    withTypes(domain, [...new Set([...typesOf(domain), parseEndpointType(value)])])
  const excluding = (domain: DomainNameRecord, current: string) =>
    typesOf(domain).filter((type, index) => type !== current && String(index) !== current)
  return [
    { path: '/endpointConfiguration/types', add },
    {
      path: '/endpointConfiguration/types/{current}',
      add,
      remove: (domain, _, current: string) => withTypes(domain, excluding(domain, current)),
      replace: (domain, { value }, current: string) =>
        withTypes(domain, [...new Set([...excluding(domain, current), parseEndpointType(value)])]),
    },
    {
      path: '/endpointConfiguration/ipAddressType',
      replace: (domain, { value }) => ({
        ...domain,
        endpointConfiguration: { ...domain.endpointConfiguration, ipAddressType: parseIpAddressType(value) },
      }),
    },
  ]
}

function typesOf({ endpointConfiguration }: DomainNameRecord) {
  return endpointConfiguration.types
}

function withTypes(
  domain: DomainNameRecord,
  types: DomainNameRecord['endpointConfiguration']['types'],
): DomainNameRecord {
  return { ...domain, endpointConfiguration: { ...domain.endpointConfiguration, types } }
}
