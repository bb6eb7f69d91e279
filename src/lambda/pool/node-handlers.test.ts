import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Files, startService } from './function-service.fixture.ts'

const shapes: [name: string, handler: string, files: Files][] = [
  ['a CommonJS module', 'index.handler', { 'index.js': 'exports.handler = async (e) => ({ ...e, by: "js" })' }],
  ['an .mjs module', 'index.handler', { 'index.mjs': 'export const handler = async (e) => ({ ...e, by: "js" })' }],
  ['a .cjs module', 'index.handler', { 'index.cjs': 'exports.handler = async (e) => ({ ...e, by: "js" })' }],
  [
    'a module by its package.json',
    'index.handler',
    {
      'package.json': '{"type":"module"}',
      'index.js': 'await null; export const handler = (e) => Promise.resolve({ ...e, by: "js" })',
    },
  ],
  [
    'a default export',
    'index.handler',
    { 'index.mjs': 'export default { handler: async (e) => ({ ...e, by: "js" }) }' },
  ],
  [
    'a nested path',
    'src/api/get.handlers.one',
    { 'src/api/get.js': 'exports.handlers = { one: async (e) => ({ ...e, by: "js" }) }' },
  ],
  [
    'a package of its own',
    'index.handler',
    {
      'index.js': 'exports.handler = async (e) => require("dep")(e)',
      'node_modules/dep/index.js': 'module.exports = (e) => ({ ...e, by: "js" })',
    },
  ],
  [
    'a callback',
    'index.handler',
    { 'index.js': 'exports.handler = (e, c, done) => setTimeout(() => done(null, { ...e, by: "js" }), 5)' },
  ],
  [
    'a callback at once',
    'index.handler',
    { 'index.js': 'exports.handler = (e, c, done) => { done(null, { ...e, by: "js" }) }' },
  ],
  [
    'a callback that does not wait for the event loop',
    'index.handler',
    {
      'index.js':
        'exports.handler = (e, c, done) => { c.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 60000); done(null, { ...e, by: "js" }) }',
    },
  ],
  [
    'context.succeed',
    'index.handler',
    { 'index.js': 'exports.handler = (e, c) => { setTimeout(() => c.succeed({ ...e, by: "js" }), 5) }' },
  ],
  ['context.done', 'index.handler', { 'index.js': 'exports.handler = (e, c) => { c.done(null, { ...e, by: "js" }) }' }],
]

const streaming = `
exports.plain = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType('text/plain')
  for (const part of event.parts) stream.write(part)
  stream.end()
})
exports.http = awslambda.streamifyResponse(async (event, stream) => {
  stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'x-a': 'b' }, cookies: ['c=1'] })
  stream.write('hello')
  stream.end(' world')
})
exports.early = awslambda.streamifyResponse(async () => { throw new RangeError('too early') })
exports.late = awslambda.streamifyResponse(async (event, stream) => {
  await new Promise((resolve) => stream.write('half', resolve))
  throw new RangeError('too late')
})
exports.forgotten = awslambda.streamifyResponse(async (event, stream) => { stream.write('no end') })
`

