import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { clientsOf, createApi, deploy, putMock } from '../api.ts'
import { type Gatehouse, startGatehouse } from '../gatehouse.ts'
import { connect, remove, replace } from '../management/client.ts'

describe('a throttled stage', () => {
  let gatehouse: Gatehouse
  let api: APIGateway
  before(async () => {
    gatehouse = await startGatehouse()
    api = connect(gatehouse.url)
  })
  after(() => gatehouse[Symbol.asyncDispose]())

  async function served(): Promise<string> {
    const clients = clientsOf(gatehouse.url)
    const { restApiId, rootId } = await createApi(clients, 'throttled')
    await putMock(clients, { restApiId, resourceId: rootId, text: 'ok' })
    await deploy(clients, restApiId)
    return restApiId
  }

  /** The statuses of so many calls, each over a connection of its own: they reach all workers. */
  async function statuses(restApiId: string, calls: number): Promise<number[]> {
    const url = `${gatehouse.url}/_aws/execute-api/${restApiId}/dev`
    const answers = Array.from({ length: calls }, () => fetch(url, { headers: { Connection: 'close' } }))
    return (await Promise.all(answers)).map(({ status }) => status)
  }
  const count = (all: readonly number[], status: number) => all.filter((one) => one === status).length

  test('admits its burst exactly, whichever worker a call reaches, and says so as AWS does', async () => {
    const restApiId = await served()
    const stage = { restApiId, stageName: 'dev' }
    await api.updateStage({
      ...stage,
      patchOperations: [replace('/*/*/throttling/rateLimit', '0.001'), replace('/*/*/throttling/burstLimit', '7')],
    })
    const all = await statuses(restApiId, 40)
    assert.deepEqual([count(all, 200), count(all, 429)], [7, 33])
    const refused = await fetch(`${gatehouse.url}/_aws/execute-api/${restApiId}/dev`)
    assert.deepEqual(
      [refused.status, refused.headers.get('x-amzn-errortype'), await refused.text()],
      [429, 'TooManyRequestsException', '{"message":"Too Many Requests"}'],
    )
    assert.equal(refused.headers.get('retry-after'), null)

    await api.updateStage({ ...stage, patchOperations: [replace('/~1/GET/throttling/rateLimit', '1000000')] })
    assert.deepEqual(count(await statuses(restApiId, 5), 200), 5)
    await api.updateStage({ ...stage, patchOperations: [replace('/~1/GET/throttling/burstLimit', '0')] })
    assert.deepEqual(count(await statuses(restApiId, 5), 429), 5)
    await api.updateStage({ ...stage, patchOperations: [remove('/~1/GET'), remove('/*/*')] })
    assert.deepEqual(count(await statuses(restApiId, 40), 200), 40)
  })
})

test('an account as a whole is throttled as the configuration says, and callers are told', async () => {
  const args = ['--account-rate-limit', '1', '--account-burst-limit', '3', '--rate-limit-headers']
  await using gatehouse = await startGatehouse({ args })
  const { throttleSettings } = await connect(gatehouse.url).getAccount({})
  assert.deepEqual(throttleSettings, { rateLimit: 1, burstLimit: 3 })

  const clients = clientsOf(gatehouse.url)
  const urls = await Promise.all(
    ['one', 'other'].map(async (name) => {
      const { restApiId, rootId } = await createApi(clients, name)
      await putMock(clients, { restApiId, resourceId: rootId, text: 'ok' })
      await deploy(clients, restApiId)
      return `${gatehouse.url}/_aws/execute-api/${restApiId}/dev`
    }),
  )
  const answers = await Promise.all([...urls, ...urls, ...urls].map((url) => fetch(url)))
  const admitted = answers.filter(({ status }) => status === 200)
  const refused = answers.filter(({ status }) => status === 429)
  assert.deepEqual([admitted.length, refused.length], [3, 3])
  for (const { headers } of answers) assert.equal(headers.get('ratelimit-policy'), '"account";q=3;w=3')
  for (const { headers } of refused) {
    assert.equal(headers.get('retry-after'), '1')
    assert.match(headers.get('ratelimit') ?? '', /^"account";r=0;t=[23]$/)
  }
})
