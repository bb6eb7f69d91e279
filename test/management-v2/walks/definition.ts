import assert from 'node:assert/strict'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'

/** What an API is made of: integrations, authorizers, routes and models. */
export async function walkDefinition(api: ApiGatewayV2): Promise<void> {
  const ApiId = required((await api.createApi({ Name: 'pets', ProtocolType: 'HTTP' })).ApiId)
  const { IntegrationId } = await api.createIntegration({
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'https://example.com',
  })
  await api.updateIntegration({ ApiId, IntegrationId, TimeoutInMillis: 1000 })
  assert.equal((await api.getIntegration({ ApiId, IntegrationId })).TimeoutInMillis, 1000)
  assert.equal((await api.getIntegrations({ ApiId })).Items?.length, 1)

  const { AuthorizerId } = await api.createAuthorizer({
    ApiId,
    Name: 'tokens',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['pets'] },
  })
  await api.updateAuthorizer({ ApiId, AuthorizerId, Name: 'bearers' })
  assert.equal((await api.getAuthorizer({ ApiId, AuthorizerId })).Name, 'bearers')
  assert.equal((await api.getAuthorizers({ ApiId })).Items?.length, 1)

  const Target = `integrations/${IntegrationId}`
  const { RouteId } = await api.createRoute({ ApiId, RouteKey: 'GET /pets', Target })
  const closed = { AuthorizationType: 'JWT', AuthorizerId, AuthorizationScopes: ['pets/read'] } as const
  await api.updateRoute({ ApiId, RouteId, ...closed, AuthorizationScopes: ['pets/read'] })
  assert.deepEqual((await api.getRoute({ ApiId, RouteId })).AuthorizationScopes, ['pets/read'])
  assert.equal((await api.getRoutes({ ApiId })).Items?.length, 1)
  await assert.rejects(api.deleteIntegration({ ApiId, IntegrationId }), { name: 'ConflictException' })
  await assert.rejects(api.deleteAuthorizer({ ApiId, AuthorizerId }), { name: 'ConflictException' })
  assert.equal((await api.deleteRoute({ ApiId, RouteId })).$metadata.httpStatusCode, 204)
  assert.equal((await api.deleteIntegration({ ApiId, IntegrationId })).$metadata.httpStatusCode, 204)
  assert.equal((await api.deleteAuthorizer({ ApiId, AuthorizerId })).$metadata.httpStatusCode, 204)

  const { ModelId } = await api.createModel({ ApiId, Name: 'Pet', Schema: '{"type":"string"}' })
  await api.updateModel({ ApiId, ModelId, Description: 'Its name' })
  assert.equal((await api.getModel({ ApiId, ModelId })).Description, 'Its name')
  assert.equal((await api.getModels({ ApiId })).Items?.length, 1)
  assert.match(required((await api.getModelTemplate({ ApiId, ModelId })).Value), /"foo"/)
  assert.equal((await api.deleteModel({ ApiId, ModelId })).$metadata.httpStatusCode, 204)
  await api.deleteApi({ ApiId })
}

/** The records of what only WebSocket APIs have. */
export async function walkWebSocketRecords(api: ApiGatewayV2): Promise<void> {
  const protocol = { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } as const
  const ApiId = required((await api.createApi({ Name: 'chat', ...protocol })).ApiId)
  const key = 'route.request.querystring.room'
  const { RouteId } = await api.createRoute({
    ApiId,
    RouteKey: '$connect',
    RequestParameters: { [key]: { Required: true } },
  })
  await api.deleteRouteRequestParameter({ ApiId, RouteId, RequestParameterKey: key })
  assert.deepEqual((await api.getRoute({ ApiId, RouteId })).RequestParameters, {})

  const route = { ApiId, RouteId }
  const { RouteResponseId } = await api.createRouteResponse({ ...route, RouteResponseKey: '$default' })
  await api.updateRouteResponse({ ...route, RouteResponseId, ResponseModels: { $default: 'Message' } })
  assert.deepEqual((await api.getRouteResponse({ ...route, RouteResponseId })).ResponseModels, { $default: 'Message' })
  assert.equal((await api.getRouteResponses(route)).Items?.length, 1)
  assert.equal((await api.deleteRouteResponse({ ...route, RouteResponseId })).$metadata.httpStatusCode, 204)

  const { IntegrationId } = await api.createIntegration({ ApiId, IntegrationType: 'MOCK' })
  const integration = { ApiId, IntegrationId }
  const made = await api.createIntegrationResponse({ ...integration, IntegrationResponseKey: '$default' })
  const response = { ...integration, IntegrationResponseId: made.IntegrationResponseId }
  await api.updateIntegrationResponse({ ...response, ResponseTemplates: { $default: '{}' } })
  assert.deepEqual((await api.getIntegrationResponse(response)).ResponseTemplates, { $default: '{}' })
  assert.equal((await api.getIntegrationResponses(integration)).Items?.length, 1)
  assert.equal((await api.deleteIntegrationResponse(response)).$metadata.httpStatusCode, 204)

  await assert.rejects(api.createDeployment({ ApiId }), {
    name: 'BadRequestException',
    message: 'Cannot deploy: the API is a WebSocket API, which this version does not serve',
  })
  await api.deleteApi({ ApiId })
}
