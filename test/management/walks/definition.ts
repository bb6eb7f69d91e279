import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { add, replace, required } from '../client.ts'

const json = 'application/json'
const authorizerUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:guard/invocations'

/** An API and all that it is made of. */
export async function walkDefinition(api: APIGateway): Promise<void> {
  const created = await api.createRestApi({ name: 'pets', description: 'Pets' })
  const restApiId = required(created.id)
  const rootId = required(created.rootResourceId)
  assert.match(restApiId, /^[a-z0-9]{10}$/)
  assert.deepEqual((await api.getRestApi({ restApiId })).createdDate, created.createdDate)
  assert.ok((await api.getRestApis({})).items?.some(({ id }) => id === restApiId))
  const renamed = await api.updateRestApi({ restApiId, patchOperations: [replace('/name', 'animals')] })
  assert.equal(renamed.name, 'animals')

  const resource = await api.createResource({ restApiId, parentId: rootId, pathPart: 'cats' })
  const resourceId = required(resource.id)
  assert.equal(resource.path, '/cats')
  const moved = await api.updateResource({ restApiId, resourceId, patchOperations: [replace('/pathPart', '{petId}')] })
  assert.equal(moved.path, '/{petId}')
  assert.equal((await api.getResource({ restApiId, resourceId })).parentId, rootId)
  assert.deepEqual(
    (await api.getResources({ restApiId })).items?.map(({ path }) => path),
    ['/', '/{petId}'],
  )

  await walkModels(api, restApiId)
  await walkAuthorizers(api, restApiId)
  await walkValidators(api, restApiId)
  await walkGatewayResponses(api, restApiId)
  await walkMethod(api, restApiId, resourceId)

  await api.deleteResource({ restApiId, resourceId })
  assert.equal((await api.getResources({ restApiId })).items?.length, 1)
  await api.deleteRestApi({ restApiId })
  await assert.rejects(api.getRestApi({ restApiId }), {
    name: 'NotFoundException',
    message: `Invalid API identifier specified 123456789012:${restApiId}`,
  })
}

async function walkModels(api: APIGateway, restApiId: string): Promise<void> {
  const schema = '{"type":"object","properties":{"name":{"type":"string"}}}'
  const model = { restApiId, modelName: 'Pet' }
  assert.equal((await api.createModel({ restApiId, name: 'Pet', contentType: json, schema })).schema, schema)
  assert.deepEqual(
    (await api.getModels({ restApiId })).items?.map(({ name }) => name),
    ['Empty', 'Error', 'Pet'],
  )
  assert.match((await api.getModelTemplate(model)).value ?? '', /"name" : "foo"/)
  await api.updateModel({ ...model, patchOperations: [replace('/description', 'A pet')] })
  assert.equal((await api.getModel(model)).description, 'A pet')
  await api.deleteModel(model)
  await assert.rejects(api.getModel(model), { name: 'NotFoundException', message: 'Invalid model name specified: Pet' })
}

async function walkAuthorizers(api: APIGateway, restApiId: string): Promise<void> {
  const identitySource = 'method.request.header.Authorization'
  const created = await api.createAuthorizer({ restApiId, name: 'guard', type: 'TOKEN', authorizerUri, identitySource })
  const authorizer = { restApiId, authorizerId: required(created.id) }
  assert.equal(created.authType, 'custom')
  assert.equal((await api.getAuthorizers({ restApiId })).items?.length, 1)
  await api.updateAuthorizer({ ...authorizer, patchOperations: [replace('/authorizerResultTtlInSeconds', '60')] })
  assert.equal((await api.getAuthorizer(authorizer)).authorizerResultTtlInSeconds, 60)
  await api.deleteAuthorizer(authorizer)
  assert.deepEqual((await api.getAuthorizers({ restApiId })).items, [])
}

