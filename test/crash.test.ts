import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { paginateGetRestApis, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import {
  type Clients,
  clientsOf,
  createApi,
  createFunction,
  createResource,
  deploy,
  editMock,
  invokeUrl,
  permit,
  putMock,
  putProxy,
} from './api.ts'
import { startGatehouse, temporaryFolder } from './gatehouse.ts'
import { startLoad } from './load.ts'

const source = `export const handler = async () => ({ statusCode: 200, body: String(process.pid) })`

describe('kill -9 under load', () => {
  test('loses nothing that was acknowledged, and the restarted gateway serves the same', async () => {
    const dataDir = await temporaryFolder()
    const { api, created } = await crash(dataDir)
    await using gatehouse = await startGatehouse({ dataDir })
    const clients = clientsOf(gatehouse.url)

    assert.equal(await answer(clients, api), 'second', 'neither the first deployment nor the edit after the second')
    assert.match(await answer(clients, api, '/function'), /^\d+$/)

    const stored = await storedApis(clients)
    assert.deepEqual(
      created.filter((id) => !stored.has(id)),
      [],
    )
    assert.ok(stored.size <= created.length + 2, 'at most the write that was cut short is there beyond the others')

    const patchOperations = [{ op: 'replace', path: '/deploymentId', value: api.firstDeployment } as const]
    const stage = { restApiId: api.restApiId, stageName: 'dev' }
    await clients.apigateway.send(new UpdateStageCommand({ ...stage, patchOperations }))
    assert.equal(await answer(clients, api), 'first')
    await deploy(clients, api.restApiId)
    assert.equal(await answer(clients, api), 'third')
    await rm(dataDir, { recursive: true })
  })
})

interface DeployedApi {
  readonly restApiId: string
  readonly firstDeployment: string
}

/**
 * Kills a gateway while it answers calls and creates APIs.
 *
 * @returns the API that it served, and the ids of the others whose creation it acknowledged.
 */
async function crash(dataDir: string): Promise<{ api: DeployedApi; created: readonly string[] }> {
  await using gatehouse = await startGatehouse({ dataDir })
  const clients = clientsOf(gatehouse.url)
  const api = await deployTwice(clients)
  const pid = Number(await answer(clients, api, '/function'))
  assert.ok(isAlive(pid))

  await using mockLoad = startLoad(invokeUrl(clients, api.restApiId))
  await using functionLoad = startLoad(invokeUrl(clients, api.restApiId, '/function'))
  const creating = createUntilRefused(clients)
  await Promise.all([mockLoad.reached(200), functionLoad.reached(200)])
  await gatehouse.stop('SIGKILL')
  const created = await creating
  assert.ok(created.length > 0)
  await ended(pid)
  return { api, created }
}

/** An API with a mock that was deployed as `first` and `second`, and edited to `third`; and with a function. */
async function deployTwice(clients: Clients): Promise<DeployedApi> {
  const { restApiId, rootId } = await createApi(clients, 'survivor')
  const functionArn = await createFunction(clients, 'survivor', source)
  await permit(clients, functionArn, restApiId)
  const resourceId = await createResource(clients, restApiId, 'function')
  await putProxy(clients, { restApiId, resourceId }, { functionArn })

  const root = { restApiId, resourceId: rootId }
  await putMock(clients, { ...root, text: 'first' })
  const firstDeployment = await deploy(clients, restApiId)
  await editMock(clients, { ...root, text: 'second' })
  await deploy(clients, restApiId)
  await editMock(clients, { ...root, text: 'third' })
  return { restApiId, firstDeployment }
}

async function createUntilRefused(clients: Clients): Promise<string[]> {
  const created: string[] = []
  try {
    for (;;) created.push((await createApi(clients, 'written')).restApiId)
  } catch {
    return created
  }
}

async function answer(clients: Clients, { restApiId }: DeployedApi, path = '/'): Promise<string> {
  const response = await fetch(invokeUrl(clients, restApiId, path))
  assert.equal(response.status, 200)
  return response.text()
}

async function storedApis({ apigateway }: Clients): Promise<ReadonlySet<string | undefined>> {
  const stored = new Set<string | undefined>()
  for await (const { items = [] } of paginateGetRestApis({ client: apigateway }, { limit: 500 })) {
    for (const { id } of items) stored.add(id)
  }
  return stored
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until the process of a function has noticed that its gateway is gone. */
async function ended(pid: number): Promise<void> {
  const deadline = performance.now() + 10_000
  while (isAlive(pid)) {
    assert.ok(performance.now() < deadline, `the function's process ${pid} outlives its gateway`)
    await pause(50)
  }
}
