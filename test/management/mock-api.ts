import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { required } from './client.ts'

/** An API whose root answers GET. */
export interface MockApi {
  readonly restApiId: string
  readonly rootId: string
}

/** Creates an API with one method that can be deployed. */
export async function createMockApi(api: APIGateway, name = 'mocks'): Promise<MockApi> {
  const { id, rootResourceId } = await api.createRestApi({ name })
  const restApiId = required(id)
  const rootId = required(rootResourceId)
  await putMock(api, { restApiId, resourceId: rootId })
  return { restApiId, rootId }
}

/** Gives a resource a GET without a backend. */
export async function putMock(api: APIGateway, ids: { restApiId: string; resourceId: string }): Promise<void> {
  const method = { ...ids, httpMethod: 'GET' }
  await api.putMethod({ ...method, authorizationType: 'NONE' })
  await api.putIntegration({ ...method, type: 'MOCK' })
}
