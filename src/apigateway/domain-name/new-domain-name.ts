import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { Cipher } from '../../secrets/cipher.ts'
import type { Input } from '../../wire/operation.ts'
import { badRequest } from '../refusal.ts'
import { checkedTags } from '../tag/tags.ts'
import { checkUploadedCertificate } from './certificate.ts'
import type { DomainNameRecord } from './domain-name.ts'
import { checkDomainName } from './rules.ts'
import { type TargetContext, withTargets } from './targets.ts'

type Request = Input<typeof Sdk, 'CreateDomainName'>

/**
 * Fills in what a create leaves open, and checks the whole.
 * @throws {ServiceError} `BadRequestException` unless its parts fit together.
 */
export function newDomainName(
  request: Request,
  context: TargetContext & { readonly cipher: Cipher },
): DomainNameRecord {
  const { certificateBody, certificatePrivateKey, certificateChain, endpointConfiguration, tags, ...given } = request
  if ((endpointConfiguration?.vpcEndpointIds ?? []).length > 0) {
    throw badRequest('VPC endpoints of a private domain name are set by domain name access associations.')
  }
  const types = endpointConfiguration?.types ?? defaultTypes(request)
  const isPrivate = types.includes('PRIVATE')
  const uploadedCertificate = uploaded(request, context.cipher)
  const domain: DomainNameRecord = {
    securityPolicy: 'TLS_1_2',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    ...given,
    ...(isPrivate && { domainNameId: context.newId(10) }),
    ...(types.includes('EDGE') && { certificateUploadDate: context.nowMs }),
    ...(uploadedCertificate && { uploadedCertificate }),
    endpointConfiguration: {
      types,
      ipAddressType: endpointConfiguration?.ipAddressType ?? (isPrivate ? 'dualstack' : 'ipv4'),
    },
    availableDate: context.nowMs,
    tags: checkedTags(tags),
  }
  if (types.length > 1) throw badRequest('Cannot create a domain name with multiple endpoint types.')
  checkDomainName(domain, context.region)
  return withTargets(domain, context)
}

/** A request that brings a regional certificate only can mean a regional endpoint only. */
function defaultTypes({ regionalCertificateArn, regionalCertificateName, certificateArn, certificateName }: Request) {
  const isRegional =
    (regionalCertificateArn ?? regionalCertificateName) !== undefined &&
    (certificateArn ?? certificateName) === undefined
  return [isRegional ? ('REGIONAL' as const) : ('EDGE' as const)]
}

function uploaded(request: Request, cipher: Cipher) {
  const { certificateBody, certificatePrivateKey, certificateChain } = request
  if ((certificateBody ?? certificatePrivateKey ?? certificateChain) === undefined) return undefined
  const name = request.certificateName || request.regionalCertificateName
  if (!name || !certificateBody || !certificatePrivateKey) {
    throw badRequest('certificateName, certificateBody and certificatePrivateKey must be specified together.')
  }
  checkUploadedCertificate(certificateBody, certificatePrivateKey)
  return {
    body: certificateBody,
    ...(certificateChain && { chain: certificateChain }),
    sealedPrivateKey: cipher.seal(certificatePrivateKey),
  }
}
