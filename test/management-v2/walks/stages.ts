import assert from 'node:assert/strict'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'

/** Deployments, and the stages that serve them. */
export async function walkStages(api: ApiGatewayV2): Promise<void> {
  const ApiId = required((await api.createApi({ Name: 'pets', ProtocolType: 'HTTP' })).ApiId)
  await api.createRoute({ ApiId, RouteKey: 'GET /pets' })
  const { DeploymentId } = await api.createDeployment({ ApiId, Description: 'First' })
  await api.updateDeployment({ ApiId, DeploymentId, Description: 'One' })
  const deployment = await api.getDeployment({ ApiId, DeploymentId })
  assert.deepEqual([deployment.Description, deployment.DeploymentStatus], ['One', 'DEPLOYED'])
  assert.equal((await api.getDeployments({ ApiId })).Items?.length, 1)

  const stage = { ApiId, StageName: 'dev' }
  await api.createStage({
    ...stage,
    DeploymentId,
    RouteSettings: { 'GET /pets': { ThrottlingRateLimit: 5 } },
    AccessLogSettings: { Format: '$context.requestId' },
  })
  await api.updateStage({ ...stage, StageVariables: { edition: 'two' } })
  const shown = await api.getStage(stage)
  assert.deepEqual([shown.DeploymentId, shown.StageVariables], [DeploymentId, { edition: 'two' }])
  assert.equal((await api.getStages({ ApiId })).Items?.length, 1)
  for (const { $metadata } of [
    await api.deleteRouteSettings({ ...stage, RouteKey: 'GET /pets' }),
    await api.deleteAccessLogSettings(stage),
    await api.resetAuthorizersCache(stage),
  ]) {
    assert.equal($metadata.httpStatusCode, 204)
  }
  const { RouteSettings, AccessLogSettings } = await api.getStage(stage)
  assert.deepEqual([RouteSettings, AccessLogSettings], [{}, undefined])
  await assert.rejects(api.deleteDeployment({ ApiId, DeploymentId }), { name: 'BadRequestException' })
  assert.equal((await api.deleteStage(stage)).$metadata.httpStatusCode, 204)
  assert.equal((await api.deleteDeployment({ ApiId, DeploymentId })).$metadata.httpStatusCode, 204)
  await api.deleteApi({ ApiId })
}
