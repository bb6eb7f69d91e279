import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import type { DeployedStage } from '../snapshot/rest-api.ts'
import type { WireRequest } from '../wire/message.ts'
import { type DataPlane, dataPlane } from './data-plane.ts'
import { functionUri, method, silentLog, stage } from './fixtures.ts'
import type { Control } from './listener/control-calls.ts'

const running: { close(): unknown }[] = []
after(() => Promise.all(running.map((each) => each.close())))

function mocked(body: string) {
  return method({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: [{ statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': body } }],
  })
}

const toFunction = method({ type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' })

interface Gateway {
  readonly plane: DataPlane
  readonly port: number
  readonly apiPort: number
}

async function gateway(
  served: DeployedStage,
  control: Control = async () => assert.fail('no control'),
): Promise<Gateway> {
  const plane = dataPlane({
    maxIntegrationTimeoutMs: 29_000,
    functions: { invoke: async ({ payload }) => ({ payload: echo(payload), executedVersion: '1', requestId: 'r' }) },
    control,
    log: silentLog,
  })
  await plane.publish([{ apiId: 'abc123', stageName: 'dev', stage: served }])
  const { port, apiPort = 0 } = await plane.listen({ host: '127.0.0.1', port: 0, apiPort: 0 })
  running.push({ close: () => plane.drain({ deadlineMs: 0 }) })
  return { plane, port, apiPort }
}

function echo(payload: string): string {
  return JSON.stringify({ body: payload })
}

async function backend(answer: RequestListener): Promise<{ uri: string; server: Server }> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  running.push({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  const { port } = server.address() as AddressInfo
  return { uri: `http://127.0.0.1:${port}`, server }
}

function proxied(uri: string, timeoutInMillis = 29_000) {
  const integration = method({
    type: 'HTTP_PROXY',
    uri: `${uri}/{proxy}`,
    httpMethod: 'ANY',
    timeoutInMillis,
    requestParameters,
  })
  return stage({ '/{proxy+}': { ANY: integration } })
}

const requestParameters = { 'integration.request.path.proxy': 'method.request.path.proxy' }
const host = 'abc123.execute-api.us-east-1.amazonaws.com'

interface CallOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly agent?: Agent
}

/** Calls by host name; resolves at the response's head. */
function open(port: number, path: string, { method: verb = 'GET', headers = {}, body, agent }: CallOptions = {}) {
  const sent = httpRequest({
    port,
    host: '127.0.0.1',
    path,
    method: verb,
    headers: { host, ...headers },
    ...(agent ? { agent } : {}),
  })
  const response = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject))
  response.catch(() => {})
  if (body !== undefined) sent.end(body)
  else if (verb === 'GET') sent.end()
  return { sent, response }
}

async function call(port: number, path: string, options: CallOptions = {}) {
  const { response } = open(port, path, { ...options, body: options.body ?? '' })
  const { statusCode, headers, rawHeaders, ...rest } = await response.then(async (answer) => ({
    statusCode: answer.statusCode,
    headers: answer.headers,
    rawHeaders: answer.rawHeaders,
    body: await text(answer),
  }))
  return { status: statusCode, headers, rawHeaders, ...rest }
}

/** Sends bytes and collects all that comes until the gateway ends the connection. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

describe('a call of an API', () => {
  test('is told by host or path, on either port', async () => {
    const { port, apiPort } = await gateway(stage({ '/health': { GET: mocked('{"status": "ok"}') } }))
    const elsewhere = { headers: { host: 'localhost' } }
    for (const answer of [
      await call(port, '/dev/health'),
      await call(apiPort, '/dev/health/'),
      await call(port, '/dev/health', { headers: { host: 'abc123.execute-api.localhost:4566' } }),
      await call(port, '/restapis/abc123/dev/_user_request_/health', elsewhere),
      await call(port, '/_aws/execute-api/abc123/dev/health', elsewhere),
      await call(port, `http://${host}/dev/health`, elsewhere),
    ]) {
      assert.deepEqual([answer.status, answer.body], [200, '{"status": "ok"}'])
    }
  })

  test('has the headers of a REST API', async () => {
    const { port } = await gateway(stage({ '/health': { GET: mocked('x') } }))
    const { rawHeaders, headers } = await call(port, '/dev/health')
    assert.deepEqual(
      rawHeaders.filter((_, i) => i % 2 === 0),
      ['Content-Type', 'x-amzn-RequestId', 'x-amz-apigw-id', 'Connection', 'Content-Length', 'Date'],
    )
    assert.match(headers['x-amzn-requestid']?.toString() ?? '', /^[0-9a-f-]{36}$/)
    assert.match(headers['x-amz-apigw-id']?.toString() ?? '', /^[\w+/]{15}=$/)
    assert.equal(headers.connection, 'keep-alive')
    assert.equal(headers['x-amzn-trace-id'], undefined)
  })

  test('keeps the id that its client gave it, if that is a UUID', async () => {
    const { port } = await gateway(stage({ '/': { GET: mocked('x') } }))
    const id = '0a1b2c3d-0000-4000-8000-00000000000f'
    assert.equal((await call(port, '/dev', { headers: { 'x-amzn-requestid': id } })).headers['x-amzn-requestid'], id)
    const other = await call(port, '/dev', { headers: { 'x-amzn-requestid': `${id.slice(1)}g` } })
    assert.notEqual(other.headers['x-amzn-requestid'], `${id.slice(1)}g`)
  })

  test('of an unknown API, stage or region, or of a disabled endpoint, is forbidden', async () => {
    const { port, plane } = await gateway(stage({ '/': { GET: mocked('x') } }))
    const closed = stage({ '/': { GET: mocked('x') } }, { restApiId: 'closed', disableExecuteApiEndpoint: true })
    await plane.publish([{ apiId: 'closed', stageName: 'dev', stage: closed }])
    for (const [path, name] of [
      ['/dev', 'nope.execute-api.us-east-1.amazonaws.com'],
      ['/prod', host],
      ['/', host],
      ['/dev', 'abc123.execute-api.eu-west-1.amazonaws.com'],
      ['/dev', 'closed.execute-api.us-east-1.amazonaws.com'],
      ['/_aws/execute-api/closed/dev', 'localhost'],
    ] as const) {
      const { status, body, headers } = await call(port, path, { headers: { host: name } })
      assert.deepEqual(
        [status, body, headers['x-amzn-errortype']],
        [403, '{"message":"Forbidden"}', 'ForbiddenException'],
      )
    }
  })

  test('may replace its verb', async () => {
    const { port } = await gateway(stage({ '/': { DELETE: mocked('deleted') } }))
    assert.equal((await call(port, '/dev', { headers: { 'x-http-method-override': 'DELETE' } })).body, 'deleted')
  })

  test('by HEAD gets no body', async () => {
    const { port } = await gateway(stage({ '/': { HEAD: mocked('four') } }))
    const { body, headers } = await call(port, '/dev', { method: 'HEAD' })
    assert.deepEqual([body, headers['content-length']], ['', '4'])
  })

  test('reaches a function with its body', async () => {
    const { port } = await gateway(stage({ '/f': { ANY: toFunction } }))
    const { body } = await call(port, '/dev/f?a=1', { method: 'POST', body: 'hello' })
    const event = JSON.parse(body)
    assert.equal(event.body, 'hello')
    assert.equal(event.requestContext.identity.sourceIp, '127.0.0.1')
    assert.equal(event.requestContext.domainName, host)
    assert.equal(event.headers['X-Forwarded-Port'], String(port))
    const byPath = await call(port, '/_aws/execute-api/abc123/dev/f', { headers: { host: 'localhost' } })
    assert.equal(JSON.parse(byPath.body).requestContext.domainName, host)
  })

  test('that waits for leave to send its body gets it, unless the body is too large', async () => {
    const { port } = await gateway(stage({ '/f': { ANY: toFunction } }))
    const head = (length: number) =>
      `POST /dev/f HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`
    const socket = connect(port, '127.0.0.1')
    socket.write(head(5))
    assert.equal(String((await once(socket, 'data'))[0]), 'HTTP/1.1 100 Continue\r\n\r\n')
    socket.write('hello')
    assert.match(await text(socket), /^HTTP\/1.1 200 OK.*hello/s)
    assert.match(await raw(port, head(10_485_761)), /^HTTP\/1.1 413 /)
  })

  test('is too large above 10 MB, declared or not', async () => {
    const { port } = await gateway(stage({ '/f': { ANY: toFunction } }))
    const body = Buffer.alloc(10_485_761)
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const answer = await call(port, '/dev/f', { method: 'POST', body, headers })
      assert.deepEqual([answer.status, answer.body], [413, '{"message":"Request Too Long"}'])
    }
  })
})

describe('the control plane', () => {
  test('gets what is no API call, whole, and its answer goes back byte for byte', async () => {
    const requests: WireRequest[] = []
    const { port, apiPort } = await gateway(stage({}), async (request) => {
      requests.push(request)
      return { status: 201, headers: { 'X-Case': 'kept' }, body: new Uint8Array([0, 255]) }
    })
    const elsewhere = { host: 'localhost', 'X-Twice': 'a' }
    const { response } = open(port, '/restapis?limit=1', { method: 'POST', headers: elsewhere, body: '{"name": 1}' })
    const answer = await response
    assert.deepEqual([answer.statusCode, answer.rawHeaders.includes('X-Case')], [201, true])
    assert.deepEqual(Buffer.concat(await answer.toArray()), Buffer.from([0, 255]))
    const [request] = requests
    assert.equal(request?.method, 'POST')
    assert.equal(request.target, '/restapis?limit=1')
    assert.equal(request.headers['x-twice'], 'a')
    assert.equal(request.remoteAddress, '127.0.0.1')
    assert.equal(Buffer.from(request.body).toString(), '{"name": 1}')
    assert.equal((await call(apiPort, '/restapis', { headers: elsewhere })).status, 403)
    assert.equal(requests.length, 1)
  })

  test('is told when its client goes away', async () => {
    const aborted = Promise.withResolvers<void>()
    const { port } = await gateway(stage({}), (_request, signal) => {
      sent.destroy()
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.resolve()
          reject(signal.reason)
        })
      })
    })
    const { sent } = open(port, '/', { headers: { host: 'localhost' } })
    await aborted.promise
  })

  test('that fails is a 500', async () => {
    const { port } = await gateway(stage({}), () => Promise.reject(new Error('broken')))
    assert.equal((await call(port, '/', { headers: { host: 'localhost' } })).status, 500)
  })
})

describe('what is no valid request', () => {
  const cases = [
    ['no HTTP', 'hello\r\n\r\n', '400'],
    [
      'two framings',
      `POST /dev HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      '400',
    ],
    ['two lengths', `POST /dev HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`, '400'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    ['a huge head', `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(60_000)}\r\n\r\n`, '431'],
    ['a broken body', `POST /dev HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`, '400'],
  ] as const
  for (const [name, bytes, status] of cases) {
    test(`${name} is a ${status}, and the next call is served`, async () => {
      const { port } = await gateway(stage({ '/': { GET: mocked('x'), POST: toFunction } }))
      assert.match(await raw(port, bytes), new RegExp(`^HTTP/1.1 ${status} `))
      assert.equal((await call(port, '/dev')).status, 200)
    })
  }
})

describe('HTTP_PROXY', () => {
  test('passes bytes, status and headers both ways', async () => {
    const { uri } = await backend(async (request, response) => {
      const chunks = await request.toArray()
      response.writeHead(418, ['Set-Cookie', 'a', 'Set-Cookie', 'b', 'X-Url', `${request.method} ${request.url}`])
      response.end(Buffer.concat(chunks))
    })
    const { port } = await gateway(proxied(uri))
    const bytes = Buffer.from([0, 1, 254, 255])
    const { response } = open(port, '/dev/a%2Fb//c?x=%20&y', { method: 'POST', body: bytes })
    const answer = await response
    assert.deepEqual([answer.statusCode, answer.headers['x-url']], [418, 'POST /a%2Fb//c?x=%20&y'])
    assert.deepEqual(answer.headers['set-cookie'], ['a', 'b'])
    assert.deepEqual(Buffer.concat(await answer.toArray()), bytes)
  })

  test('reuses connections', async () => {
    const sockets = new Set()
    const { uri } = await backend(({ socket }, response) => {
      sockets.add(socket)
      response.end('x')
    })
    const { port } = await gateway(proxied(uri))
    for (let i = 0; i < 5; i++) assert.equal((await call(port, '/dev/a')).body, 'x')
    assert.equal(sockets.size, 1)
  })

  test('streams both ways at once', async () => {
    const { uri } = await backend((request, response) => void request.pipe(response))
    const { port } = await gateway(proxied(uri))
    const { sent, response } = open(port, '/dev/a', { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
    sent.write('one')
    const answer = await response
    assert.equal(String((await once(answer, 'data'))[0]), 'one')
    sent.end('two')
    assert.equal(await text(answer), 'two')
  })

  test('holds a fast backend back for a slow client', async () => {
    let written = 0
    const size = 64 * 1024 * 1024
    const stalled = Promise.withResolvers<void>()
    const { uri } = await backend((_request, response) => {
      const chunk = Buffer.alloc(65_536)
      const write = () => {
        while (written < size) {
          written += chunk.length
          if (response.write(chunk)) continue
          response.once('drain', write)
          setTimeout(stalled.resolve, 200)
          return
        }
        response.end()
      }
      write()
    })
    const { port } = await gateway(proxied(uri))
    const answer = await open(port, '/dev/a').response
    await stalled.promise
    assert.ok(written < size, 'all was taken from the backend before the client read any')
    let received = 0
    for await (const chunk of answer) received += chunk.length
    assert.equal(received, size)
  })

  test('ends the call of a client that goes away, before and during the response', async () => {
    for (const early of [true, false]) {
      const closed = Promise.withResolvers<void>()
      const arrived = Promise.withResolvers<void>()
      const { uri } = await backend((_request, response) => {
        response.on('close', () => closed.resolve())
        if (!early) response.write('x')
        arrived.resolve()
      })
      const { port } = await gateway(proxied(uri))
      const { sent, response } = open(port, '/dev/a')
      await arrived.promise
      if (!early) await response
      sent.destroy()
      await closed.promise
    }
  })

  test('cuts the connection when the backend dies midway', async () => {
    for (const headers of [{}, { 'content-length': '10' }]) {
      const { uri } = await backend((_request, response) => {
        response.writeHead(200, headers)
        response.write('half', () => response.destroy())
      })
      const { port } = await gateway(proxied(uri))
      const answer = await open(port, '/dev/a').response
      await assert.rejects(text(answer), { code: 'ECONNRESET' })
    }
  })

  test('answers 504 for a backend that is dead, mute, or too slow, and serves others meanwhile', async () => {
    const mute = createTcpServer((socket) => void socket.on('data', () => socket.destroy())).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    running.push(mute)
    const { uri: slow } = await backend((request, response) => void (request.url === '/quick' && response.end('quick')))
    const dead = createTcpServer().listen(0, '127.0.0.1')
    await once(dead, 'listening')
    const uriOf = (server: typeof dead) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const deadUri = uriOf(dead)
    dead.close()
    for (const [uri, message] of [
      [deadUri, 'Network error communicating with endpoint'],
      [uriOf(mute), 'Network error communicating with endpoint'],
      [slow, 'Endpoint request timed out'],
    ] as const) {
      const { port } = await gateway(proxied(uri, 300))
      const failing = call(port, '/dev/slow')
      if (uri === slow) assert.equal((await call(port, '/dev/quick')).body, 'quick')
      const { status, body } = await failing
      assert.deepEqual([status, body], [504, `{"message": "${message}"}`])
    }
  })
})

describe('publishing', () => {
  test('swaps what is served without a failed call', async () => {
    const { port, plane } = await gateway(stage({ '/v': { GET: mocked('0') } }))
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    running.push({ close: () => agent.destroy() })
    let version = 0
    const seen = new Set<string>()
    const callers = Array.from({ length: 4 }, async () => {
      while (version < 50) {
        const { status, body } = await call(port, '/dev/v', { agent })
        assert.equal(status, 200)
        seen.add(body)
      }
    })
    while (version < 50) {
      version++
      const next = stage({ '/v': { GET: mocked(String(version)) } })
      await plane.publish([{ apiId: 'abc123', stageName: 'dev', stage: next }])
      assert.equal((await call(port, '/dev/v')).body, String(version))
    }
    await Promise.all(callers)
    assert.ok(seen.size > 1)
  })

  test('takes a deleted stage away', async () => {
    const { port, plane } = await gateway(stage({ '/': { GET: mocked('x') } }))
    await plane.publish([{ apiId: 'abc123', stageName: 'dev' }])
    assert.equal((await call(port, '/dev')).status, 403)
  })
})

describe('draining', () => {
  test('ends calls in flight, takes no more, and closes their connections', async () => {
    const arrived = Promise.withResolvers<void>()
    let finish = () => {}
    const { uri } = await backend((_request, response) => {
      finish = () => void response.end('late')
      arrived.resolve()
    })
    const { port, plane } = await gateway(proxied(uri))
    const agent = new Agent({ keepAlive: true })
    running.push({ close: () => agent.destroy() })
    const pending = call(port, '/dev/a', { agent })
    await arrived.promise
    const drained = plane.drain({ deadlineMs: 5_000 })
    await assert.rejects(call(port, '/dev/a'), { code: 'ECONNREFUSED' })
    finish()
    const { body, headers } = await pending
    assert.deepEqual([body, headers.connection], ['late', 'close'])
    await drained
  })

  test('cuts what is left at the deadline', async () => {
    const arrived = Promise.withResolvers<void>()
    const { uri } = await backend(() => arrived.resolve())
    const { port, plane } = await gateway(proxied(uri))
    const cut = assert.rejects(call(port, '/dev/a'), { code: 'ECONNRESET' })
    const idle = connect(port, '127.0.0.1')
    await arrived.promise
    const before = performance.now()
    await plane.drain({ deadlineMs: 50 })
    assert.ok(performance.now() - before >= 45)
    await cut
    idle.destroy()
  })
})
