import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { add, remove, replace, required } from '../client.ts'
import { createMockApi } from '../mock-api.ts'
import type { RoundTrip } from './round-trip.ts'

export async function apiKey(api: APIGateway): Promise<RoundTrip> {
  const value = 'abcdefghijklmnopqrstuvwxyz'
  let id = ''
  return {
    async create() {
      const { value: created, ...key } = await api.createApiKey({
        name: 'mobile',
        description: 'Phones',
        enabled: true,
        value,
      })
      id = required(key.id)
      return { ...key, value: created }
    },
    read: () => api.getApiKey({ apiKey: id, includeValue: true }),
    async update(patchOperations) {
      // An update tells no value.
      return { ...(await api.updateApiKey({ apiKey: id, patchOperations })), value }
    },
    delete: () => api.deleteApiKey({ apiKey: id }),
    again: 'ConflictException',
    created: { name: 'mobile', description: 'Phones', enabled: true, value, stageKeys: [] },
    alsoRead: { tags: {} },
    patch: [
      replace('/name', 'desktop'),
      replace('/description', ''),
      replace('/enabled', 'false'),
      replace('/customerId', 'c-1'),
    ],
    patched: { name: 'desktop', enabled: false, customerId: 'c-1', value, stageKeys: [], tags: {} },
    drawn: ['id', 'createdDate', 'lastUpdatedDate'],
  }
}

/** Terraform takes the stages out before the delete. */
export async function usagePlan(api: APIGateway): Promise<RoundTrip> {
  const { restApiId: apiId } = await createMockApi(api)
  await api.createDeployment({ restApiId: apiId, stageName: 'dev' })
  await api.createDeployment({ restApiId: apiId, stageName: 'prod' })
  const limits = { burstLimit: 2, rateLimit: 1.5 }
  const devStage = { apiId, stage: 'dev', throttle: { '/pets/GET': limits } }
  let usagePlanId = ''
  return {
    async create() {
      const created = await api.createUsagePlan({
        name: 'basic',
        description: 'Basic',
        apiStages: [devStage],
        quota: { limit: 100, offset: 0, period: 'DAY' },
        throttle: { burstLimit: 20, rateLimit: 10 },
      })
      usagePlanId = required(created.id)
      return created
    },
    read: () => api.getUsagePlan({ usagePlanId }),
    update: (patchOperations) => api.updateUsagePlan({ usagePlanId, patchOperations }),
    async delete() {
      const stages = [remove('/apiStages', `${apiId}:prod`), remove('/apiStages', `${apiId}:dev`)]
      await api.updateUsagePlan({ usagePlanId, patchOperations: stages })
      await api.deleteUsagePlan({ usagePlanId })
    },
    created: {
      name: 'basic',
      description: 'Basic',
      apiStages: [devStage],
      quota: { limit: 100, offset: 0, period: 'DAY' },
      throttle: { burstLimit: 20, rateLimit: 10 },
    },
    alsoRead: { tags: {} },
    patch: [
      replace('/name', 'gold'),
      replace('/description', ''),
      add('/productCode', 'product'),
      remove('/apiStages', `${apiId}:dev`),
      add('/apiStages', `${apiId}:prod`),
      replace(`/apiStages/${apiId}:prod/throttle//pets/{petId}/GET/rateLimit`, '3.5'),
      replace(`/apiStages/${apiId}:prod/throttle//pets/{petId}/GET/burstLimit`, '4'),
      add('/apiStages', `${apiId}:dev`),
      remove('/throttle'),
      replace('/quota/limit', '50'),
      replace('/quota/offset', '6'),
      replace('/quota/period', 'WEEK'),
    ],
    patched: {
      name: 'gold',
      productCode: 'product',
      apiStages: [
        { apiId, stage: 'prod', throttle: { '/pets/{petId}/GET': { burstLimit: 4, rateLimit: 3.5 } } },
        { apiId, stage: 'dev' },
      ],
      quota: { limit: 50, offset: 6, period: 'WEEK' },
      tags: {},
    },
    drawn: ['id'],
  }
}

/** Terraform sends a limit of 0 for each that it is not told. */
export async function halfLimitedUsagePlan(api: APIGateway): Promise<RoundTrip> {
  const { restApiId: apiId } = await createMockApi(api)
  await api.createDeployment({ restApiId: apiId, stageName: 'dev' })
  const settings = {
    name: 'half',
    apiStages: [{ apiId, stage: 'dev', throttle: { '/a/b/GET': { burstLimit: 0, rateLimit: 2 } } }],
    throttle: { burstLimit: 0, rateLimit: 5 },
  }
  let usagePlanId = ''
  return {
    async create() {
      const created = await api.createUsagePlan(settings)
      usagePlanId = required(created.id)
      return created
    },
    read: () => api.getUsagePlan({ usagePlanId }),
    update: (patchOperations) => api.updateUsagePlan({ usagePlanId, patchOperations }),
    async delete() {
      await api.updateUsagePlan({ usagePlanId, patchOperations: [remove('/apiStages', `${apiId}:dev`)] })
      await api.deleteUsagePlan({ usagePlanId })
    },
    created: settings,
    alsoRead: { tags: {} },
    patch: [
      remove('/apiStages', `${apiId}:dev`),
      add('/apiStages', `${apiId}:dev`),
      replace('/throttle/rateLimit', '0'),
      replace('/throttle/burstLimit', '3'),
      replace('/quota/limit', '7'),
      replace('/quota/offset', '0'),
      replace('/quota/period', 'MONTH'),
    ],
    patched: {
      name: 'half',
      apiStages: [{ apiId, stage: 'dev' }],
      throttle: { burstLimit: 3, rateLimit: 0 },
      quota: { limit: 7, offset: 0, period: 'MONTH' },
      tags: {},
    },
    drawn: ['id'],
  }
}

export async function usagePlanKey(api: APIGateway): Promise<RoundTrip> {
  const key = await api.createApiKey({ name: 'mobile', enabled: true })
  const usagePlanId = required((await api.createUsagePlan({ name: 'basic' })).id)
  const ids = { usagePlanId, keyId: key.id }
  return {
    create: () => api.createUsagePlanKey({ ...ids, keyType: 'API_KEY' }),
    read: () => api.getUsagePlanKey(ids),
    delete: () => api.deleteUsagePlanKey(ids),
    again: 'ConflictException',
    created: { id: key.id, name: 'mobile', type: 'API_KEY', value: key.value },
  }
}
