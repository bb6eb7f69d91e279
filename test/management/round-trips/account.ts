import { type APIGateway, NotFoundException } from '@aws-sdk/client-api-gateway'
import { replace, required } from '../client.ts'
import { createMockApi } from '../mock-api.ts'
import type { RoundTrip } from './round-trip.ts'

const certificate = (id: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${id}`

export async function account(api: APIGateway): Promise<RoundTrip> {
  const shown = {
    apiKeyVersion: '4',
    features: ['UsagePlans'],
  }
  const role = 'arn:aws:iam::123456789012:role/logs'
  return {
    create: () => api.getAccount({}),
    read: () => api.getAccount({}),
    update: (patchOperations) => api.updateAccount({ patchOperations }),
    delete: () => api.updateAccount({ patchOperations: [replace('/cloudwatchRoleArn', '')] }),
    created: shown,
    patch: [replace('/cloudwatchRoleArn', role)],
    patched: { ...shown, cloudwatchRoleArn: role },
    reset: shown,
  }
}

export async function domainName(api: APIGateway): Promise<RoundTrip> {
  const ids = { domainName: 'regional.example.com' }
  const shown = {
    ...ids,
    domainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${ids.domainName}`,
    domainNameStatus: 'AVAILABLE',
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    regionalHostedZoneId: 'Z1UJRXOUMOOFQ8',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
  }
  return {
    create: () =>
      api.createDomainName({
        ...ids,
        endpointConfiguration: { types: ['REGIONAL'] },
        regionalCertificateArn: certificate('1'),
        securityPolicy: 'TLS_1_2',
      }),
    read: () => api.getDomainName(ids),
    update: (patchOperations) => api.updateDomainName({ ...ids, patchOperations }),
    delete: () => api.deleteDomainName(ids),
    again: 'BadRequestException',
    created: { ...shown, regionalCertificateArn: certificate('1'), securityPolicy: 'TLS_1_2' },
    patch: [
      replace('/regionalCertificateArn', certificate('2')),
      replace('/endpointConfiguration/ipAddressType', 'dualstack'),
      replace('/mutualTlsAuthentication/truststoreUri', 's3://bucket/key.pem'),
      replace('/mutualTlsAuthentication/truststoreVersion', '3'),
    ],
    patched: {
      ...shown,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      mutualTlsAuthentication: { truststoreUri: 's3://bucket/key.pem', truststoreVersion: '3' },
      regionalCertificateArn: certificate('2'),
      securityPolicy: 'TLS_1_2',
    },
    drawn: ['regionalDomainName'],
  }
}

