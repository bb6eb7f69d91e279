import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort } from '../control/free-port.ts'
import { functionChange, functionVersion, functionZip, invocation, threadSettings } from '../gateway/thread.fixture.ts'
import { processesOf } from '../lambda/pool/function-service.fixture.ts'
import { type DataThreads, startDataThreads } from './data-threads.ts'
import { type SpawnedThread, spawnDataThread } from './spawn-thread.ts'

describe('the data threads', () => {
  const reports: string[] = []
  let dataDir: string
  let first: SpawnedThread
  let port: number
  let threads: DataThreads
  /** Resolves when a thread has been given what it serves. */
  let followed: PromiseWithResolvers<void>

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-threads-'))
    port = await freePort('127.0.0.1', 0)
    first = spawnDataThread(0)
    followed = Promise.withResolvers()
    const { thread, ...settings } = threadSettings(dataDir, 2)
    const reserved = { ...functionChange, published: { ...functionChange.published, reservedConcurrency: 1 } }
    let following = 0
    threads = await startDataThreads({
      spawned: first,
      settings,
      addresses: { host: '127.0.0.1', port },
      subscriptions: [
        (peer) => ({
          async follow() {
            await peer.call('publishFunctions', [reserved])
            if (++following > 1) followed.resolve()
          },
          unfollow() {},
        }),
      ],
      handlers: {
        control: () => assert.fail('no control plane'),
        queueEvent: () => assert.fail('no queue'),
        openRoleSession: () => assert.fail('no roles'),
        blob: async () => functionZip,
      },
      report: (error) => void reports.push(error.message),
    })
  })
  after(async () => {
    await threads.end()
    await rm(dataDir, { recursive: true, force: true })
  })

  const pid = async () => JSON.parse((await threads.invoke(invocation)).payload).pid

  test('are asked once they have all that they serve', async () => {
    for (let n = 0; n < 4; n++) await pid()
    await followed.promise
  })

  test('take turns, and share their environments', async () => {
    const pids = [await pid(), await pid(), await pid(), await pid()]
    assert.equal(new Set(pids).size, 1)
    assert.deepEqual(await processesOf(dataDir), [String(pids[0])])
    const inUse = await threads.codeInUse()
    assert.ok(inUse.includes(functionVersion.codeDigest))
  })

  test('keep the reserved concurrency together', async () => {
    const spinning = threads.invoke({ ...invocation, payload: '{"spin":true}' })
    const lost = assert.rejects(spinning, /The thread has ended/)
    // Answered by each thread after what came before.
    await threads.codeInUse()
    await assert.rejects(pid(), { code: 'TooManyRequestsException' })

    // The one that is busy breaks down: what it held is free again, and another thread takes its place.
    followed = Promise.withResolvers()
    await first.worker.terminate()
    await lost
    assert.deepEqual(reports, ['data-1 has ended and is replaced'])
    const [alive, again] = [await pid(), await pid()]
    assert.equal(again, alive)
    await followed.promise
    assert.equal(await pid(), alive)
    assert.equal(await pid(), alive)
    assert.deepEqual(await processesOf(dataDir), [String(alive)])
    assert.equal((await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.ok, false)
  })

  test('end every function', async () => {
    await threads.drain(100)
    await threads.drainFunctions(1_000)
    assert.deepEqual(await processesOf(dataDir), [])
    assert.deepEqual(reports, ['data-1 has ended and is replaced'])
  })
})
