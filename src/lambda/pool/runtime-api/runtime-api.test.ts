import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { invocationResponse } from './invocation-response.ts'
import { RuntimeApi, type RuntimeListener } from './runtime-api.ts'

const invocation = {
  requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f:live',
  payload: '{"key":"wért"}',
  clientContext: Buffer.from('{"custom":{"a":"é\\n"}}').toString('base64'),
  traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700',
  tailLog: false,
}
const runtime = '/2018-06-01/runtime'
const next = `GET ${runtime}/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n`
const post = (path: string, body = '', headers = '') =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const response = `${runtime}/invocation/${invocation.requestId}/response`

describe('the Runtime API', () => {
  let server: Server
  let api: RuntimeApi
  let client: Socket
  let events: unknown[][]
  let takesStream: RuntimeListener['streams'] | undefined

  beforeEach(async () => {
    events = []
    takesStream = undefined
    const record =
      (name: string) =>
      (...values: unknown[]) =>
        void events.push([name, ...values])
    api = new RuntimeApi({
      streams: (resume) => takesStream?.(resume),
      polled: record('polled'),
      responded: record('responded'),
      failed: record('failed'),
      respondedTooMuch: record('respondedTooMuch'),
      initFailed: record('initFailed'),
    })
    server = createServer((socket) => api.accept({ toRuntime: socket, fromRuntime: socket })).listen(0, '127.0.0.1')
    await once(server, 'listening')
    client = open()
    client.setEncoding('utf8')
  })
  afterEach(() => {
    client.destroy()
    api.close()
    server.close()
  })

  const open = () => connect((server.address() as { port: number }).port, '127.0.0.1')
  /** Sends and waits for what comes back in one piece. */
  async function exchange(text: string): Promise<string> {
    client.write(text)
    return String(await once(client, 'data'))
  }
  async function poll(): Promise<void> {
    client.write(next)
    while (!api.isPolled) await new Promise(setImmediate)
    await new Promise(setImmediate)
  }
  const deliver = () => api.deliver(invocation.requestId, invocationResponse(invocation, 1542409706888))
  async function run(): Promise<string> {
    await poll()
    deliver()
    return String(await once(client, 'data'))
  }

  test('hands an invocation to the runtime that polls', async () => {
    const [head = '', body] = (await run()).split('\r\n\r\n')
    assert.equal(body, '{"key":"wért"}')
    assert.deepEqual(head.split('\r\n'), [
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
      'Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd',
      'Lambda-Runtime-Deadline-Ms: 1542409706888',
      'Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:f:live',
      'Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700',
      'Lambda-Runtime-Client-Context: {"custom":{"a":"\\u00e9\\n"}}',
      'Content-Length: 15',
    ])
    assert.deepEqual(events, [['polled']])
  })

  test('accepts the answer', async () => {
    await run()
    assert.match(
      await exchange(post(response, '{"a":1}')),
      /^HTTP\/1\.1 202 Accepted\r\n[\s\S]*\r\n\r\n{"status":"OK"}\n$/,
    )
    assert.deepEqual(events.at(-1), ['responded', '{"a":1}'])
  })

  test('sends the acceptance with the next invocation when the runtime polls in the same write', async () => {
    await run()
    client.write(post(response, '1') + next)
    while (events.length < 3) await new Promise(setImmediate)
    deliver()
    const [both] = await once(client, 'data')
    assert.match(String(both), /^HTTP\/1\.1 202 Accepted[\s\S]*HTTP\/1\.1 200 OK[\s\S]*wért/)
  })

  test('takes a streamed answer, and a late error from its trailers', async () => {
    const streamed = `POST ${response} HTTP/1.1\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n`
    await run()
    await exchange(`${streamed}2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`)
    assert.deepEqual(events.at(-1), ['responded', 'abc'])
    await run()
    const body = Buffer.from('{"errorType":"E"}').toString('base64')
    await exchange(
      `${streamed}2\r\nab\r\n0\r\nLambda-Runtime-Function-Error-Type: E\r\nLambda-Runtime-Function-Error-Body: ${body}\r\n\r\n`,
    )
    assert.deepEqual(events.at(-1), ['failed', '{"errorType":"E"}', 'E'])
  })

  test('passes a streamed answer on as it arrives, when someone takes it', async () => {
    const pieces: string[] = []
    let resume = () => {}
    takesStream = (goOn) => {
      resume = goOn
      return (bytes) => {
        pieces.push(String(bytes))
        return pieces.length !== 2
      }
    }
    await run()
    const head = `POST ${response} HTTP/1.1\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n`
    client.write(`${head}2\r\nab\r\n`)
    while (pieces.length < 1) await new Promise(setImmediate)
    client.write('1\r\nc\r\n')
    while (pieces.length < 2) await new Promise(setImmediate)
    client.write('1\r\nd\r\n0\r\n\r\n')
    await new Promise((settled) => setTimeout(settled, 20))
    assert.deepEqual(pieces, ['ab', 'c'], 'a taker that holds back gets no more')
    const [accepted] = await Promise.all([once(client, 'data'), resume()])
    assert.match(String(accepted), /202 Accepted/)
    assert.deepEqual(
      [pieces, events.at(-1)],
      [
        ['ab', 'c', 'd'],
        ['responded', ''],
      ],
    )

    await run()
    const large = Buffer.alloc(7 * 1024 * 1024, 'x')
    client.write(`${head}${large.length.toString(16)}\r\n`)
    client.write(large)
    const [late] = await Promise.all([
      once(client, 'data'),
      client.write('\r\n0\r\nLambda-Runtime-Function-Error-Type: E\r\n\r\n'),
    ])
    assert.match(String(late), /202 Accepted/)
    assert.equal(pieces.slice(3).join('').length, large.length)
    assert.deepEqual(events.at(-1), ['failed', '', 'E'])
  })

  test('takes an error', async () => {
    await run()
    const path = response.replace('/response', '/error')
    assert.match(
      await exchange(post(path, '{"errorType":"A"}', 'Lambda-Runtime-Function-Error-Type: B\r\n')),
      /202 Accepted/,
    )
    assert.deepEqual(events.at(-1), ['failed', '{"errorType":"A"}', 'B'])
  })

  test('takes an error of initialisation once', async () => {
    assert.match(
      await exchange(post(`${runtime}/init/error`, '{}', 'Lambda-Runtime-Function-Error-Type: B\r\n')),
      /202/,
    )
    assert.deepEqual(events, [['initFailed', '{}', 'B']])
    assert.match(await exchange(post(`${runtime}/init/error`, '{}')), /^HTTP\/1\.1 403 [\s\S]*InvalidStateTransition/)
  })

  test('refuses an answer that is too large and goes on', async () => {
    await run()
    client.write(post(response, 'x'.repeat(6_291_557)))
    assert.match(
      String(await once(client, 'data')),
      /^HTTP\/1\.1 413 [\s\S]*Exceeded maximum allowed payload size \(6291556 bytes\)/,
    )
    assert.deepEqual(events.at(-1), ['respondedTooMuch'])
    await run()
  })

  for (const [title, request, status, type] of [
    ['another invocation’s id', post(response.replace('8476', '0000'), '1'), 400, 'InvalidRequestID'],
    [
      'an unknown response mode',
      post(response, '1', 'Lambda-Runtime-Function-Response-Mode: odd\r\n'),
      400,
      'InvalidFunctionResponseMode',
    ],
    ['a poll while it runs', next, 403, 'InvalidStateTransition'],
    ['an error of initialisation', post(`${runtime}/init/error`, '{}'), 403, 'InvalidStateTransition'],
    ['an unknown path', `GET ${runtime}/other HTTP/1.1\r\n\r\n`, 404, 'NotFound'],
    ['an unknown verb', post(`${runtime}/invocation/${invocation.requestId}/other`), 404, 'NotFound'],
    ['an extension', post('/2020-01-01/extension/register', '{}'), 501, 'NotImplemented'],
    ['telemetry', 'PUT /2022-07-01/telemetry HTTP/1.1\r\n\r\n', 501, 'NotImplemented'],
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'InvalidRequest'],
  ] as const) {
    test(`refuses ${title}`, async () => {
      await run()
      const answer = await exchange(request)
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `))
      const { errorType, errorMessage } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
      assert.equal(errorType, type)
      assert.equal(typeof errorMessage, 'string')
    })
  }

  test('refuses a second answer', async () => {
    await run()
    await exchange(post(response, '1'))
    assert.match(
      await exchange(post(response, '2')),
      /^HTTP\/1\.1 403 [\s\S]*State transition from InvocationResponse to InvocationResponse failed/,
    )
    assert.equal(events.filter(([name]) => name === 'responded').length, 1)
  })

  test('refuses a second poll, and forgets a runtime that hung up', async () => {
    await poll()
    const other = open()
    other.write(next)
    assert.match(String(await once(other, 'data')), /^HTTP\/1\.1 403/)
    client.destroy()
    while (api.isPolled) await new Promise(setImmediate)
    other.write(next)
    while (!api.isPolled) await new Promise(setImmediate)
    other.destroy()
  })

  test('answers 100 Continue, and closes when asked to', async () => {
    await run()
    const head = `POST ${response} HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 1\r\n\r\n`
    assert.equal(await exchange(head), 'HTTP/1.1 100 Continue\r\n\r\n')
    assert.match(await exchange('1'), /^HTTP\/1\.1 202/)
    await once(client, 'close')
  })
})
