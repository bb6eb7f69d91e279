import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway, CreateUsagePlanCommandInput } from '@aws-sdk/client-api-gateway'
import { clientsOf, createApi, createResource, deploy, putMock } from '../api.ts'
import { type Gatehouse, startGatehouse, temporaryFolder } from '../gatehouse.ts'
import { connect, replace, required } from '../management/client.ts'

const never = { rateLimit: 0.001, burstLimit: 1_000 }
const forbidden = [403, 'ForbiddenException', '{"message":"Forbidden"}']
const today = () => new Date().toISOString().slice(0, 10)

describe('a method that requires an API key', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  /** An API whose root and `/pets` answer who has a key. */
  async function served(): Promise<string> {
    const clients = clientsOf(gatehouse.url)
    const { restApiId, rootId } = await createApi(clients, 'keyed')
    for (const resourceId of [rootId, await createResource(clients, restApiId, 'pets')]) {
      await putMock(clients, { restApiId, resourceId, text: '$context.identity.apiKeyId' })
      const patchOperations = [replace('/apiKeyRequired', 'true')]
      await api.updateMethod({ restApiId, resourceId, httpMethod: 'GET', patchOperations })
    }
    await deploy(clients, restApiId)
    return restApiId
  }

  async function planned(restApiId: string, terms: Partial<CreateUsagePlanCommandInput> = {}) {
    const apiStages = [{ apiId: restApiId, stage: 'dev' }]
    const { id } = await api.createUsagePlan({ name: 'plan', apiStages, ...terms })
    const usagePlanId = required(id)
    return { usagePlanId, key: await keyOf(usagePlanId) }
  }

  async function keyOf(usagePlanId: string) {
    const { id, value } = await api.createApiKey({ enabled: true })
    await api.createUsagePlanKey({ usagePlanId, keyId: required(id), keyType: 'API_KEY' })
    return { id: required(id), value: required(value) }
  }

  const call = (restApiId: string, value?: string, path = '') =>
    fetch(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev${path}`, {
      headers: { Connection: 'close', ...(value !== undefined && { 'x-api-key': value }) },
    })
  const answerOf = async (response: Promise<Response>) => {
    const { status, headers, text } = await response.then(async (r) => ({
      status: r.status,
      headers: r.headers,
      text: await r.text(),
    }))
    return [status, headers.get('x-amzn-errortype'), text]
  }
  async function admitted(restApiId: string, value: string, calls: number, path = ''): Promise<number> {
    const answers = await Promise.all(Array.from({ length: calls }, () => call(restApiId, value, path)))
    return answers.filter(({ status }) => status === 200).length
  }

  test('lets in enabled keys of a plan for its stage, and nobody else', async () => {
    const restApiId = await served()
    const { usagePlanId, key } = await planned(restApiId)
    assert.deepEqual(await answerOf(call(restApiId, key.value)), [200, null, key.id])
    const stranger = await api.createApiKey({ enabled: true })
    const elsewhere = await planned(restApiId, { apiStages: [] })
    for (const value of [
      undefined,
      '',
      'nonsense',
      key.id,
      `${key.value} `.repeat(2),
      stranger.value,
      elsewhere.key.value,
    ]) {
      assert.deepEqual(await answerOf(call(restApiId, value)), forbidden)
    }

    await api.updateApiKey({ apiKey: key.id, patchOperations: [replace('/enabled', 'false')] })
    assert.deepEqual(await answerOf(call(restApiId, key.value)), forbidden)
    await api.updateApiKey({ apiKey: key.id, patchOperations: [replace('/enabled', 'true')] })
    assert.equal((await call(restApiId, key.value)).status, 200)
    await api.deleteUsagePlanKey({ usagePlanId, keyId: key.id })
    assert.deepEqual(await answerOf(call(restApiId, key.value)), forbidden)
    await api.createUsagePlanKey({ usagePlanId, keyId: key.id, keyType: 'API_KEY' })
    assert.equal((await call(restApiId, key.value)).status, 200)
    const patchOperations = [{ op: 'remove' as const, path: '/apiStages', value: `${restApiId}:dev` }]
    await api.updateUsagePlan({ usagePlanId, patchOperations })
    assert.deepEqual(await answerOf(call(restApiId, key.value)), forbidden)
    await api.updateUsagePlan({ usagePlanId, patchOperations: [{ ...patchOperations[0], op: 'add' }] })
    assert.equal((await call(restApiId, key.value)).status, 200)
    await api.deleteApiKey({ apiKey: key.id })
    assert.deepEqual(await answerOf(call(restApiId, key.value)), forbidden)
  })

  test('admits each key at the rate of its plan', async () => {
    const restApiId = await served()
    const { usagePlanId, key } = await planned(restApiId, { throttle: { ...never, burstLimit: 5 } })
    const other = await keyOf(usagePlanId)
    assert.equal(await admitted(restApiId, key.value, 20), 5)
    assert.deepEqual(await answerOf(call(restApiId, key.value)), [
      429,
      'TooManyRequestsException',
      '{"message":"Too Many Requests"}',
    ])
    assert.equal(await admitted(restApiId, other.value, 20), 5)
  })

  test('admits each key at the rate of a method, which costs the others nothing', async () => {
    const restApiId = await served()
    const throttle = { '/pets/GET': { ...never, burstLimit: 2 } }
    const apiStages = [{ apiId: restApiId, stage: 'dev', throttle }]
    const { key } = await planned(restApiId, { apiStages, throttle: { ...never, burstLimit: 10 } })
    assert.equal(await admitted(restApiId, key.value, 20, '/pets'), 2)
    assert.equal(await admitted(restApiId, key.value, 20), 8)
  })

  test('counts calls against a quota, shows them, and grants more', async () => {
    const restApiId = await served()
    const { usagePlanId, key } = await planned(restApiId, { quota: { limit: 10, period: 'MONTH' } })
    const range = { usagePlanId, keyId: key.id, startDate: today(), endDate: today() }
    assert.equal(await admitted(restApiId, key.value, 4), 4)
    assert.deepEqual((await api.getUsage(range)).items, { [key.id]: [[4, 6]] })
    assert.equal(await admitted(restApiId, key.value, 30), 6)
    assert.deepEqual(await answerOf(call(restApiId, key.value)), [
      429,
      'LimitExceededException',
      '{"message":"Limit Exceeded"}',
    ])
    const patchOperations = [replace('/remaining', '3')]
    const granted = await api.updateUsage({ usagePlanId, keyId: key.id, patchOperations })
    assert.deepEqual(granted.items, { [key.id]: [[10, 3]] })
    assert.equal(await admitted(restApiId, key.value, 30), 3)
    assert.deepEqual((await api.getUsage(range)).items, { [key.id]: [[13, 0]] })
  })

  test('does not count what another limit refuses', async () => {
    const restApiId = await served()
    const throttle = { ...never, burstLimit: 3 }
    const { usagePlanId, key } = await planned(restApiId, { throttle, quota: { limit: 10, period: 'DAY' } })
    assert.equal(await admitted(restApiId, key.value, 20), 3)
    const range = { usagePlanId, startDate: today(), endDate: today() }
    assert.deepEqual((await api.getUsage(range)).items, { [key.id]: [[3, 7]] })
  })
})

test('what was used is still used after a stop, and all but a second of it after a crash', async () => {
  const dataDir = await temporaryFolder()
  let gatehouse = await startGatehouse({ dataDir })
  const start = async () => {
    gatehouse = await startGatehouse({ dataDir })
    return connect(gatehouse.url)
  }
  let api = connect(gatehouse.url)
  const clients = clientsOf(gatehouse.url)
  const { restApiId, rootId } = await createApi(clients, 'kept')
  await putMock(clients, { restApiId, resourceId: rootId, text: 'ok' })
  const method = { restApiId, resourceId: rootId, httpMethod: 'GET' }
  await api.updateMethod({ ...method, patchOperations: [replace('/apiKeyRequired', 'true')] })
  await deploy(clients, restApiId)
  const quota = { limit: 100, period: 'MONTH' as const }
  const plan = await api.createUsagePlan({ name: 'p', quota, apiStages: [{ apiId: restApiId, stage: 'dev' }] })
  const usagePlanId = required(plan.id)
  const key = await api.createApiKey({ enabled: true })
  const keyId = required(key.id)
  await api.createUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' })

  const use = async (calls: number) => {
    for (let i = 0; i < calls; i++) {
      const headers = { 'x-api-key': required(key.value) }
      const { status } = await fetch(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev`, { headers })
      assert.equal(status, 200)
    }
  }
  const used = async () => {
    const { items } = await api.getUsage({ usagePlanId, startDate: today(), endDate: today() })
    return items?.[keyId]?.[0]
  }

  await use(7)
  await gatehouse.stop()
  api = await start()
  assert.deepEqual(await used(), [7, 93])
  await use(5)
  // What is shown has been stored.
  assert.deepEqual(await used(), [12, 88])
  await gatehouse.stop('SIGKILL')
  api = await start()
  assert.deepEqual(await used(), [12, 88])
  await use(1)
  assert.deepEqual(await used(), [13, 87])
  await gatehouse.stop()
})
