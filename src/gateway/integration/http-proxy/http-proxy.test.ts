import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import type { RestIntegration } from '../../../snapshot/rest-api.ts'
import { deployed, fixedIds, type InvocationValues, invocation } from '../../fixtures.ts'
import { isSource, type Reply } from '../../reply.ts'
import { isStreamed, type ResponseListener, type SentRequest, type UpstreamRequest } from '../upstream/upstream.ts'
import { httpProxy } from './http-proxy.ts'

/** A request whose backend is the test. */
class Line implements SentRequest {
  paused = false
  abortedWith: Error | undefined
  readonly origin: string
  readonly request: UpstreamRequest
  readonly listener: ResponseListener

  constructor(origin: string, request: UpstreamRequest, listener: ResponseListener) {
    this.origin = origin
    this.request = request
    this.listener = listener
  }

  resume(): void {
    this.paused = false
  }

  abort(reason: Error): void {
    this.abortedWith = reason
    this.listener.onError(reason)
  }

  data(text: string | Buffer): void {
    this.paused = !this.listener.onData(Buffer.from(text))
  }
}

/** @param timeoutMs Calls that a test leaves open end by it. */
function backend(
  integration: Partial<RestIntegration> = {},
  options: Parameters<typeof deployed>[1] = {},
  timeoutMs = 100,
) {
  const lines: Line[] = []
  const handler = httpProxy(
    deployed({ type: 'HTTP_PROXY', uri: 'http://backend.test/base', httpMethod: 'ANY', ...integration }, options),
    {
      send(origin, request, listener) {
        const line = new Line(origin, request, listener)
        lines.push(line)
        return line
      },
      ids: fixedIds,
      timeoutMs,
    },
  )
  const call = async (values: InvocationValues = {}) => {
    const reply = Promise.resolve(handler(invocation(values)))
    reply.catch(() => {})
    await new Promise(setImmediate)
    const line = lines.at(-1)
    assert.ok(line, 'nothing was sent')
    return { line, origin: line.origin, options: line.request, reply }
  }
  return { call, handler }
}

const added = ['X-Amzn-Trace-Id', fixedIds.traceRoot(0), 'X-Amzn-Apigateway-Api-Id', 'abc123']

