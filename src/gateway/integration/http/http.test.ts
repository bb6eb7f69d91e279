import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import type { RestIntegration, RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import { method, stage } from '../../fixtures.ts'
import { backend, call, endAll, gateway, open, running } from '../../test-gateway.ts'

after(endAll)

const ok: RestIntegrationResponse = { statusCode: '200', responseParameters: {}, responseTemplates: {} }
const failed: RestIntegrationResponse = { ...ok, statusCode: '502', selectionPattern: '5\\d{2}' }

/** A stage whose every call goes to one backend through a custom integration. */
function mapped(uri: string, settings: Partial<RestIntegration> = {}) {
  const integration = { type: 'HTTP', httpMethod: 'ANY', uri, responses: [ok, failed], ...settings } as const
  return stage({ '/{proxy+}': { ANY: method({ timeoutInMillis: 500, ...integration }) } })
}

/** A backend in raw bytes, which answers whatever it is asked. */
async function rawBackend(answer: string, { keepOpen = false } = {}): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => (keepOpen ? socket.write(answer) : socket.end(answer)))
    running.push({ close: () => socket.destroy() })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  running.push({ close: () => server.close() })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('HTTP', () => {
  test('tells the backend what is mapped, and little more', async () => {
    const { uri } = await backend(async (request, response) => {
      const { method: verb, url, rawHeaders } = request
      const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []))
      response.writeHead(201, { 'Content-Type': 'text/plain' })
      response.end(JSON.stringify({ verb, url, lines, body: await text(request) }))
    })
    const requestParameters = {
      'integration.request.path.rest': 'method.request.path.proxy',
      'integration.request.querystring.page size': 'method.request.querystring.n',
      'integration.request.header.X-Name': 'method.request.header.X-Name',
    }
    const { port } = await gateway(mapped(`${uri}/v2/{rest}?k=v`, { requestParameters }))
    const answer = await call(port, '/dev/a/b?n=%26&secret=1', {
      method: 'POST',
      headers: { 'X-Name': 'é', Cookie: 'c=1', 'X-Amzn-Trace-Id': 'Root=1-2-3' },
      body: 'text',
    })
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers['x-amzn-trace-id']), /^Root=1-2-3;Parent=[0-9a-f]{16};Sampled=0$/)
    assert.equal(answer.headers['content-type'], 'application/json')
    const { verb, url, lines, body } = JSON.parse(answer.body)
    assert.deepEqual([verb, url, body], ['POST', '/v2/a/b?k=v&page%20size=%26', 'text'])
    assert.deepEqual(lines.sort(), [
      'Accept: application/json',
      'Content-Length: 4',
      'Content-Type: application/json',
      `Host: ${new URL(uri).host}`,
      'User-Agent: AmazonAPIGateway_abc123',
      'X-Amzn-Apigateway-Api-Id: abc123',
      'X-Amzn-Trace-Id: Root=1-2-3',
      'X-Name: Ã©',
    ])
  })

  test('sends no body with GET, and maps the answer by its status', async () => {
    const { uri } = await backend(async (request, response) => {
      response.writeHead(request.headers['content-length'] === undefined ? 503 : 200).end('{"a":1}')
    })
    const { port } = await gateway(mapped(uri))
    const answer = await call(port, '/dev/a', { method: 'GET' })
    assert.deepEqual([answer.status, answer.body], [502, '{"a":1}'])
  })

  const broken: [string, string, status: number, message: string][] = [
    ['says nothing', '', 504, 'Network error communicating with endpoint'],
    ['speaks another language', 'HELO\r\n\r\n', 504, 'Network error communicating with endpoint'],
    [
      'has two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      504,
      'Network error communicating with endpoint',
    ],
    [
      'sends less than it says',
      'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab',
      504,
      'Network error communicating with endpoint',
    ],
    [
      'breaks its chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      504,
      'Network error communicating with endpoint',
    ],
  ]
  for (const [name, answer, status, message] of broken) {
    test(`answers ${status} for a backend that ${name}`, async () => {
      const { port } = await gateway(mapped(await rawBackend(answer)))
      const reply = await call(port, '/dev/a', { method: 'POST' })
      assert.deepEqual([reply.status, reply.body], [status, `{"message": "${message}"}`])
    })
  }

  test('takes what a backend sent of its length, and no more', async () => {
    const { port } = await gateway(mapped(await rawBackend('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcdef')))
    assert.equal((await call(port, '/dev/a', { method: 'POST' })).body, 'ab')
  })

  test('answers 504 for a backend that does not end in time', async () => {
    const slow = await rawBackend('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab', { keepOpen: true })
    const { port } = await gateway(mapped(slow, { timeoutInMillis: 100 }))
    const reply = await call(port, '/dev/a', { method: 'POST' })
    assert.deepEqual([reply.status, reply.body], [504, '{"message": "Endpoint request timed out"}'])
  })

  test('answers 500 for a response above 10 MB', async () => {
    const { uri } = await backend((_request, response) => {
      const chunk = Buffer.alloc(1_048_576)
      const write = () => {
        while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', write)
      }
      write()
    })
    const { port } = await gateway(mapped(uri, { timeoutInMillis: 5_000 }))
    const reply = await call(port, '/dev/a', { method: 'POST' })
    assert.deepEqual([reply.status, reply.body], [500, '{"message": "Internal server error"}'])
  })

  test('ends the call when its client goes away', async () => {
    const gone = Promise.withResolvers<void>()
    const { uri } = await backend((request) => void request.socket.on('close', () => gone.resolve()))
    const { port } = await gateway(mapped(uri))
    const { sent, response } = open(port, '/dev/a', { method: 'POST', body: 'x' })
    response.catch(() => {})
    setTimeout(() => sent.destroy(), 50)
    await gone.promise
  })

  test('is a 500 for an address that is none', async () => {
    const { port } = await gateway(mapped('http://{host}/'))
    assert.equal((await call(port, '/dev/a')).status, 500)
  })
})
