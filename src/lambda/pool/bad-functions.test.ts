import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { processesOf, startService } from './function-service.fixture.ts'

/** One function that misbehaves as its event says. */
const index = `
const { spawn } = require('node:child_process')
const acts = {
  ok: () => ({ pid: process.pid }),
  throw: () => { class OddError extends Error { constructor(m) { super(m); this.name = 'OddError' } }; throw new OddError('broken') },
  throwText: () => { throw 'just text' },
  exit: ({ code }) => process.exit(code),
  abort: () => process.abort(),
  hang: () => { for (;;); },
  wait: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  circular: () => { const o = {}; o.o = o; return o },
  bigint: () => 1n,
  nothing: () => undefined,
  fn: () => () => 1,
  later: () => { setTimeout(() => { throw new Error('out of the blue') }, 1); return new Promise((resolve) => setTimeout(resolve, 60_000)) },
  reject: () => { Promise.reject(new Error('nobody cares')); return new Promise((resolve) => setTimeout(resolve, 60_000)) },
  big: ({ bytes }) => 'x'.repeat(bytes - 2),
  flood: () => { const line = 'f'.repeat(1000); for (;;) console.log(line) },
  memory: async () => { const kept = []; for (;;) { kept.push(Buffer.alloc(10_000_000, 1)); await new Promise((r) => setTimeout(r, 10)) } },
  child: () => { const c = spawn('sleep', ['1000'], { detached: true }); c.unref(); return c.pid },
}
exports.handler = async (event) => acts[event.act](event)
`

describe('a function that misbehaves', () => {
  let pool: Awaited<ReturnType<typeof startService>>

  before(async () => {
    pool = await startService()
    pool.publish([
      pool.version('bad', { 'index.js': index }),
      pool.version('slow', { 'index.js': index }, { timeoutSeconds: 1 }),
      pool.version('large', { 'index.js': index }, { memoryMegabytes: 512 }),
    ])
  })
  after(() => pool.stop())

  for (const [act, errorType, errorMessage] of [
    ['throw', 'OddError', 'broken'],
    ['throwText', 'string', 'just text'],
    ['circular', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['bigint', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
  ] as const) {
    test(`gets its error described: ${act}`, async () => {
      const { value, functionError, executedVersion } = await pool.invoke('bad', { act })
      assert.equal(functionError, 'Unhandled')
      assert.equal(executedVersion, '$LATEST')
      const { trace, ...rest } = value as { trace: string[] }
      assert.deepEqual(rest, { errorType, errorMessage })
      assert.ok(Array.isArray(trace))
    })
  }

  for (const act of ['nothing', 'fn'] as const) {
    test(`answers null when there is nothing to answer: ${act}`, async () => {
      const { payload, functionError } = await pool.invoke('bad', { act })
      assert.deepEqual({ payload, functionError }, { payload: 'null', functionError: undefined })
    })
  }

  for (const [event, reason] of [
    [{ act: 'exit', code: 1 }, 'Runtime exited with error: exit status 1'],
    [{ act: 'exit', code: 0 }, 'Runtime exited without providing a reason'],
    [{ act: 'abort' }, 'Runtime exited with error: signal: aborted'],
  ] as const) {
    test(`fails its call when it ends its process: ${JSON.stringify(event)}`, async () => {
      const { value, functionError, requestId } = await pool.invoke('bad', event)
      assert.equal(functionError, 'Unhandled')
      assert.deepEqual(value, {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${requestId} Error: ${reason}`,
      })
      assert.equal((await pool.invoke('bad', { act: 'ok' })).functionError, undefined)
    })
  }

  for (const [act, errorType, errorMessage] of [
    ['later', 'Error', 'out of the blue'],
    ['reject', 'Runtime.UnhandledPromiseRejection', 'Error: nobody cares'],
  ] as const) {
    test(`fails its call with an error that nobody caught: ${act}`, async () => {
      const { value, functionError } = await pool.invoke('bad', { act })
      assert.equal(functionError, 'Unhandled')
      const { errorType: type, errorMessage: message } = value as Record<string, unknown>
      assert.deepEqual([type, message], [errorType, errorMessage])
    })
  }

  for (const act of ['hang', 'wait'] as const) {
    test(`is timed out and replaced: ${act}`, async () => {
      const first = (await pool.invoke('slow', { act: 'ok' })).value as { pid: number }
      const { value, functionError, requestId, tail } = await pool.invoke('slow', { act }, { tailLog: true })
      assert.equal(functionError, 'Unhandled')
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`
      assert.deepEqual(value, { errorType: 'Sandbox.Timedout', errorMessage })
      assert.match(tail, new RegExp(`${requestId} Task timed out after 1.00 seconds\\nEND RequestId: ${requestId}\\n`))
      assert.match(tail, /Duration: 1000\.00 ms\tBilled Duration: 1000 ms\t.*Status: timeout/)
      const second = (await pool.invoke('slow', { act: 'ok' })).value as { pid: number }
      assert.notEqual(second.pid, first.pid)
    })
  }

  test('is killed when it outgrows its memory', async () => {
    const { value, requestId } = await pool.invoke('bad', { act: 'memory' })
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`
    assert.deepEqual(value, { errorType: 'Runtime.ExitError', errorMessage })
  })

  test('may answer with 6 MB and not with more', async () => {
    const largest = await pool.invoke('large', { act: 'big', bytes: 6_291_556 })
    assert.deepEqual([largest.functionError, largest.payload.length], [undefined, 6_291_556])
    const { value, functionError } = await pool.invoke('large', { act: 'big', bytes: 6_291_557 })
    assert.equal(functionError, 'Unhandled')
    assert.deepEqual(value, {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    })
    assert.equal((await pool.invoke('large', { act: 'ok' })).functionError, undefined)
  })

  test('floods its log without harm to others', async () => {
    const flood = pool.invoke('slow', { act: 'flood' })
    let slowestMs = 0
    for (let calls = 0; calls < 50; calls++) {
      const started = performance.now()
      await pool.invoke('bad', { act: 'ok' })
      slowestMs = Math.max(slowestMs, performance.now() - started)
    }
    assert.ok(slowestMs < 1000, `a call took ${slowestMs} ms`)
    assert.match((await flood).payload, /Task timed out/)
    await pool.service.flushLogs()
    const logs = join(pool.dataDir, 'logs', 'lambda', '123456789012', 'us-east-1')
    const sizes = await Promise.all(['slow.log', 'slow.log.1'].map(async (file) => (await stat(join(logs, file))).size))
    assert.ok(
      sizes.every((size) => size <= 524_288),
      String(sizes),
    )
  })

  test('leaves no process behind, not even in a session of its own', async () => {
    await pool.invoke('bad', { act: 'child' })
    assert.ok((await processesOf(pool.dataDir)).length >= 2)
    await pool.service.drain(0)
    // The system takes a moment to end what was killed.
    const deadline = Date.now() + 5_000
    while ((await processesOf(pool.dataDir)).length > 0) assert.ok(Date.now() < deadline)
  })
})
