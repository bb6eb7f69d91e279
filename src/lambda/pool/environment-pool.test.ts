import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, test } from 'node:test'
import { processesOf, startService } from './function-service.fixture.ts'

/** Answers after `ms` with its process id, its code's text and how many calls its process has seen at once. */
const source = (text: string) => `
let running = 0
exports.handler = async ({ ms = 0 }) => {
  const seen = ++running
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
  running--
  return { pid: process.pid, text: '${text}', seen }
}`
interface Answer {
  readonly pid: number
  readonly text: string
  readonly seen: number
}

describe('the pool', () => {
  let pool: Awaited<ReturnType<typeof startService>>
  afterEach(() => pool.stop())

  const call = async (name: string, ms = 0) => (await pool.invoke(name, { ms })).value as Answer

  test('uses one warm environment for one call after the other', async () => {
    pool = await startService()
    pool.publish([pool.version('f', { 'index.js': source('a') })])
    const pids = new Set<number>()
    for (let n = 0; n < 5; n++) pids.add((await call('f')).pid)
    assert.equal(pids.size, 1)
    assert.equal(pool.service.stats().coldStarts, 1)
  })

  test('gives calls at the same time an environment each, and refuses those beyond the limit', async () => {
    pool = await startService({ maxEnvironments: 6 })
    pool.publish([pool.version('f', { 'index.js': source('a') })])
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => call('f', 300)))
    const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 6)
    assert.deepEqual([...new Set(answers.map(({ seen }) => seen))], [1])
    assert.equal(refusals.length, 14)
    for (const refusal of refusals) {
      assert.equal(refusal.code, 'TooManyRequestsException')
      assert.equal(refusal.members.Reason, 'ConcurrentInvocationLimitExceeded')
    }
    const again = await Promise.all(Array.from({ length: 6 }, () => call('f', 20)))
    assert.deepEqual(new Set(again.map(({ pid }) => pid)), new Set(answers.map(({ pid }) => pid)))
  })

  test('lets calls of a function that was brief wait for a moment only', async () => {
    pool = await startService()
    pool.publish([pool.version('f', { 'index.js': source('a') })])
    for (let n = 0; n < 100; n++) await call('f')
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('f', 1_500)))
    assert.deepEqual([...new Set(answers.map(({ seen }) => seen))], [1])
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 12)
  })

  test('lets a burst of calls of a brief function wait where there is no room', async () => {
    pool = await startService({ maxEnvironments: 2 })
    pool.publish([pool.version('f', { 'index.js': source('a') })])
    for (let n = 0; n < 100; n++) await call('f')
    const answers = await Promise.all(Array.from({ length: 6 }, () => call('f', 100)))
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 2)
  })

  test('makes room by ending the environment of another function that was idle for longest', async () => {
    pool = await startService({ maxEnvironments: 2 })
    pool.publish(['a', 'b', 'c'].map((name) => pool.version(name, { 'index.js': source(name) })))
    const [a, b] = [await call('a'), await call('b')]
    await call('c')
    assert.equal(pool.service.stats().environments, 2)
    assert.equal((await call('b')).pid, b.pid)
    assert.notEqual((await call('a')).pid, a.pid)
  })

  test('ends environments that were idle for long, with their folders', async () => {
    pool = await startService({ environmentIdleMs: 30 })
    pool.publish([pool.version('f', { 'index.js': source('a') })])
    await call('f')
    while (pool.service.stats().environments > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    while ((await readdir(join(pool.dataDir, 'run', '0'))).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 10))
    assert.deepEqual(await processesOf(pool.dataDir), [])
    assert.equal((await call('f')).text, 'a')
  })

  test('replaces code at once and lets running calls finish', async () => {
    pool = await startService()
    pool.publish([pool.version('f', { 'index.js': source('old') })])
    const idle = await call('f')
    const running = call('f', 300)
    pool.publish([pool.version('f', { 'index.js': source('new') })])
    const first = await call('f')
    assert.equal(first.text, 'new')
    assert.deepEqual(await running, { ...idle, seen: 1 })
    const second = await call('f')
    assert.deepEqual([second.text, second.pid], ['new', first.pid])
    assert.equal(pool.service.stats().environments, 1)
  })

  test('ends a deleted function’s environments', async () => {
    pool = await startService()
    const version = pool.version('f', { 'index.js': source('a') })
    pool.publish([version])
    await call('f')
    pool.service.publish([{ functionArn: version.functionArn }])
    assert.equal(pool.service.stats().environments, 0)
    await assert.rejects(call('f'), { code: 'ResourceNotFoundException' })
  })

  test('runs the versions that an alias weighs', async () => {
    pool = await startService()
    const [one, two] = ['one', 'two'].map((text, index) =>
      pool.version('f', { 'index.js': source(text) }, { version: String(index + 1) }),
    )
    assert.ok(one && two)
    pool.publish([one, two], {
      aliases: {
        live: { version: '1', additionalVersionWeights: {} },
        half: { version: '1', additionalVersionWeights: { 2: 0.5 } },
        moved: { version: '1', additionalVersionWeights: { 2: 1 } },
      },
    })
    const run = async (qualifier: string) => {
      const result = await pool.invoke(`f:${qualifier}`)
      return [(result.value as Answer).text, result.executedVersion]
    }
    assert.deepEqual(await run('1'), ['one', '1'])
    assert.deepEqual(await run('live'), ['one', '1'])
    assert.deepEqual(await run('moved'), ['two', '2'])
    const seen = new Set<string | undefined>()
    for (let n = 0; n < 64 && seen.size < 2; n++) seen.add((await run('half'))[0])
    assert.deepEqual(seen, new Set(['one', 'two']))
  })

  test('merges layers, later ones over earlier ones, and finds their modules', async () => {
    pool = await startService()
    const layer = (arn: string, files: Record<string, string>) => ({ arn, codeDigest: pool.store(files) })
    const layers = [
      layer('a', { 'nodejs/node_modules/dep/index.js': 'exports.by = "first"', 'python/dep.py': 'by = "first"' }),
      layer('b', { 'nodejs/node_modules/dep/index.js': 'exports.by = "second"', 'python/other.py': 'by = "second"' }),
      layer('c', { 'bin/tool': '#!/bin/sh\necho tool' }),
    ]
    const node =
      'exports.handler = async () => [require("dep").by, require("child_process").execSync("tool").toString()]'
    const python = 'import dep, other\ndef handler(e, c):\n  return [dep.by, other.by]'
    pool.publish([
      pool.version('node', { 'index.js': node }, { layers }),
      pool.version('python', { 'index.py': python }, { layers, runtime: 'python3.11' }),
      pool.version(
        'boot',
        {},
        {
          runtime: 'provided.al2023',
          layers: [layer('d', { bootstrap: '#!/bin/sh\nexit 7' })],
        },
      ),
    ])
    assert.deepEqual((await pool.invoke('node')).value, ['second', 'tool\n'])
    assert.deepEqual((await pool.invoke('python')).value, ['first', 'second'])
    assert.match((await pool.invoke('boot')).payload, /exit status 7/)
  })

  test('starts a slow initialisation again, within the function’s timeout', async () => {
    pool = await startService({ maxInitMs: 150 })
    const slow = 'await new Promise((resolve) => setTimeout(resolve, 400)); export const handler = async () => 1'
    const endless = 'await new Promise((resolve) => setTimeout(resolve, 60000)); export const handler = async () => 1'
    pool.publish([
      pool.version('slow', { 'index.mjs': slow }),
      pool.version('endless', { 'index.mjs': endless }, { timeoutSeconds: 1 }),
    ])
    const [one, two] = await Promise.all([pool.invoke('slow'), pool.invoke('endless')])
    assert.equal(one.payload, '1')
    assert.match(two.payload, /Sandbox\.Timedout.*Task timed out after 1\.00 seconds/)
    assert.match(await pool.log('slow'), /INIT_REPORT Init Duration: 150\.00 ms\tPhase: init\tStatus: timeout/)
    assert.equal(pool.service.stats().environments, 1)
  })

  test('fails calls of code that is lost', async () => {
    pool = await startService()
    const lost = pool.version('lost', { 'index.js': '' }, { codeDigest: '0'.repeat(64) })
    pool.publish([lost])
    await assert.rejects(call('lost'), /There is no blob code\/0000/)
    assert.equal(pool.service.stats().environments, 0)
  })

  test('drains: refuses new calls, finishes running ones, cuts off what takes too long', async () => {
    pool = await startService()
    pool.publish([pool.version('f', { 'index.js': source('a') })])
    await Promise.all([call('f'), call('f')])
    const short = call('f', 100)
    const long = pool.invoke('f', { ms: 9000 })
    const drained = pool.service.drain(400)
    await assert.rejects(call('f'), { code: 'ServiceException' })
    assert.equal((await short).text, 'a')
    await drained
    assert.match((await long).payload, /signal: killed/)
    assert.deepEqual(await processesOf(pool.dataDir), [])
  })
})
