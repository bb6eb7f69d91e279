import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import type { FunctionsHandlers } from '../threads/handlers.ts'
import { openPort } from '../threads/port.ts'
import { spawnThread } from '../threads/spawn-thread.ts'
import { startThread, type Thread } from '../threads/start-thread.ts'
import { arnPrefix, digestOf, processesOf, zipOf } from './pool/function-service.fixture.ts'

const zip = zipOf({
  'index.js': 'exports.handler = async (event) => { if (event.spin) for (;;); return { pid: process.pid, event } }',
})
const version = {
  functionArn: `${arnPrefix}f`,
  functionName: 'f',
  version: '$LATEST',
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  role: '',
  codeDigest: digestOf(zip),
  layers: [],
  environment: {},
  memoryMegabytes: 128,
  timeoutSeconds: 10,
  revisionId: '1',
}
const change = {
  functionArn: version.functionArn,
  published: { functionArn: version.functionArn, versions: { $LATEST: version }, aliases: {}, policies: {} },
}
const settings = {
  maxEnvironments: 4,
  environmentIdleMs: 60_000,
  logBytesPerFunction: 1_000_000,
  endpointUrl: 'http://127.0.0.1:4566',
  remoteFunctions: [],
}
const invocation = { functionArn: version.functionArn, payload: '{"a":1}', invocationType: 'RequestResponse' } as const

function start(dataDir: string): Thread<FunctionsHandlers> {
  return startThread<FunctionsHandlers>(
    spawnThread(new URL('./thread', import.meta.url), 'functions'),
    { ...settings, dataDir },
    {
      blob: async (name: string) => (name === `code/${version.codeDigest}` ? zip : assert.fail(name)),
    },
  )
}

/** Run as a process of its own, this module is a gateway that waits to be killed in the middle of an endless call. */
if (process.send !== undefined && process.argv[2] === 'gateway') {
  const thread = start(process.argv[3] ?? '')
  await thread.peer.call('publishFunctions', [change])
  const first = await thread.peer.call('invoke', invocation)
  void thread.peer.call('invoke', { ...invocation, payload: '{"spin":true}' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  process.send(JSON.parse(first.payload).pid)
} else {
  describe('the functions thread', () => {
    let dataDir: string
    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-thread-'))
    })
    after(() => rm(dataDir, { recursive: true, force: true }))

    test('runs functions for the main thread and for data threads, and drains', async () => {
      const thread = start(dataDir)
      await assert.rejects(thread.peer.call('invoke', invocation), { code: 'ResourceNotFoundException' })
      await thread.peer.call('publishFunctions', [change])
      const { port1, port2 } = new MessageChannel()
      await thread.peer.call('connect', { port: port2 }, { transfer: [port2] })
      const data = openPort<Pick<FunctionsHandlers, 'invoke'>>(port1, {})
      const results = [await thread.peer.call('invoke', invocation), await data.call('invoke', invocation)]
      assert.deepEqual(
        results.map(({ payload }) => JSON.parse(payload).event),
        [{ a: 1 }, { a: 1 }],
      )
      assert.equal((await processesOf(dataDir)).length, 1)
      await thread.peer.call('drainFunctions', { deadlineMs: 1000 })
      assert.deepEqual(await processesOf(dataDir), [])
      port1.close()
      await thread.terminate()
    })

    test('leaves no process behind when the gateway is killed, not even one that is busy', async () => {
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
