import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { FunctionInvocation } from '../lambda/invoker.ts'
import { slotMemory } from '../limiter/shared-slots.ts'
import { allocateCacheMemory } from '../response-cache/cache-memory.ts'
import type { StageChange } from '../snapshot/stage-change.ts'
import type { DataThreadSettings } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { dataThread, spawnThread } from '../threads/spawn-thread.ts'
import type { WireRequest } from '../wire/message.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { ListenInput, Ports } from './data-plane.ts'
import { functionUri, method, publicBackends, stage } from './fixtures.ts'

type DataThread = {
  publish(changes: readonly StageChange[]): Promise<void>
  listen(input: ListenInput): Promise<Ports>
  drain(input: { deadlineMs: number }): Promise<void>
}

const settings = (port: MessagePort): DataThreadSettings => ({
  maxIntegrationTimeoutMs: 29_000,
  backends: publicBackends,
  trustedProxies: [],
  userPools: [],
  vpcEndpoints: [],
  limits: slotMemory(64),
  accountRate: undefined,
  announceLimits: false,
  responses: allocateCacheMemory(1_048_576),
  thread: 0,
  functions: { port },
  logLevel: 'silent',
})

describe('a data-plane thread', () => {
  test('serves APIs with functions from one port and hands the rest to the main thread', async () => {
    const { port1, port2 } = new MessageChannel()
    const functions = openPort(port1, {
      invoke: async ({ service }: FunctionInvocation) => {
        if (service?.sourceArn.includes('/POST/')) throw new ServiceError('AccessDeniedException', 'not allowed')
        return { payload: '{"body": "from the function"}', executedVersion: '1', requestId: 'r' }
      },
    })
    assert.ok(functions)
    const spawned = spawnThread(dataThread, 'data-1')
    const { worker } = spawned
    spawned.begin(settings(port2), [port2])
    const thread = openPort<DataThread>(worker, {
      control: async ({ method: verb, target, body }: WireRequest) => ({
        status: 200,
        headers: { 'Content-Type': 'text/plain' },
        body: `${verb} ${target} ${body.length}`,
      }),
    })
    try {
      const { port } = await thread.call('listen', { host: '127.0.0.1', port: 0 })
      const served = stage({ '/f': { ANY: method({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' }) } })
      await thread.call('publish', [{ apiId: 'abc123', stageName: 'dev', stage: served }])

      const api = `http://127.0.0.1:${port}/_aws/execute-api/abc123/dev/f`
      assert.equal(await (await fetch(api)).text(), 'from the function')
      assert.equal((await fetch(api, { method: 'POST' })).status, 500)
      const control = await fetch(`http://127.0.0.1:${port}/restapis`, { method: 'POST', body: 'x'.repeat(100_000) })
      assert.equal(await control.text(), 'POST /restapis 100000')
      await thread.call('drain', { deadlineMs: 100 })
    } finally {
      port1.close()
      await worker.terminate()
    }
  })

  test('says why it cannot listen', async () => {
    const { port1, port2 } = new MessageChannel()
    const spawned = spawnThread(dataThread, 'data-1')
    const { worker } = spawned
    spawned.begin(settings(port2), [port2])
    await once(worker, 'online')
    const thread = openPort<DataThread>(worker, {})
    await assert.rejects(thread.call('listen', { host: '192.0.2.1', port: 0 }), /EADDRNOTAVAIL/)
    port1.close()
    await worker.terminate()
  })
})
