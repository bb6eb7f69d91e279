import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { remove, replace, required } from '../client.ts'
import { createMockApi } from '../mock-api.ts'
import type { RoundTrip } from './round-trip.ts'

export async function deployment(api: APIGateway): Promise<RoundTrip> {
  const { restApiId } = await createMockApi(api)
  let deploymentId = ''
  return {
    async create() {
      const created = await api.createDeployment({ restApiId, description: 'first' })
      deploymentId = required(created.id)
      return created
    },
    read: () => api.getDeployment({ restApiId, deploymentId }),
    update: (patchOperations) => api.updateDeployment({ restApiId, deploymentId, patchOperations }),
    delete: () => api.deleteDeployment({ restApiId, deploymentId }),
    created: { description: 'first' },
    patch: [replace('/description', 'second')],
    patched: { description: 'second' },
    drawn: ['id', 'createdDate'],
  }
}

export async function stage(api: APIGateway): Promise<RoundTrip> {
  const { restApiId } = await createMockApi(api)
  const deploymentId = required((await api.createDeployment({ restApiId })).id)
  const later = required((await api.createDeployment({ restApiId })).id)
  await api.createDocumentationVersion({ restApiId, documentationVersion: '1.0' })
  const ids = { restApiId, stageName: 'prod' }
  const shown = {
    stageName: 'prod',
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
  }
  return {
    create: () =>
      api.createStage({
        ...ids,
        deploymentId,
        description: 'Production',
        variables: { color: 'blue', size: 'xl' },
        tags: { team: 'pets' },
      }),
    read: () => api.getStage(ids),
    update: (patchOperations) => api.updateStage({ ...ids, patchOperations }),
    delete: () => api.deleteStage(ids),
    again: 'ConflictException',
    created: {
      ...shown,
      deploymentId,
      description: 'Production',
      variables: { color: 'blue', size: 'xl' },
      tags: { team: 'pets' },
    },
    patch: [
      replace('/cacheClusterEnabled', 'false'),
      replace('/clientCertificateId', ''),
      replace('/deploymentId', later),
      replace('/description', ''),
      replace('/tracingEnabled', 'false'),
      replace('/documentationVersion', '1.0'),
      remove('/variables/color'),
      replace('/variables/size', 'm'),
      replace('/variables/shape', 'round'),
    ],
    patched: {
      ...shown,
      deploymentId: later,
      documentationVersion: '1.0',
      variables: { size: 'm', shape: 'round' },
      tags: { team: 'pets' },
    },
    drawn: ['createdDate', 'lastUpdatedDate'],
  }
}

/** As Terraform sends a canary: all settings at first, then what has changed. */
export async function canary(api: APIGateway): Promise<RoundTrip> {
  const { restApiId } = await createMockApi(api)
  const deploymentId = required((await api.createDeployment({ restApiId })).id)
  const later = required((await api.createDeployment({ restApiId })).id)
  const ids = { restApiId, stageName: 'prod' }
  const canarySettings = {
    deploymentId: later,
    percentTraffic: 10.5,
    useStageCache: false,
    stageVariableOverrides: { color: 'red', size: 's' },
  }
  const read = async () => {
    const { canarySettings: settings, deploymentId: own } = await api.getStage(ids)
    return { own, canarySettings: settings }
  }
  return {
    async create() {
      await api.createStage({ ...ids, deploymentId, variables: { color: 'blue' }, canarySettings })
      return read()
    },
    read,
    async update(patchOperations) {
      await api.updateStage({ ...ids, patchOperations })
      return read()
    },
    delete: () => api.deleteStage(ids),
    again: 'ConflictException',
    created: { own: deploymentId, canarySettings },
    patch: [
      replace('/canarySettings/percentTraffic', '50.0'),
      replace('/canarySettings/deploymentId', deploymentId),
      replace('/canarySettings/useStageCache', 'true'),
      remove('/canarySettings/stageVariableOverrides/color'),
      replace('/canarySettings/stageVariableOverrides/size', 'm'),
    ],
    patched: {
      own: deploymentId,
      canarySettings: { deploymentId, percentTraffic: 50, useStageCache: true, stageVariableOverrides: { size: 'm' } },
    },
    drawn: [],
  }
}

/** As Terraform sends method settings: with a path's slashes as they are, and limits that are none. */
export async function unlimitedMethodSettings(api: APIGateway): Promise<RoundTrip> {
  const { restApiId } = await createMockApi(api)
  await api.createDeployment({ restApiId, stageName: 'prod' })
  const ids = { restApiId, stageName: 'prod' }
  const settings = {
    metricsEnabled: false,
    dataTraceEnabled: false,
    throttlingBurstLimit: -1,
    throttlingRateLimit: -1,
    cachingEnabled: false,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
  }
  const read = async () => ({ ...(await api.getStage(ids)).methodSettings })
  return {
    create: read,
    read,
    async update(patchOperations) {
      return { ...(await api.updateStage({ ...ids, patchOperations })).methodSettings }
    },
    delete: () => api.updateStage({ ...ids, patchOperations: [remove('/a/b/GET')] }),
    created: {},
    patch: [
      replace('/a/b/GET/metrics/enabled', 'false'),
      replace('/a/b/GET/throttling/burstLimit', '-1'),
      replace('/a/b/GET/throttling/rateLimit', '-1.000000'),
    ],
    patched: { 'a/b/GET': settings },
    reset: {},
  }
}

/** As Terraform's method settings, whose resource is a part of the stage. */
export async function methodSettings(api: APIGateway): Promise<RoundTrip> {
  const { restApiId } = await createMockApi(api)
  const ids = { restApiId, stageName: 'prod' }
  const { id: deploymentId } = await api.createDeployment({ restApiId, stageName: 'prod' })
  const shown = {
    stageName: 'prod',
    deploymentId,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
  }
  const defaults = {
    metricsEnabled: false,
    loggingLevel: 'OFF',
    dataTraceEnabled: false,
    throttlingBurstLimit: 5000,
    throttlingRateLimit: 10_000,
    cachingEnabled: false,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
  }
  return {
    create: () => api.getStage(ids),
    read: () => api.getStage(ids),
    update: (patchOperations) => api.updateStage({ ...ids, patchOperations }),
    delete: () => api.updateStage({ ...ids, patchOperations: [remove('/~1pets/GET'), remove('/*/*')] }),
    created: shown,
    patch: [
      replace('/*/*/metrics/enabled', 'false'),
      replace('/*/*/logging/loglevel', 'OFF'),
      replace('/~1pets/GET/logging/loglevel', 'OFF'),
      replace('/~1pets/GET/throttling/burstLimit', '5000'),
      replace('/~1pets/GET/throttling/rateLimit', '10000'),
    ],
    patched: { ...shown, methodSettings: { '*/*': defaults, 'pets/GET': defaults } },
    reset: shown,
    drawn: ['createdDate', 'lastUpdatedDate'],
  }
}
