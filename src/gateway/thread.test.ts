import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { digestOf, processesOf, zipOf } from '../lambda/pool/function-service.fixture.ts'
import { countMemory } from '../lambda/pool/neighbours/shared-counts.ts'
import { slotMemory } from '../limiter/shared-slots.ts'
import { allocateCacheMemory } from '../response-cache/cache-memory.ts'
import type { FunctionChange } from '../snapshot/function.ts'
import type { DataHandlers, DataThreadSettings } from '../threads/handlers.ts'
import { spawnDataThread } from '../threads/spawn-thread.ts'
import { startThread, type Thread } from '../threads/start-thread.ts'
import type { WireRequest } from '../wire/message.ts'
import type { DataPlane } from './data-plane.ts'
import { functionArn, functionUri, method, publicBackends, stage } from './fixtures.ts'

const zip = zipOf({
  'index.js': `exports.handler = async (event) => {
    if (event.spin) for (;;);
    return event.httpMethod ? { body: 'from the function' } : { pid: process.pid }
  }`,
})
const version = {
  functionArn,
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
const change: FunctionChange = {
  functionArn,
  published: {
    functionArn,
    versions: { $LATEST: version },
    aliases: {},
    policies: {
      '': [
        {
          Sid: 's',
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: functionArn,
          Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:*:*:*/*/GET/*' } },
        },
      ],
    },
  },
}
const invocation = { functionArn, payload: '{}', invocationType: 'RequestResponse' } as const

const settings = (dataDir: string): DataThreadSettings => ({
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
  functions: {
    dataDir,
    threads: 1,
    counts: countMemory(1, 64),
    maxEnvironments: 4,
    environmentIdleMs: 60_000,
    logBytesPerFunction: 1_000_000,
    endpointUrl: 'http://127.0.0.1:4566',
    remoteFunctions: [],
  },
  logLevel: 'silent',
})

type DataThread = Omit<DataHandlers, 'listen'> & Pick<DataPlane, 'listen'>

function start(dataDir: string): Thread<DataThread> {
  return startThread<DataThread>(spawnDataThread(0), settings(dataDir), {
    blob: async (name: string) => (name === `code/${version.codeDigest}` ? zip : assert.fail(name)),
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
  await peer.call('publishFunctions', [change])
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
        await peer.call('publishFunctions', [change])
        const served = stage({ '/f': { ANY: method({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' }) } })
        await peer.call('publish', [{ apiId: 'abc123', stageName: 'dev', stage: served }])

        const api = `http://127.0.0.1:${port}/_aws/execute-api/abc123/dev/f`
        assert.equal(await (await fetch(api)).text(), 'from the function')
        assert.equal((await fetch(api, { method: 'POST' })).status, 500)
        const control = await fetch(`http://127.0.0.1:${port}/restapis`, { method: 'POST', body: 'x'.repeat(100_000) })
        assert.equal(await control.text(), 'POST /restapis 100000')

        await peer.call('invoke', invocation)
        assert.equal((await processesOf(dataDir)).length, 1)
        assert.ok((await peer.call('codeInUse', undefined)).includes(version.codeDigest))
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
