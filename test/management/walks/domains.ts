import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { replace, required } from '../client.ts'

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555'

/** Domain names, what they lead to, and who reaches the private ones. */
export async function walkDomains(api: APIGateway): Promise<void> {
  const domain = { domainName: 'api.example.com' }
  const created = await api.createDomainName({
    ...domain,
    regionalCertificateArn: certificateArn,
    endpointConfiguration: { types: ['REGIONAL'] },
  })
  assert.match(created.regionalDomainName ?? '', /^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/)
  await api.updateDomainName({ ...domain, patchOperations: [replace('/securityPolicy', 'TLS_1_0')] })
  assert.equal((await api.getDomainName(domain)).securityPolicy, 'TLS_1_0')
  assert.equal((await api.getDomainNames({})).items?.length, 1)

  const { id } = await api.createRestApi({ name: 'mapped', endpointConfiguration: { types: ['REGIONAL'] } })
  const mapping = { ...domain, basePath: 'v1' }
  await api.createBasePathMapping({ ...mapping, restApiId: id })
  await api.updateBasePathMapping({ ...mapping, patchOperations: [replace('/basePath', 'v2')] })
  assert.equal((await api.getBasePathMapping({ ...domain, basePath: 'v2' })).restApiId, id)
  assert.equal((await api.getBasePathMappings(domain)).items?.length, 1)
  await api.deleteBasePathMapping({ ...domain, basePath: 'v2' })
  await assert.rejects(api.getBasePathMapping({ ...domain, basePath: 'v2' }), {
    message: 'Invalid base path mapping identifier specified',
  })
  await api.deleteDomainName(domain)
  await assert.rejects(api.getDomainName(domain), { message: 'Invalid domain name identifier specified' })
  await walkAssociations(api)
}

async function walkAssociations(api: APIGateway): Promise<void> {
  const { domainNameArn, domainNameId } = await api.createDomainName({
    domainName: 'private.example.com',
    certificateArn,
    endpointConfiguration: { types: ['PRIVATE'] },
  })
  const association = { domainNameArn, accessAssociationSourceType: 'VPCE' } as const
  const arns: string[] = []
  for (const accessAssociationSource of ['vpce-1', 'vpce-2']) {
    const created = await api.createDomainNameAccessAssociation({ ...association, accessAssociationSource })
    arns.push(required(created.domainNameAccessAssociationArn))
  }
  const [own, foreign] = arns
  assert.equal((await api.getDomainNameAccessAssociations({})).items?.length, 2)
  await api.deleteDomainNameAccessAssociation({ domainNameAccessAssociationArn: own })
  await api.rejectDomainNameAccessAssociation({ domainNameArn, domainNameAccessAssociationArn: foreign })
  assert.deepEqual((await api.getDomainNameAccessAssociations({})).items, [])
  await api.deleteDomainName({ domainName: 'private.example.com', domainNameId })
}
