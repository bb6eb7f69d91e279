import assert from 'node:assert/strict'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { replace, required } from '../client.ts'
import { createMockApi } from '../mock-api.ts'

/** Deployments, stages, their documents and SDKs. */
export async function walkDeployment(api: APIGateway): Promise<void> {
  const { restApiId } = await createMockApi(api)
  const created = await api.createDeployment({ restApiId, stageName: 'dev', description: 'first' })
  const deployment = { restApiId, deploymentId: required(created.id) }
  const summary = await api.getDeployment({ ...deployment, embed: ['apisummary'] })
  assert.deepEqual(summary.apiSummary, { '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } })
  assert.equal((await api.getDeployments({ restApiId })).items?.length, 1)
  await api.updateDeployment({ ...deployment, patchOperations: [replace('/description', 'changed')] })
  assert.equal((await api.getDeployment(deployment)).description, 'changed')

  const stage = { restApiId, stageName: 'prod' }
  const { methodSettings } = await api.createStage({ ...stage, deploymentId: deployment.deploymentId })
  assert.deepEqual(methodSettings, {})
  await api.updateStage({ ...stage, patchOperations: [replace('/variables/color', 'blue')] })
  assert.deepEqual((await api.getStage(stage)).variables, { color: 'blue' })
  assert.deepEqual(
    (await api.getStages({ restApiId })).item?.map(({ stageName }) => stageName),
    ['dev', 'prod'],
  )
  assert.equal((await api.flushStageCache(stage)).$metadata.httpStatusCode, 202)
  assert.equal((await api.flushStageAuthorizersCache(stage)).$metadata.httpStatusCode, 202)

  const canary = await api.createDeployment({
    ...stage,
    canarySettings: { percentTraffic: 10, stageVariableOverrides: { color: 'green' } },
  })
  const { canarySettings, deploymentId } = await api.getStage(stage)
  assert.equal(deploymentId, deployment.deploymentId)
  assert.deepEqual(canarySettings, {
    percentTraffic: 10,
    useStageCache: false,
    deploymentId: canary.id,
    stageVariableOverrides: { color: 'green' },
  })
  const promotion = [
    replace('/canarySettings/percentTraffic', '0.0'),
    { op: 'copy' as const, from: '/canarySettings/stageVariableOverrides', path: '/variables' },
    { op: 'copy' as const, from: '/canarySettings/deploymentId', path: '/deploymentId' },
  ]
  const promoted = await api.updateStage({ ...stage, patchOperations: promotion })
  assert.deepEqual([promoted.deploymentId, promoted.variables], [canary.id, { color: 'green' }])
  await api.updateStage({ ...stage, patchOperations: [{ op: 'remove', path: '/canarySettings' }] })
  assert.equal((await api.getStage(stage)).canarySettings, undefined)

  const { body, contentDisposition } = await api.getExport({ ...stage, exportType: 'oas30' })
  assert.equal(JSON.parse(required(body?.transformToString())).openapi, '3.0.1')
  assert.match(contentDisposition ?? '', /^attachment; filename="oas30_.*\.json"$/)

  const sdk = await api.getSdk({ ...stage, sdkType: 'javascript' })
  assert.match(sdk.contentDisposition ?? '', /^attachment; filename="javascript_.*\.zip"$/)

  await assert.rejects(api.deleteDeployment(deployment), {
    name: 'BadRequestException',
    message: 'Active stages pointing to this deployment must be moved or deleted',
  })
  for (const stageName of ['dev', 'prod']) {
    assert.equal((await api.deleteStage({ restApiId, stageName })).$metadata.httpStatusCode, 202)
  }
  await api.deleteDeployment(deployment)
  await assert.rejects(api.getDeployment(deployment), { message: 'Invalid Deployment identifier specified' })
}