describe('the request to an HTTP backend', () => {
  test("has the client's verb, query and headers, less what never travels", async () => {
    const { origin, options } = await backend().call({
      method: 'DELETE',
      query: 'a=1&a=%20x',
      headers: ['Host', 'h', 'X-A', '1', 'x-a', '2', 'Connection', 'keep-alive', 'Content-Encoding', 'gzip', 'TE', 't'],
    })
    assert.equal(origin, 'http://backend.test')
    assert.deepEqual(options, {
      method: 'DELETE',
      path: '/base?a=1&a=%20x',
      headers: ['X-A', '1', 'x-a', '2', ...added],
      body: null,
    })
  })

  test('has the verb of the integration', async () => {
    assert.equal((await backend({ httpMethod: 'PUT' }).call()).options.method, 'PUT')
  })

  for (const [verb, expected] of [
    ['POST', 'hello'],
    ['PATCH', 'hello'],
    ['DELETE', 'hello'],
    ['GET', undefined],
    ['HEAD', undefined],
    ['OPTIONS', undefined],
  ] as const) {
    test(`${verb} is sent with ${expected ? 'its' : 'no'} body`, async () => {
      const { options } = await backend().call({ method: verb, body: 'hello' })
      assert.equal(options.body?.toString(), expected)
    })
  }

  test('streams a large body with its length', async () => {
    const { options } = await backend().call({ method: 'POST', body: Buffer.alloc(100_000) })
    assert.ok(options.body && isStreamed(options.body))
    assert.equal(options.body.length, 100_000)
    let length = 0
    for await (const chunk of options.body.chunks) length += chunk.length
    assert.equal(length, 100_000)
  })

  test('has no header that Connection names, and no signature', async () => {
    const { options } = await backend().call({
      headers: ['Connection', 'close, X-Hop', 'X-Hop', '1', 'Keep-Alive', '5', 'Authorization', 'AWS4-HMAC-SHA256 x'],
    })
    assert.deepEqual(options.headers, added)
  })

  const variables = { v: 'red' }
  for (const [name, source, values, expected] of [
    ['a static value', "'text'", {}, 'text'],
    ['a path value', 'method.request.path.petId', { pathValues: ['a%2Fb'] }, 'a%2Fb'],
    ['the last query value', 'method.request.querystring.q', { query: 'q=1&q=a+b' }, 'a b'],
    ['all query values', 'method.request.multivaluequerystring.q', { query: 'q=1&q=2' }, '1,2'],
    [
      'the last header of exactly that case',
      'method.request.header.X-H',
      { headers: ['X-H', '1', 'X-H', '2', 'x-h', '3'] },
      '2',
    ],
    ['all headers', 'method.request.multivalueheader.X-H', { headers: ['X-H', '1', 'X-H', '2'] }, '1,2'],
    ['a header that no mapping sees', 'method.request.header.Expect', { headers: ['Expect', 'x'] }, undefined],
    ['a stage variable', 'stageVariables.v', {}, 'red'],
    ['an unset stage variable', 'stageVariables.w', {}, undefined],
    ['a context variable', 'context.identity.sourceIp', {}, '203.0.113.9'],
    ['the request id', 'context.requestId', {}, fixedIds.request()],
    ['an unset context variable', 'context.identity.user', {}, undefined],
    ['a missing query parameter', 'method.request.querystring.q', {}, undefined],
  ] as const) {
    test(`maps ${name}`, async () => {
      const requestParameters = { 'integration.request.header.X-Mapped': source }
      const { options } = await backend({ requestParameters }, { variables }).call(values)
      const lines = options.headers
      const at = lines.indexOf('X-Mapped')
      assert.equal(at < 0 ? undefined : lines[at + 1], expected)
    })
  }

  test('maps what the body holds, which travels on', async () => {
    const requestParameters = { 'integration.request.header.X-Kind': 'method.request.body.pet.kind' }
    const body = '{"pet":{"kind":"dog"}}'
    const { options } = await backend({ requestParameters }).call({ method: 'POST', body })
    assert.deepEqual(options.headers, ['X-Kind', 'dog', ...added])
    assert.equal(String(options.body), body)
    const without = await backend({ requestParameters }).call({ method: 'GET', body })
    assert.deepEqual([without.options.headers[1], without.options.body], ['dog', null])
    await assert.rejects(
      async () => backend({ requestParameters }).handler(invocation({ method: 'POST', body: '{"pet"' })),
      { status: 400, message: 'Invalid JSON in request body' },
    )
  })

  for (const [contentHandling, type, sent] of [
    ['CONVERT_TO_TEXT', 'image/png', 'UE5H'],
    ['CONVERT_TO_BINARY', 'image/png', 'PNG'],
    ['CONVERT_TO_TEXT', 'text/plain', 'PNG'],
  ] as const) {
    test(`with ${contentHandling} is ${sent} for ${type}`, async () => {
      const { call } = backend({ contentHandling }, { binaryMediaTypes: ['image/png'] })
      const { options } = await call({ method: 'POST', headers: ['Content-Type', type], body: 'PNG' })
      assert.equal(String(options.body), sent)
    })
  }

  test('refuses a mapped value that would break out of its header', () => {
    const requestParameters = { 'integration.request.header.X-A': 'method.request.querystring.q' }
    const values = { query: 'q=a%0d%0aX-B:%20c' }
    assert.throws(() => backend({ requestParameters }).handler(invocation(values)), {
      status: 400,
      message: 'Bad Request',
    })
  })

  test("puts a mapped header in place of the client's", async () => {
    const requestParameters = { 'integration.request.header.X-A': "'mine'" }
    const { options } = await backend({ requestParameters }).call({ headers: ['x-a', '1'] })
    assert.deepEqual(options.headers, ['X-A', 'mine', ...added])
  })

  test("appends mapped query parameters to the URI's and the client's", async () => {
    const requestParameters = {
      'integration.request.querystring.a': "'x&y'",
      'integration.request.querystring.b': 'method.request.multivaluequerystring.b',
    }
    const { options } = await backend({ uri: 'http://backend.test/base?z=0', requestParameters }).call({
      query: 'a=1&b=2&b=3',
    })
    assert.equal(options.path, '/base?z=0&a=1&b=2&b=3&a=x%26y&b=2&b=3')
  })

  test('fills placeholders and stage variables into the URI', async () => {
    const requestParameters = { 'integration.request.path.proxy': 'method.request.path.petId' }
    const uri = 'http://${stageVariables.v}.test/{proxy}'
    const { origin, options } = await backend({ uri, requestParameters }, { variables }).call({ pathValues: ['a/b'] })
    assert.deepEqual([origin, options.path], ['http://red.test', '/a/b'])
  })

  for (const [name, integration] of [
    ['no URL', { uri: 'backend' }],
    ['a placeholder without mapping', { uri: 'http://backend.test/{proxy}' }],
    ['an unknown source', { requestParameters: { 'integration.request.header.X': 'method.request.cookie.x' } }],
    ['an unknown target', { requestParameters: { 'integration.request.body.x': "'x'" } }],
  ] as const) {
    test(`${name} is a 500`, () => {
      assert.throws(() => backend(integration).handler(invocation()), { type: 'API_CONFIGURATION_ERROR', status: 500 })
    })
  }
})