describe('Node.js handlers', () => {
  let pool: Awaited<ReturnType<typeof startService>>

  before(async () => {
    pool = await startService()
  })
  after(() => pool.stop())

  for (const [index, [title, handler, files]] of shapes.entries()) {
    test(`are found and called: ${title}`, async () => {
      const name = `shape-${index}`
      pool.publish([pool.version(name, files, { handler })])
      for (let n = 0; n < 2; n++) {
        const { payload, functionError } = await pool.invoke(name, { n })
        assert.deepEqual([payload, functionError], [`{"n":${n},"by":"js"}`, undefined])
      }
    })
  }

  for (const [title, source, errorType, errorMessage] of [
    ['callback', 'exports.handler = (e, c, done) => { done(new RangeError("no")) }', 'RangeError', 'no'],
    ['callback with text', 'exports.handler = (e, c, done) => { done("no") }', 'string', 'no'],
    ['context.fail', 'exports.handler = (e, c) => { c.fail(new RangeError("no")) }', 'RangeError', 'no'],
    ['throw at once', 'exports.handler = () => { throw new RangeError("no") }', 'RangeError', 'no'],
  ] as const) {
    test(`fail by ${title}`, async () => {
      const name = `fail-${title.replaceAll(/\W/g, '-')}`
      pool.publish([pool.version(name, { 'index.js': source })])
      const { value, functionError } = await pool.invoke(name)
      const { trace, ...rest } = value as { trace: unknown }
      assert.deepEqual([rest, functionError], [{ errorType, errorMessage }, 'Unhandled'])
    })
  }

  test('that never answer end when nothing is left to do', async () => {
    pool.publish([pool.version('silent', { 'index.js': 'exports.handler = () => new Promise(() => {})' })])
    for (let n = 0; n < 2; n++) assert.equal((await pool.invoke('silent')).payload, 'null')
  })

  test('stand still between invocations, and go on with what they had begun', async () => {
    const source = `
      let ticks = 0
      exports.handler = async ({ begin }) => {
        if (begin) return void setInterval(() => ticks++, 1)
        const before = ticks
        await new Promise((resolve) => setTimeout(resolve, 20))
        return { before, went: ticks > before }
      }`
    pool.publish([pool.version('frozen', { 'index.js': source })])
    await pool.invoke('frozen', { begin: true })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const { before, went } = (await pool.invoke('frozen')).value as { before: number; went: boolean }
    assert.ok(before <= 5, `ran ${before} times between the invocations`)
    assert.equal(went, true)
  })

  test('have a turn of their event loop after each answer', async () => {
    const source = `
      let turns = 0
      exports.handler = async () => {
        setImmediate(() => turns++)
        return turns
      }`
    pool.publish([pool.version('turns', { 'index.js': source })])
    for (let n = 0; n < 5; n++) assert.equal((await pool.invoke('turns')).value, n)
  })

  test('fail by an error that nobody caught, and start again', async () => {
    const source =
      'exports.handler = async () => { setTimeout(() => { throw new RangeError("late") }, 1); await new Promise(() => setInterval(() => {}, 1000)) }'
    pool.publish([pool.version('uncaught', { 'index.js': source })])
    for (let n = 0; n < 2; n++) {
      const { value, functionError } = await pool.invoke('uncaught')
      const { errorType, errorMessage } = value as { errorType: string; errorMessage: string }
      assert.deepEqual([errorType, errorMessage, functionError], ['RangeError', 'late', 'Unhandled'])
    }
  })

  test('write their console output in Lambda’s format', async () => {
    const source =
      'console.log("init"); exports.handler = async () => { console.warn("a %s\\nb", { c: 1 }); console.error(new Error("x").message); process.stdout.write("raw\\n") }'
    pool.publish([pool.version('console', { 'index.js': source })])
    const { tail, requestId } = await pool.invoke('console', {}, { tailLog: true })
    const lines = tail.split('\n').map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t/, 'TIME\t'))
    assert.deepEqual(lines.slice(0, 5), [
      `START RequestId: ${requestId} Version: $LATEST`,
      `TIME\t${requestId}\tWARN\ta { c: 1 }\rb`,
      `TIME\t${requestId}\tERROR\tx`,
      'raw',
      `END RequestId: ${requestId}`,
    ])
    assert.match(
      lines[5] ?? '',
      /^REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d\d MB\tInit Duration: \d+\.\d\d ms\t$/,
    )
    const log = await pool.log('console')
    assert.match(log, /INIT_START Runtime Version: nodejs22\.x\n.*\tundefined\tINFO\tinit\n/)
    assert.doesNotMatch((await pool.invoke('console', {}, { tailLog: true })).tail, /Init Duration/)
  })

  test('see nothing of the gateway’s environment', async () => {
    process.env['GATEHOUSE_TEST_SECRET'] = 'secret'
    pool.publish([
      pool.version(
        'env',
        { 'index.js': 'exports.handler = async () => process.env' },
        { environment: { OWN: '1', AWS_ENDPOINT_URL: 'http://mine', TMPDIR: '/etc' } },
      ),
    ])
    const env = (await pool.invoke('env')).value as Record<string, string>
    assert.equal(env['GATEHOUSE_TEST_SECRET'], undefined)
    assert.equal(env['HOME'], undefined)
    assert.equal(env['OWN'], '1')
    assert.equal(env['AWS_ENDPOINT_URL'], 'http://mine')
    assert.match(env['TMPDIR'] ?? '', /\/run\/0\/[0-9a-f]{32}$/)
    assert.match(env['_X_AMZN_TRACE_ID'] ?? '', /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/)
  })

  describe('that stream', () => {
    before(() => {
      const files = { 'index.js': streaming }
      pool.publish(
        ['plain', 'http', 'early', 'late', 'forgotten'].map((name) =>
          pool.version(name, files, { handler: `index.${name}` }),
        ),
      )
    })

    test('answer with all that they wrote', async () => {
      for (let n = 0; n < 2; n++) {
        assert.equal(
          (await pool.invoke('plain', { parts: ['a', 'ü', 'x'.repeat(100_000)] })).payload,
          `aü${'x'.repeat(100_000)}`,
        )
      }
    })
    test('put status and headers before the content', async () => {
      const { payload } = await pool.invoke('http')
      assert.equal(payload, `{"statusCode":201,"headers":{"x-a":"b"},"cookies":["c=1"]}${'\0'.repeat(8)}hello world`)
    })
    for (const [name, errorMessage] of [
      ['early', 'too early'],
      ['late', 'too late'],
    ] as const) {
      test(`fail ${errorMessage}`, async () => {
        const { value, functionError } = await pool.invoke(name)
        assert.equal(functionError, 'Unhandled')
        const { trace, ...rest } = value as { trace: unknown }
        assert.deepEqual(rest, { errorType: 'RangeError', errorMessage })
        assert.equal((await pool.invoke(name)).functionError, 'Unhandled')
      })
    }
    test('may forget to end their stream', async () => {
      assert.equal((await pool.invoke('forgotten')).payload, 'no end')
    })
  })
})
