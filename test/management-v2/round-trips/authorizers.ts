import { required } from '../../management/client.ts'
import { functionUri, newApi, role, type Trip } from './new-api.ts'

export const jwtAuthorizer: Trip = async (api) => {
  const ApiId = await newApi(api)
  let AuthorizerId = ''
  const fixed = { AuthorizerType: 'JWT' as const }
  const settings = {
    Name: 'tokens',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['a', 'b'] },
  }
  const changes = { Name: 'bearers', JwtConfiguration: { Audience: ['c'] } }
  return {
    async create() {
      const created = await api.createAuthorizer({ ApiId, ...fixed, ...settings })
      AuthorizerId = required(created.AuthorizerId)
      return created
    },
    read: () => api.getAuthorizer({ ApiId, AuthorizerId }),
    update: (isChanging) => api.updateAuthorizer({ ApiId, AuthorizerId, ...(isChanging && changes) }),
    delete: () => api.deleteAuthorizer({ ApiId, AuthorizerId }),
    created: { ...fixed, ...settings },
    updated: {
      ...fixed,
      ...settings,
      Name: 'bearers',
      JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['c'] },
    },
    drawn: ['AuthorizerId'],
  }
}

export const functionAuthorizer: Trip = async (api) => {
  const ApiId = await newApi(api)
  let AuthorizerId = ''
  const settings = {
    AuthorizerType: 'REQUEST' as const,
    Name: 'function',
    AuthorizerUri: functionUri,
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerCredentialsArn: role,
    IdentitySource: ['$request.header.x', '$context.routeKey'],
    AuthorizerResultTtlInSeconds: 60,
    EnableSimpleResponses: true,
  }
  const { AuthorizerCredentialsArn: _, ...kept } = settings
  const changed = { EnableSimpleResponses: false, AuthorizerResultTtlInSeconds: 0, IdentitySource: [] }
  return {
    async create() {
      const created = await api.createAuthorizer({ ApiId, ...settings })
      AuthorizerId = required(created.AuthorizerId)
      return created
    },
    read: () => api.getAuthorizer({ ApiId, AuthorizerId }),
    update: (isChanging) =>
      api.updateAuthorizer({ ApiId, AuthorizerId, ...(isChanging && { ...changed, AuthorizerCredentialsArn: '' }) }),
    delete: () => api.deleteAuthorizer({ ApiId, AuthorizerId }),
    created: settings,
    updated: { ...kept, ...changed },
    drawn: ['AuthorizerId'],
  }
}