/** Pours a reply's body into a list. */
function poured({ body }: Reply, accept = () => true): unknown[] {
  assert.ok(isSource(body))
  const events: unknown[] = []
  body.pour({
    write: (chunk) => {
      events.push(String(chunk))
      return accept()
    },
    end: (chunk) => void events.push(chunk ? String(chunk) : '', 'end'),
    fail: (error) => void events.push(error.message),
  })
  return events
}

describe('the response of an HTTP backend', () => {
  async function answered(...headers: string[]) {
    const { line, reply } = await backend().call()
    line.listener.onHead(200, headers)
    return { line, reply: await reply }
  }

  test('keeps repeats and case; the gateway’s own names are remapped', async () => {
    const { reply } = await answered(
      ...[
        'Set-Cookie',
        'a',
        'set-cookie',
        'b',
        'Content-Type',
        'text/css',
        'Server',
        's',
        'Date',
        'd',
        'Connection',
        'c',
      ],
      ...['Content-Length', '2', 'Transfer-Encoding', 't', 'Keep-Alive', 'k', 'x-amzn-requestid', 'r'],
    )
    assert.equal(reply.status, 200)
    assert.deepEqual(reply.headers, [
      ...['Set-Cookie', 'a', 'set-cookie', 'b', 'Content-Type', 'text/css', 'x-amzn-Remapped-Server', 's'],
      ...['x-amzn-Remapped-Date', 'd', 'x-amzn-Remapped-Connection', 'c', 'Content-Length', '2'],
      ...['x-amzn-Remapped-Content-Length', '2', 'x-amzn-Remapped-x-amzn-RequestId', 'r'],
    ])
  })

  test('has a content type in any case', async () => {
    assert.deepEqual((await answered()).reply.headers, ['Content-Type', 'application/json'])
  })

  test('pours what came before its reader, and what comes after', async () => {
    const { reply, line } = await answered()
    line.data('a')
    const events = poured(reply)
    line.data('b')
    line.listener.onEnd()
    assert.deepEqual(events, ['a', 'b', '', 'end'])
  })

  test('pours a whole body in one piece', async () => {
    const { reply, line } = await answered()
    line.data('a')
    line.listener.onEnd()
    assert.deepEqual(poured(reply), ['a', 'end'])
  })

  test('holds the backend back while nobody reads, or the client is slow', async () => {
    const { reply, line } = await answered()
    line.data(Buffer.alloc(70_000))
    assert.equal(line.paused, true)
    let open = true
    poured(reply, () => open)
    assert.equal(line.paused, false)
    open = false
    line.data('b')
    assert.equal(line.paused, true)
    assert.ok(isSource(reply.body))
    reply.body.resume()
    assert.equal(line.paused, false)
  })

  test('that dies midway fails its reader', async () => {
    const { reply, line } = await answered()
    const events = poured(reply)
    line.data('a')
    line.listener.onError(new Error('reset'))
    assert.deepEqual(events, ['a', 'reset'])
  })

  test('that stalls is cut, but not while the client is waited for', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const { reply, line } = await answered()
      let open = false
      const events = poured(reply, () => open)
      line.data('a')
      mock.timers.tick(60_000)
      assert.deepEqual(events, ['a'])
      open = true
      assert.ok(isSource(reply.body))
      reply.body.resume()
      mock.timers.tick(100)
      assert.deepEqual(events, ['a', 'Endpoint request timed out'])
    } finally {
      mock.timers.reset()
    }
  })
})

describe('a backend without response', () => {
  for (const [code, status, message] of [
    ['ECONNREFUSED', 504, 'Network error communicating with endpoint'],
    ['ECONNRESET', 504, 'Network error communicating with endpoint'],
    ['BAD_RESPONSE', 504, 'Network error communicating with endpoint'],
    ['CERT_HAS_EXPIRED', 500, 'Internal server error'],
    ['ENOTFOUND', 500, 'Internal server error'],
  ] as const) {
    test(`${code} is a ${status}`, async () => {
      const { reply, line } = await backend().call()
      line.listener.onError(Object.assign(new Error('x'), { code }))
      await assert.rejects(reply, { status, message })
    })
  }

  test('is a 504 in time, and its request is ended', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const { reply, line } = await backend().call()
      mock.timers.tick(100)
      await assert.rejects(reply, { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' })
      assert.equal(line.abortedWith?.message, 'Endpoint request timed out')
    } finally {
      mock.timers.reset()
    }
  })

  test('is left when the client goes away', async () => {
    const goneListeners: (() => void)[] = []
    const { line, reply } = await backend().call({ goneListeners })
    for (const gone of goneListeners) gone()
    await assert.rejects(reply, { status: 499 })
    assert.equal(line.abortedWith?.message, 'Client closed the connection')
  })
})