async function walkValidators(api: APIGateway, restApiId: string): Promise<void> {
  const created = await api.createRequestValidator({ restApiId, name: 'all' })
  const validator = { restApiId, requestValidatorId: required(created.id) }
  assert.deepEqual([created.validateRequestBody, created.validateRequestParameters], [false, false])
  await api.updateRequestValidator({ ...validator, patchOperations: [replace('/validateRequestBody', 'true')] })
  assert.equal((await api.getRequestValidator(validator)).validateRequestBody, true)
  assert.equal((await api.getRequestValidators({ restApiId })).items?.length, 1)
  await api.deleteRequestValidator(validator)
  await assert.rejects(api.getRequestValidator(validator), { name: 'NotFoundException' })
}

async function walkGatewayResponses(api: APIGateway, restApiId: string): Promise<void> {
  const response = { restApiId, responseType: 'THROTTLED' } as const
  assert.equal((await api.putGatewayResponse({ ...response, statusCode: '503' })).defaultResponse, false)
  await api.updateGatewayResponse({
    ...response,
    patchOperations: [add('/responseParameters/gatewayresponse.header.Retry-After', "'1'")],
  })
  assert.deepEqual((await api.getGatewayResponse(response)).responseParameters, {
    'gatewayresponse.header.Retry-After': "'1'",
  })
  assert.equal((await api.getGatewayResponses({ restApiId })).items?.length, 21)
  await api.deleteGatewayResponse(response)
  assert.equal((await api.getGatewayResponse(response)).statusCode, '429')
}

async function walkMethod(api: APIGateway, restApiId: string, resourceId: string): Promise<void> {
  const method = { restApiId, resourceId, httpMethod: 'GET' }
  const response = { ...method, statusCode: '200' }
  const put = await api.putMethod({ ...method, authorizationType: 'NONE' })
  assert.deepEqual([put.$metadata.httpStatusCode, put.apiKeyRequired], [201, false])
  await api.updateMethod({ ...method, patchOperations: [replace('/operationName', 'getPet')] })

  assert.equal((await api.putMethodResponse(response)).statusCode, '200')
  const header = 'method.response.header.Location'
  const updated = await api.updateMethodResponse({
    ...response,
    patchOperations: [add(`/responseParameters/${header}`, 'true')],
  })
  assert.deepEqual([updated.$metadata.httpStatusCode, updated.responseParameters], [201, { [header]: true }])
  assert.deepEqual((await api.getMethodResponse(response)).responseParameters, { [header]: true })

  const requestTemplates = { [json]: '{"statusCode": 200}' }
  assert.equal((await api.putIntegration({ ...method, type: 'MOCK', requestTemplates })).cacheNamespace, resourceId)
  await api.updateIntegration({ ...method, patchOperations: [replace('/timeoutInMillis', '1000')] })
  assert.equal((await api.getIntegration(method)).timeoutInMillis, 1000)

  const responseTemplates = { [json]: '{}' }
  assert.deepEqual((await api.putIntegrationResponse({ ...response, responseTemplates })).responseTemplates, {
    [json]: '{}',
  })
  await api.updateIntegrationResponse({
    ...response,
    patchOperations: [replace('/responseTemplates/application~1json', '[]')],
  })
  assert.equal((await api.getIntegrationResponse(response)).responseTemplates?.[json], '[]')

  const whole = await api.getMethod(method)
  assert.equal(whole.operationName, 'getPet')
  assert.deepEqual(Object.keys(whole.methodResponses ?? {}), ['200'])
  assert.deepEqual(Object.keys(whole.methodIntegration?.integrationResponses ?? {}), ['200'])

  assert.equal((await api.deleteIntegrationResponse(response)).$metadata.httpStatusCode, 204)
  assert.equal((await api.deleteIntegration(method)).$metadata.httpStatusCode, 204)
  assert.equal((await api.deleteMethodResponse(response)).$metadata.httpStatusCode, 204)
  await assert.rejects(api.getIntegration(method), { message: 'Invalid Integration identifier specified' })
  await assert.rejects(api.getMethodResponse(response), { message: 'Invalid Response status code specified' })
  assert.equal((await api.deleteMethod(method)).$metadata.httpStatusCode, 204)
  await assert.rejects(api.getMethod(method), { message: 'Invalid Method identifier specified' })
}
