import assert from 'node:assert/strict'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'

/** APIs as a whole, their tags, and VPC links. */
export async function walkApis(api: ApiGatewayV2): Promise<void> {
  const created = await api.createApi({
    Name: 'pets',
    ProtocolType: 'HTTP',
    Target: 'https://example.com',
    CorsConfiguration: { AllowOrigins: ['https://example.com'] },
  })
  const ApiId = required(created.ApiId)
  assert.equal(created.$metadata.httpStatusCode, 201)
  assert.match(required(created.ApiEndpoint), /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/)
  assert.ok(created.CreatedDate instanceof Date)
  await api.updateApi({ ApiId, Name: 'animals', Version: '2' })
  const { Name, Version, CorsConfiguration } = await api.getApi({ ApiId })
  assert.deepEqual([Name, Version, CorsConfiguration?.AllowOrigins], ['animals', '2', ['https://example.com']])
  assert.equal((await api.deleteCorsConfiguration({ ApiId })).$metadata.httpStatusCode, 204)
  assert.equal((await api.getApi({ ApiId })).CorsConfiguration, undefined)
  assert.ok((await api.getApis({})).Items?.some((item) => item.ApiId === ApiId))

  const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`
  assert.equal((await api.tagResource({ ResourceArn, Tags: { a: '1', b: '2' } })).$metadata.httpStatusCode, 201)
  assert.equal((await api.untagResource({ ResourceArn, TagKeys: ['a'] })).$metadata.httpStatusCode, 204)
  assert.deepEqual((await api.getTags({ ResourceArn })).Tags, { b: '2' })

  assert.equal((await api.deleteApi({ ApiId })).$metadata.httpStatusCode, 204)
  const message = `Invalid API identifier specified ${ApiId}`
  await assert.rejects(api.getApi({ ApiId }), { name: 'NotFoundException', message })
}

/** The ways into private networks. */
export async function walkVpcLinks(api: ApiGatewayV2): Promise<void> {
  const { VpcLinkId } = await api.createVpcLink({ Name: 'inner', SubnetIds: ['subnet-1'] })
  await api.updateVpcLink({ VpcLinkId, Name: 'private' })
  assert.equal((await api.getVpcLink({ VpcLinkId })).Name, 'private')
  assert.equal((await api.getVpcLinks({})).Items?.length, 1)
  assert.equal((await api.deleteVpcLink({ VpcLinkId })).$metadata.httpStatusCode, 202)
}
