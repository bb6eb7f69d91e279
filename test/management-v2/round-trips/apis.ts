import { required } from '../../management/client.ts'
import type { Trip } from './new-api.ts'

export const httpApi: Trip = async (api) => {
  let ApiId = ''
  const fixed = {
    ProtocolType: 'HTTP' as const,
    ApiKeySelectionExpression: '$request.header.x-api-key',
    RouteSelectionExpression: '$request.method $request.path',
    Tags: { team: 'pets' },
  }
  const CorsConfiguration = { AllowOrigins: ['https://example.com'], AllowMethods: ['GET', '*'], MaxAge: 5 }
  const changes = {
    Name: 'animals',
    Description: '',
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'dualstack' as const,
    CorsConfiguration: { AllowOrigins: ['*'], AllowHeaders: ['x-a'], ExposeHeaders: ['x-b'], AllowCredentials: false },
  }
  const { Description: _, ...shown } = changes
  const settings = {
    Name: 'pets',
    Description: 'All',
    Version: '1',
    DisableExecuteApiEndpoint: true,
    CorsConfiguration,
  }
  return {
    async create() {
      const created = await api.createApi({ ...fixed, ...settings })
      ApiId = required(created.ApiId)
      return created
    },
    read: () => api.getApi({ ApiId }),
    update: (isChanging) => api.updateApi({ ApiId, ...(isChanging && changes) }),
    delete: () => api.deleteApi({ ApiId }),
    created: { ...fixed, ...settings, IpAddressType: 'ipv4' },
    updated: { ...fixed, Version: '1', ...shown },
    drawn: ['ApiId', 'ApiEndpoint', 'CreatedDate'],
  }
}
