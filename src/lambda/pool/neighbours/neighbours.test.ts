import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { processesOf, startService } from '../function-service.fixture.ts'

/** Answers after `ms` with its process id and how many calls the process has had. */
const source = `
let calls = 0
exports.handler = async ({ ms = 0 }) => {
  calls++
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
  return { pid: process.pid, calls }
}`
const streaming = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('one ')
  stream.end(String(process.pid))
})`
interface Answer {
  readonly pid: number
  readonly calls: number
}

describe('the pools of several threads', () => {
  let pools: Awaited<ReturnType<typeof startService>>
  afterEach(() => pools.stop())

  const call = async (thread: number, name: string, ms = 0) =>
    (await pools.invokeIn(thread, name, { ms })).value as Answer
  const coldStarts = () => pools.services.map((service) => service.stats().coldStarts)

  test('use one environment for calls that come one after the other, in whichever thread', async () => {
    pools = await startService({ threads: 3 })
    pools.publish([pools.version('f', { 'index.js': source })])
    const answers: Answer[] = []
    for (const thread of [1, 0, 2, 0, 1, 2]) answers.push(await call(thread, 'f'))
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 1)
    assert.deepEqual(
      answers.map(({ calls }) => calls),
      [1, 2, 3, 4, 5, 6],
    )
    assert.deepEqual(coldStarts(), [0, 1, 0])
  })

  test('use the one of a runtime that has answered and not polled again yet', async () => {
    const bootstrap = `#!/usr/bin/env python3
import http.client, os, time
api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
path = '/2018-06-01/runtime/invocation/'
while True:
  api.request('GET', path + 'next')
  response = api.getresponse()
  response.read()
  api.request('POST', path + response.getheader('Lambda-Runtime-Aws-Request-Id') + '/response', str(os.getpid()))
  api.getresponse().read()
  time.sleep(0.02)
`
    pools = await startService({ threads: 2 })
    pools.publish([pools.version('f', { bootstrap }, { runtime: 'provided.al2023' })])
    const pids: unknown[] = []
    for (const thread of [0, 1, 0, 1, 1]) pids.push((await pools.invokeIn(thread, 'f')).value)
    assert.equal(new Set(pids).size, 1)
    assert.deepEqual(coldStarts(), [1, 0])
  })

  test('start more of them for calls at the same time, in the thread of the call', async () => {
    pools = await startService({ threads: 2 })
    pools.publish([pools.version('f', { 'index.js': source })])
    const answers = await Promise.all([call(0, 'f', 300), call(1, 'f', 300)])
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 2)
    assert.deepEqual(coldStarts(), [1, 1])
  })

  test('stream what another thread’s environment answers', async () => {
    pools = await startService({ threads: 2 })
    const version = pools.version('s', { 'index.js': streaming })
    pools.publish([version])
    const texts: string[] = []
    for (const service of pools.services) {
      let text = ''
      const { functionArn } = version
      await service.invoke(
        { functionArn, payload: '{}', invocationType: 'RequestResponse' },
        {
          begin() {},
          write(chunk) {
            text += chunk
            return true
          },
        },
      )
      texts.push(text)
    }
    assert.match(texts[0] ?? '', /one \d+$/)
    assert.equal(texts[1], texts[0])
    assert.deepEqual(coldStarts(), [1, 0])
  })

  test('never have more than the most environments together, and make room for each other', async () => {
    pools = await startService({ threads: 2, maxEnvironments: 2 })
    pools.publish(['a', 'b', 'c'].map((name) => pools.version(name, { 'index.js': source })))
    await Promise.all([call(0, 'a'), call(0, 'b')])
    await call(1, 'c')
    assert.deepEqual(
      pools.services.map((service) => service.stats().environments),
      [1, 1],
    )
    assert.equal((await processesOf(pools.dataDir)).length, 2)
    const refused = await Promise.allSettled([0, 1, 0, 1].map((thread) => call(thread, 'c', 400)))
    const reasons = refused.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    assert.deepEqual(reasons, ['TooManyRequestsException', 'TooManyRequestsException'])
  })

  test('let calls of a brief function wait for the environment of another thread where there is no room', async () => {
    pools = await startService({ threads: 2, maxEnvironments: 1 })
    pools.publish([pools.version('f', { 'index.js': source })])
    for (let n = 0; n < 100; n++) await call(0, 'f')
    const answers = await Promise.all([0, 1, 0, 1].map((thread) => call(thread, 'f', 50)))
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 1)
  })

  test('do not run old code of another thread', async () => {
    pools = await startService({ threads: 2 })
    pools.publish([pools.version('f', { 'index.js': source })])
    const old = await call(0, 'f')
    const [, second] = pools.services
    const changed = pools.version('f', { 'index.js': `${source}//new` })
    const { functionArn } = changed
    const published = { functionArn, versions: { $LATEST: changed }, aliases: {}, policies: {} }
    second?.publish([{ functionArn, published }])
    assert.notEqual((await call(1, 'f')).pid, old.pid)
  })

  test('finish what runs for another thread before they end', async () => {
    pools = await startService({ threads: 2 })
    pools.publish([pools.version('f', { 'index.js': source })])
    const { pid } = await call(0, 'f')
    const running = call(1, 'f', 200)
    const [lender] = pools.services
    while (lender?.stats().inFlight === 0) await new Promise(setImmediate)
    await Promise.all(pools.services.map((service) => service.drain(5_000)))
    assert.equal((await running).pid, pid)
    assert.deepEqual(await processesOf(pools.dataDir), [])
  })
})
