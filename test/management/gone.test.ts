import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect } from './client.ts'
import { type PopulatedApi, populateApi } from './populated-api.ts'

type Read = (api: APIGateway, ids: PopulatedApi) => Promise<unknown>

const method = ({ restApiId, rootId }: PopulatedApi) => ({ restApiId, resourceId: rootId, httpMethod: 'GET' })

/** How tools look whether what they made is still there. */
const reads: Readonly<Record<string, Read>> = {
  getRestApi: (api, { restApiId }) => api.getRestApi({ restApiId }),
  getResource: (api, { restApiId, rootId }) => api.getResource({ restApiId, resourceId: rootId }),
  getResources: (api, { restApiId }) => api.getResources({ restApiId }),
  getMethod: (api, ids) => api.getMethod(method(ids)),
  getMethodResponse: (api, ids) => api.getMethodResponse({ ...method(ids), statusCode: '200' }),
  getIntegration: (api, ids) => api.getIntegration(method(ids)),
  getIntegrationResponse: (api, ids) => api.getIntegrationResponse({ ...method(ids), statusCode: '200' }),
  getModel: (api, { restApiId }) => api.getModel({ restApiId, modelName: 'one' }),
  getModels: (api, { restApiId }) => api.getModels({ restApiId }),
  getAuthorizer: (api, { restApiId, authorizerId }) => api.getAuthorizer({ restApiId, authorizerId }),
  getAuthorizers: (api, { restApiId }) => api.getAuthorizers({ restApiId }),
  getRequestValidator: (api, { restApiId, requestValidatorId }) =>
    api.getRequestValidator({ restApiId, requestValidatorId }),
  getRequestValidators: (api, { restApiId }) => api.getRequestValidators({ restApiId }),
  getGatewayResponse: (api, { restApiId }) => api.getGatewayResponse({ restApiId, responseType: 'THROTTLED' }),
  getGatewayResponses: (api, { restApiId }) => api.getGatewayResponses({ restApiId }),
  getDocumentationPart: (api, { restApiId, documentationPartId }) =>
    api.getDocumentationPart({ restApiId, documentationPartId }),
  getDocumentationParts: (api, { restApiId }) => api.getDocumentationParts({ restApiId }),
  getDocumentationVersion: (api, { restApiId }) =>
    api.getDocumentationVersion({ restApiId, documentationVersion: 'one' }),
  getDocumentationVersions: (api, { restApiId }) => api.getDocumentationVersions({ restApiId }),
  getDeployment: (api, { restApiId, deploymentId }) => api.getDeployment({ restApiId, deploymentId }),
  getDeployments: (api, { restApiId }) => api.getDeployments({ restApiId }),
  getStage: (api, { restApiId }) => api.getStage({ restApiId, stageName: 'one' }),
  getStages: (api, { restApiId }) => api.getStages({ restApiId }),
  getExport: (api, { restApiId }) => api.getExport({ restApiId, stageName: 'one', exportType: 'oas30' }),
  getTags: (api, { restApiId }) =>
    api.getTags({ resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/one` }),
  deleteRestApi: (api, { restApiId }) => api.deleteRestApi({ restApiId }),
}

describe('what belonged to a deleted API', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  let ids: PopulatedApi

  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
    ids = await populateApi(api)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  test('leaves usage plans, and calls are refused', async () => {
    const { restApiId: apiId } = ids
    const { id: usagePlanId } = await api.createUsagePlan({ name: 'plan', apiStages: [{ apiId, stage: 'one' }] })
    const call = async () => (await fetch(`${gatehouse.url}/_aws/execute-api/${apiId}/one/`)).status
    const statusBefore = await call()
    await api.deleteRestApi({ restApiId: apiId })
    assert.deepEqual((await api.getUsagePlan({ usagePlanId })).apiStages, [])
    assert.deepEqual([statusBefore, await call()], [500, 403])
  })

  for (const [name, read] of Object.entries(reads)) {
    test(`is not found by ${name}`, () => assert.rejects(read(api, ids), { name: 'NotFoundException' }))
  }
})
