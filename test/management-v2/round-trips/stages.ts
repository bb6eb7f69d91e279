import { required } from '../../management/client.ts'
import { newApi, type Trip } from './new-api.ts'

export const stage: Trip = async (api) => {
  const ApiId = await newApi(api)
  await api.createRoute({ ApiId, RouteKey: 'GET /' })
  const { DeploymentId } = await api.createDeployment({ ApiId })
  const later = await api.createDeployment({ ApiId })
  const ids = { ApiId, StageName: '$default' }
  const AccessLogSettings = {
    DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:calls',
    Format: '$context.requestId',
  }
  const settings = { DeploymentId, Description: 'Live', StageVariables: { a: '1', b: '2' }, AccessLogSettings }
  const limits = { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 0.5 }
  const shown = {
    StageName: '$default',
    AccessLogSettings,
    Tags: { team: 'pets' },
    DefaultRouteSettings: { DetailedMetricsEnabled: false },
    RouteSettings: {},
  }
  return {
    create: () => api.createStage({ ...ids, ...settings, Tags: { team: 'pets' } }),
    read: () => api.getStage(ids),
    update: (isChanging) =>
      api.updateStage({
        ...ids,
        ...(isChanging && {
          DeploymentId: later.DeploymentId,
          Description: '',
          StageVariables: { a: '', c: '3' },
          DefaultRouteSettings: limits,
          RouteSettings: { 'GET /': limits },
        }),
      }),
    delete: () => api.deleteStage(ids),
    created: { ...shown, ...settings },
    updated: {
      ...shown,
      DeploymentId: later.DeploymentId,
      StageVariables: { b: '2', c: '3' },
      DefaultRouteSettings: { DetailedMetricsEnabled: false, ...limits },
      RouteSettings: { 'GET /': limits },
    },
    drawn: ['CreatedDate', 'LastUpdatedDate'],
  }
}

export const deployment: Trip = async (api) => {
  const ApiId = await newApi(api)
  await api.createRoute({ ApiId, RouteKey: 'GET /' })
  let DeploymentId = ''
  const shown = { AutoDeployed: false, DeploymentStatus: 'DEPLOYED' }
  return {
    async create() {
      const created = await api.createDeployment({ ApiId, Description: 'First' })
      DeploymentId = required(created.DeploymentId)
      return created
    },
    read: () => api.getDeployment({ ApiId, DeploymentId }),
    update: (isChanging) => api.updateDeployment({ ApiId, DeploymentId, ...(isChanging && { Description: 'One' }) }),
    delete: () => api.deleteDeployment({ ApiId, DeploymentId }),
    created: { ...shown, Description: 'First' },
    updated: { ...shown, Description: 'One' },
    drawn: ['DeploymentId', 'CreatedDate'],
  }
}