/** Terraform moves a domain name to another endpoint type by the type's index, and waits until it is available. */
export async function edgeDomainName(api: APIGateway): Promise<RoundTrip> {
  const ids = { domainName: 'edge.example.com' }
  /** Read when the distribution is there. */
  async function read() {
    for (;;) {
      const domain = await api.getDomainName(ids)
      if (domain.domainNameStatus !== 'UPDATING') return domain
    }
  }
  const shown = {
    ...ids,
    domainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${ids.domainName}`,
    domainNameStatus: 'AVAILABLE',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    securityPolicy: 'TLS_1_2',
    tags: { team: 'pets' },
  }
  const settings = { ...ids, certificateArn: certificate('1'), tags: { team: 'pets' } }
  return {
    async create() {
      await api.createDomainName({ ...settings, endpointConfiguration: { types: ['EDGE'] }, securityPolicy: 'TLS_1_2' })
      return read()
    },
    read,
    async update(patchOperations) {
      await api.updateDomainName({ ...ids, patchOperations })
      return read()
    },
    delete: () => api.deleteDomainName(ids),
    created: {
      ...shown,
      certificateArn: certificate('1'),
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
    },
    drawn: ['distributionDomainName', 'certificateUploadDate'],
  }
}

/** Has no update: a change makes another one. */
export async function domainNameAccessAssociation(api: APIGateway): Promise<RoundTrip> {
  const { domainNameArn } = await api.createDomainName({
    domainName: 'inner.example.com',
    endpointConfiguration: { types: ['PRIVATE'] },
    certificateArn: certificate('1'),
    policy: '{}',
  })
  const settings = {
    domainNameArn,
    accessAssociationSource: 'vpce-0123456789abcdef0',
    accessAssociationSourceType: 'VPCE',
    tags: { team: 'pets' },
  } as const
  let domainNameAccessAssociationArn: string | undefined
  return {
    async create() {
      const created = await api.createDomainNameAccessAssociation(settings)
      domainNameAccessAssociationArn = created.domainNameAccessAssociationArn
      return created
    },
    /** It is read as one of a list. */
    async read() {
      const { items = [] } = await api.getDomainNameAccessAssociations({})
      const arn = domainNameAccessAssociationArn
      const found = items.find((item) => item.domainNameAccessAssociationArn === arn)
      if (!found) throw new NotFoundException({ $metadata: {}, message: 'It is not listed' })
      return found
    },
    delete: () => api.deleteDomainNameAccessAssociation({ domainNameAccessAssociationArn }),
    created: settings,
    drawn: ['domainNameAccessAssociationArn'],
  }
}

/** The empty base path is written `(none)`. */
export async function basePathMapping(api: APIGateway): Promise<RoundTrip> {
  const domain = { domainName: 'mapped.example.com' }
  await api.createDomainName({
    ...domain,
    endpointConfiguration: { types: ['REGIONAL'] },
    regionalCertificateArn: certificate('1'),
  })
  const { restApiId } = await createMockApi(api)
  const { restApiId: other } = await createMockApi(api)
  await api.createDeployment({ restApiId: other, stageName: 'dev' })
  const ids = { ...domain, basePath: '(none)' }
  return {
    create: () => api.createBasePathMapping({ ...domain, restApiId, basePath: '' }),
    read: () => api.getBasePathMapping(ids),
    update: (patchOperations) => api.updateBasePathMapping({ ...ids, patchOperations }),
    delete: () => api.deleteBasePathMapping(ids),
    again: 'ConflictException',
    created: { basePath: '(none)', restApiId },
    patch: [replace('/restapiId', other), replace('/stage', 'dev')],
    patched: { basePath: '(none)', restApiId: other, stage: 'dev' },
  }
}

export async function vpcLink(api: APIGateway): Promise<RoundTrip> {
  const target = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/inner/0123456789abcdef'
  let vpcLinkId = ''
  return {
    async create() {
      const created = await api.createVpcLink({ name: 'inner', targetArns: [target], tags: { team: 'pets' } })
      vpcLinkId = required(created.id)
      return created
    },
    read: () => api.getVpcLink({ vpcLinkId }),
    update: (patchOperations) => api.updateVpcLink({ vpcLinkId, patchOperations }),
    delete: () => api.deleteVpcLink({ vpcLinkId }),
    created: { name: 'inner', targetArns: [target], tags: { team: 'pets' }, status: 'PENDING' },
    patch: [replace('/name', 'renamed'), replace('/description', 'Inner')],
    patched: {
      name: 'renamed',
      description: 'Inner',
      targetArns: [target],
      tags: { team: 'pets' },
      status: 'PENDING',
    },
    drawn: ['id'],
  }
}

export async function clientCertificate(api: APIGateway): Promise<RoundTrip> {
  let clientCertificateId = ''
  return {
    async create() {
      const created = await api.generateClientCertificate({ description: 'Backend', tags: { team: 'pets' } })
      clientCertificateId = required(created.clientCertificateId)
      return created
    },
    read: () => api.getClientCertificate({ clientCertificateId }),
    update: (patchOperations) => api.updateClientCertificate({ clientCertificateId, patchOperations }),
    delete: () => api.deleteClientCertificate({ clientCertificateId }),
    created: { description: 'Backend', tags: { team: 'pets' } },
    patch: [replace('/description', 'Other')],
    patched: { description: 'Other', tags: { team: 'pets' } },
    drawn: ['clientCertificateId', 'pemEncodedCertificate', 'createdDate', 'expirationDate'],
  }
}
