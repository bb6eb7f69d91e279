import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { clientsOf, createApi, deploy, invokeUrl, putProxy } from './api.ts'
import { startBackend } from './backend.ts'
import { startGatehouse } from './gatehouse.ts'

describe('SIGTERM', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal} lets calls in flight finish, takes no new connections and ends with 0`, async () => {
      const arrived = Promise.withResolvers<ServerResponse>()
      await using backend = await startBackend((_request, response) => arrived.resolve(response))
      await using gatehouse = await startGatehouse()
      const clients = clientsOf(gatehouse.url)
      const { restApiId, rootId: resourceId } = await createApi(clients, 'slow')
      await putProxy(clients, { restApiId, resourceId }, { httpUri: backend.url })
      await deploy(clients, restApiId)

      const call = fetch(invokeUrl(clients, restApiId))
      const response = await arrived.promise
      const ended = gatehouse.stop(signal)
      await refusesConnections(gatehouse.url)
      response.end('finished')

      assert.equal(await (await call).text(), 'finished')
      assert.equal(await ended, 0)
    })
  }

  test('ends an idle gateway at once', async () => {
    await using gatehouse = await startGatehouse()
    await (await fetch(gatehouse.url)).arrayBuffer()
    const start = performance.now()
    assert.equal(await gatehouse.stop(), 0)
    assert.ok(performance.now() - start < 2000)
  })
})

async function refusesConnections(url: string): Promise<void> {
  const port = Number(new URL(url).port)
  const connects = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      }).on('error', () => resolve(false))
    })
  while (await connects());
}
