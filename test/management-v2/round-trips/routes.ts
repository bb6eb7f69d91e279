import { required } from '../../management/client.ts'
import { newApi, type Trip } from './new-api.ts'

const webSocket = { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }

export const route: Trip = async (api) => {
  const ApiId = await newApi(api)
  let RouteId = ''
  const { IntegrationId } = await api.createIntegration({
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'https://example.com',
  })
  const Target = `integrations/${IntegrationId}`
  const settings = { RouteKey: 'GET /pets/{id}', AuthorizationType: 'AWS_IAM' as const, OperationName: 'getPet' }
  const changes = { RouteKey: '$default', AuthorizationType: 'NONE' as const, OperationName: '', Target }
  return {
    async create() {
      const created = await api.createRoute({ ApiId, ...settings })
      RouteId = required(created.RouteId)
      return created
    },
    read: () => api.getRoute({ ApiId, RouteId }),
    update: (isChanging) => api.updateRoute({ ApiId, RouteId, ...(isChanging && changes) }),
    delete: () => api.deleteRoute({ ApiId, RouteId }),
    created: { ...settings, ApiKeyRequired: false },
    updated: { RouteKey: '$default', AuthorizationType: 'NONE', Target, ApiKeyRequired: false },
    drawn: ['RouteId'],
  }
}

export const webSocketRoute: Trip = async (api) => {
  const ApiId = await newApi(api, webSocket)
  let RouteId = ''
  const settings = {
    RouteKey: '$connect',
    ApiKeyRequired: true,
    RequestModels: { $default: 'Message' },
    RequestParameters: { 'route.request.header.a': { Required: true } },
  }
  const changes = { ApiKeyRequired: false, RouteResponseSelectionExpression: '$default' }
  return {
    async create() {
      const created = await api.createRoute({ ApiId, ...settings })
      RouteId = required(created.RouteId)
      return created
    },
    read: () => api.getRoute({ ApiId, RouteId }),
    update: (isChanging) => api.updateRoute({ ApiId, RouteId, ...(isChanging && changes) }),
    delete: () => api.deleteRoute({ ApiId, RouteId }),
    created: { ...settings, AuthorizationType: 'NONE' },
    updated: { ...settings, AuthorizationType: 'NONE', ...changes },
    drawn: ['RouteId'],
  }
}

export const model: Trip = async (api) => {
  const ApiId = await newApi(api)
  let ModelId = ''
  const settings = { Name: 'Pet', Description: 'One', Schema: '{"type":"object"}' }
  const changes = { Name: 'Text', ContentType: 'text/plain', Description: '', Schema: 'any' }
  return {
    async create() {
      const created = await api.createModel({ ApiId, ...settings })
      ModelId = required(created.ModelId)
      return created
    },
    read: () => api.getModel({ ApiId, ModelId }),
    update: (isChanging) => api.updateModel({ ApiId, ModelId, ...(isChanging && changes) }),
    delete: () => api.deleteModel({ ApiId, ModelId }),
    created: { ...settings, ContentType: 'application/json' },
    updated: { Name: 'Text', ContentType: 'text/plain', Schema: 'any' },
    drawn: ['ModelId'],
  }
}
