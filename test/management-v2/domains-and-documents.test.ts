import { after, before, describe, test } from 'node:test'
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect, required } from '../management/client.ts'
import { walkDocuments } from './walks/documents.ts'
import { walkDomains } from './walks/domains.ts'

describe('the management API of HTTP APIs', () => {
  let gatehouse: Gatehouse
  let api: ApiGatewayV2

  before(async () => {
    gatehouse = await startGatehouse()
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    api = new ApiGatewayV2({ endpoint: gatehouse.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  test('answers the SDK: walkDocuments', () => walkDocuments(api))
  test('answers the SDK: walkDomains', async () => walkDomains(api, await restTarget(gatehouse.url)))
})

async function restTarget(url: string) {
  const rest = connect(url)
  const created = await rest.createRestApi({ name: 'ruled', endpointConfiguration: { types: ['REGIONAL'] } })
  const restApiId = required(created.id)
  const ids = { restApiId, resourceId: required(created.rootResourceId), httpMethod: 'GET' }
  await rest.putMethod({ ...ids, authorizationType: 'NONE' })
  await rest.putIntegration({ ...ids, type: 'MOCK' })
  await rest.createDeployment({ restApiId, stageName: 'dev' })
  return { ApiId: restApiId, Stage: 'dev' }
}
