import type * as Sdk from '@aws-sdk/client-apigatewayv2'
import type { DomainNameRecord } from '../../apigateway/domain-name/domain-name.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import type { Input } from '../../wire/operation.ts'

type Configuration = NonNullable<Input<typeof Sdk, 'CreateDomainName'>['DomainNameConfigurations']>[number]

/** What configurations say of a domain name's record. */
export interface Endpoints
  extends Partial<
    Pick<
      DomainNameRecord,
      | 'certificateArn'
      | 'certificateName'
      | 'regionalCertificateArn'
      | 'regionalCertificateName'
      | 'ownershipVerificationCertificateArn'
      | 'securityPolicy'
    >
  > {
  readonly endpointConfiguration: {
    readonly types: DomainNameRecord['endpointConfiguration']['types']
    readonly ipAddressType?: DomainNameRecord['endpointConfiguration']['ipAddressType']
  }
}

/**
 * Reads the configurations of a request: one for each endpoint type, regional unless it says otherwise. What the service
 * tells of an endpoint (its name, status and zone) is not taken from a request.
 *
 * @throws {ServiceError} `BadRequestException` for none, for two of one type, and for two that disagree about what a domain
 *   name has once.
 */
export function readConfigurations(configurations: readonly Configuration[]): Endpoints {
  const types = configurations.map(({ EndpointType }) => EndpointType ?? 'REGIONAL')
  if (types.length === 0) throw badRequest('At least one domain name configuration must be specified.')
  if (new Set(types).size < types.length) throw badRequest('Endpoint types of domain name configurations must differ.')
  const ipAddressType = agreed(configurations, 'IpAddressType')
  const securityPolicy = agreed(configurations, 'SecurityPolicy')
  const ownershipVerificationCertificateArn = agreed(configurations, 'OwnershipVerificationCertificateArn')
  return {
    endpointConfiguration: { types, ...(ipAddressType !== undefined && { ipAddressType }) },
    ...(securityPolicy !== undefined && { securityPolicy }),
    ...(ownershipVerificationCertificateArn !== undefined && { ownershipVerificationCertificateArn }),
    ...Object.assign({}, ...configurations.map(certificateOf)),
  }
}

/** The certificate of an endpoint, under the record's names. */
function certificateOf({
  EndpointType: type,
  CertificateArn: arn,
  CertificateName: name,
}: Configuration): Partial<Endpoints> {
  if (!arn) throw badRequest('A certificateArn must be specified for this endpoint type.')
  return type === 'EDGE'
    ? { certificateArn: arn, ...(name !== undefined && { certificateName: name }) }
    : { regionalCertificateArn: arn, ...(name !== undefined && { regionalCertificateName: name }) }
}

function agreed<M extends keyof Configuration>(
  configurations: readonly Configuration[],
  member: M,
): Configuration[M] | undefined {
  const [first, ...others] = configurations.filter((configuration) => configuration[member] !== undefined)
  if (others.some((other) => other[member] !== first?.[member])) {
    throw badRequest(`Domain name configurations must have the same ${member}.`)
  }
  return first?.[member]
}
