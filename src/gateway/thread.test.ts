import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { processesOf } from '../lambda/pool/function-service.fixture.ts'
import type { DataHandlers } from '../threads/handlers.ts'
import { spawnDataThread } from '../threads/spawn-thread.ts'
import { startThread, type Thread } from '../threads/start-thread.ts'
import type { WireRequest } from '../wire/message.ts'
import type { DataPlane } from './data-plane.ts'
import { functionUri, method, stage } from './fixtures.ts'
import { functionChange, functionVersion, functionZip, invocation, threadSettings } from './thread.fixture.ts'

type DataThread = Omit<DataHandlers, 'listen'> & Pick<DataPlane, 'listen'>

function start(dataDir: string): Thread<DataThread> {
  return startThread<DataThread>(spawnDataThread(0), threadSettings(dataDir), {
    blob: async (name: string) => (name === `code/${functionVersion.codeDigest}` ? functionZip : assert.fail(name)),
    control: async ({ method: verb, target, body }: WireRequest) => ({
      status: 200,
      headers: { 'Content-Type': 'text/plain' },
      body: `${verb} ${target} ${body.length}`,
    }),
  })
}

/** Run as a process of its own, this module is a gateway that waits to be killed in the middle of an endless call. */
if (process.send !== undefined && process.argv[2] === 'gateway') {
  const { peer } = start(process.argv[3] ?? '')
  await peer.call('publishFunctions', [functionChange])
  const first = await peer.call('invoke', invocation)
  void peer.call('invoke', { ...invocation, payload: '{"spin":true}' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  process.send(JSON.parse(first.payload).pid)
} else {
  describe('a data thread', () => {
    let dataDir: string
    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-thread-'))
    })
    after(() => rm(dataDir, { recursive: true, force: true }))

    test('serves APIs with functions from one port and hands the rest to the main thread', async () => {
      const { peer, terminate } = start(dataDir)
      try {
        const { port } = await peer.call('listen', { host: '127.0.0.1', port: 0 })
        await assert.rejects(peer.call('invoke', invocation), { code: 'ResourceNotFoundException' })
        await peer.call('publishFunctions', [functionChange])
        const served = stage({ '/f': { ANY: method({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' }) } })
        await peer.call('publish', [{ apiId: 'abc123', stageName: 'dev', stage: served }])

        const api = `http://127.0.0.1:${port}/_aws/execute-api/abc123/dev/f`
        assert.equal(await (await fetch(api)).text(), 'from the function')
        assert.equal((await fetch(api, { method: 'POST' })).status, 500)
        const control = await fetch(`http://127.0.0.1:${port}/restapis`, { method: 'POST', body: 'x'.repeat(100_000) })
        assert.equal(await control.text(), 'POST /restapis 100000')

        await peer.call('invoke', invocation)
        assert.equal((await processesOf(dataDir)).length, 1)
        assert.ok((await peer.call('codeInUse', undefined)).includes(functionVersion.codeDigest))
        await peer.call('drain', { deadlineMs: 100 })
        await peer.call('drainFunctions', { deadlineMs: 1000 })
        assert.deepEqual(await processesOf(dataDir), [])
      } finally {
        await terminate()
      }
    })

    test('says why it cannot listen', async () => {
      const { peer, terminate } = start(dataDir)
      await assert.rejects(peer.call('listen', { host: '192.0.2.1', port: 0 }), /EADDRNOTAVAIL/)
      await terminate()
    })

    test('leaves no function behind when the gateway is killed, not even one that is busy', async () => {
      const gateway: ChildProcess = fork(import.meta.filename, ['gateway', dataDir], { stdio: 'inherit' })
      const [pid] = await once(gateway, 'message')
      assert.ok((await processesOf(dataDir)).includes(String(pid)))
      gateway.kill('SIGKILL')
      await once(gateway, 'exit')
      const next = start(dataDir)
      await next.peer.call('publishFunctions', [])
      assert.deepEqual(await processesOf(dataDir), [])
      await next.terminate()
    })
  })
}
