import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { stage } from '../fixtures.ts'
import { call, endAll, gateway, host, mocked, raw, toFunction } from '../test-gateway.ts'

after(endAll)

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
