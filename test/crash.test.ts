import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { paginateGetRestApis } from '@aws-sdk/client-api-gateway'
import {
  clientsOf,
  createApi,
  createFunction,
  createResource,
  deploy,
  invokeUrl,
  permit,
  putMock,
  putProxy,
} from './api.ts'
import { startGatehouse, temporaryFolder } from './gatehouse.ts'
import { startLoad } from './load.ts'

const source = `export const handler = async () => ({ statusCode: 200, body: String(process.pid) })`

describe('kill -9 under load', () => {
  test('loses nothing that was acknowledged, and the restarted gateway gives the same answers', async () => {
    const dataDir = await temporaryFolder()
    const created: string[] = []
    let restApiId: string
    {
      await using gatehouse = await startGatehouse({ dataDir })
      const clients = clientsOf(gatehouse.url)
      const api = await createApi(clients, 'survivor')
      restApiId = api.restApiId
      await putMock(clients, { restApiId, resourceId: api.rootId, text: 'still here' })
      const functionArn = await createFunction(clients, 'survivor', source)
      await permit(clients, functionArn, restApiId)
      const resourceId = await createResource(clients, restApiId, 'function')
      await putProxy(clients, { restApiId, resourceId }, { functionArn })
      await deploy(clients, restApiId)

      const pid = Number(await (await fetch(invokeUrl(clients, restApiId, '/function'))).text())
      assert.ok(isAlive(pid))
      const loads = [startLoad(invokeUrl(clients, restApiId)), startLoad(invokeUrl(clients, restApiId, '/function'))]
      const writing = createUntilRefused()
      await Promise.all(loads.map((load) => load.reached(200)))
      await gatehouse.stop('SIGKILL')
      await Promise.all([writing, ...loads.map((load) => load.stop())])
      await ended(pid)

      async function createUntilRefused(): Promise<void> {
        try {
          for (;;) created.push((await createApi(clients, 'written')).restApiId)
        } catch {}
      }
    }
    {
      await using gatehouse = await startGatehouse({ dataDir })
      const clients = clientsOf(gatehouse.url)
      const calls = ['/', '/function'].map((path) => fetch(invokeUrl(clients, restApiId, path)))
      const [mock, fromFunction] = await Promise.all(calls)
      assert.deepEqual([mock?.status, await mock?.text()], [200, 'still here'])
      assert.equal(fromFunction?.status, 200)

      const stored = new Set<string | undefined>()
      for await (const { items = [] } of paginateGetRestApis({ client: clients.apigateway }, { limit: 500 })) {
        for (const { id } of items) stored.add(id)
      }
      assert.deepEqual(
        created.filter((id) => !stored.has(id)),
        [],
      )
      assert.ok(stored.size <= created.length + 2, 'at most the write that was cut short is there beyond the others')
    }
    await rm(dataDir, { recursive: true })
  })
})

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
