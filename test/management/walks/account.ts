import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { replace, required } from '../client.ts'

const loadBalancerArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/inner/0123456789abcdef'
const cloudwatchRoleArn = 'arn:aws:iam::123456789012:role/logs'

/** What an account has beside its APIs. */
export async function walkAccount(api: APIGateway): Promise<void> {
  await api.updateAccount({ patchOperations: [replace('/cloudwatchRoleArn', cloudwatchRoleArn)] })
  assert.equal((await api.getAccount({})).cloudwatchRoleArn, cloudwatchRoleArn)

  const sdkTypes = (await api.getSdkTypes({})).items?.map(({ id }) => id) ?? []
  assert.ok(sdkTypes.includes('javascript'))
  assert.equal((await api.getSdkType({ id: 'javascript' })).friendlyName, 'JavaScript')
  await walkCertificates(api)
  await walkVpcLinks(api)
}

async function walkCertificates(api: APIGateway): Promise<void> {
  const created = await api.generateClientCertificate({ tags: { team: 'pets' } })
  const certificate = { clientCertificateId: required(created.clientCertificateId) }
  assert.match(created.pemEncodedCertificate ?? '', /^-----BEGIN CERTIFICATE-----/)
  await api.updateClientCertificate({ ...certificate, patchOperations: [replace('/description', 'Backend')] })
  assert.equal((await api.getClientCertificate(certificate)).description, 'Backend')
  assert.equal((await api.getClientCertificates({})).items?.length, 1)

  const resourceArn = `arn:aws:apigateway:us-east-1::/clientcertificates/${certificate.clientCertificateId}`
  await api.tagResource({ resourceArn, tags: { stage: 'dev' } })
  await api.untagResource({ resourceArn, tagKeys: ['team'] })
  assert.deepEqual((await api.getTags({ resourceArn })).tags, { stage: 'dev' })

  await api.deleteClientCertificate(certificate)
  await assert.rejects(api.getClientCertificate(certificate), { name: 'NotFoundException' })
}

async function walkVpcLinks(api: APIGateway): Promise<void> {
  const created = await api.createVpcLink({ name: 'inner', targetArns: [loadBalancerArn] })
  const link = { vpcLinkId: required(created.id) }
  assert.deepEqual([created.$metadata.httpStatusCode, created.status], [202, 'PENDING'])
  await api.updateVpcLink({ ...link, patchOperations: [replace('/name', 'renamed')] })
  assert.equal((await api.getVpcLink(link)).name, 'renamed')
  assert.equal((await api.getVpcLinks({})).items?.length, 1)
  await api.deleteVpcLink(link)
  await assert.rejects(api.getVpcLink(link), { message: 'Invalid Vpc Link identifier specified' })
}
