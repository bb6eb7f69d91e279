import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { required } from './client.ts'
import { createMockApi, putMock } from './mock-api.ts'

/** An API with three or more of everything that an API can have several of. */
export interface PopulatedApi {
  readonly restApiId: string
  readonly rootId: string
  readonly authorizerId: string
  readonly deploymentId: string
  readonly documentationPartId: string
  readonly requestValidatorId: string
}

const names = ['one', 'two', 'three'] as const
const guard =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:guard/invocations'

export async function populateApi(api: APIGateway): Promise<PopulatedApi> {
  const { restApiId, rootId } = await createMockApi(api)
  const children = []
  for (const name of names) children.push(await addChildren(api, restApiId, rootId, name))
  const [first] = children
  if (!first) throw new Error('Nothing was made')
  return { restApiId, rootId, ...first }
}

async function addChildren(api: APIGateway, restApiId: string, parentId: string, name: string) {
  const identitySource = 'method.request.header.Authorization'
  const authorizer = { restApiId, name, type: 'TOKEN', authorizerUri: guard, identitySource } as const
  const location = { type: 'RESOURCE', path: `/${name}` } as const
  const resource = await api.createResource({ restApiId, parentId, pathPart: name })
  await putMock(api, { restApiId, resourceId: required(resource.id) })
  await api.createModel({ restApiId, name, contentType: 'application/json', schema: '{}' })
  const { id: authorizerId } = await api.createAuthorizer(authorizer)
  const { id: requestValidatorId } = await api.createRequestValidator({ restApiId, name })
  const { id: documentationPartId } = await api.createDocumentationPart({ restApiId, location, properties: '{}' })
  await api.createDocumentationVersion({ restApiId, documentationVersion: name })
  const { id: deploymentId } = await api.createDeployment({ restApiId, stageName: name })
  return {
    authorizerId: required(authorizerId),
    deploymentId: required(deploymentId),
    documentationPartId: required(documentationPartId),
    requestValidatorId: required(requestValidatorId),
  }
}
