import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import { backend, call, endAll, gateway } from '../../test-gateway.ts'
import { httpStage, integration, route } from '../fixtures.ts'

after(endAll)

const host = 'http1.execute-api.us-east-1.amazonaws.com'

interface Setting {
  readonly routeKey?: string
  /** What follows the backend's address in the integration's URI. */
  readonly path?: string
  readonly stageName?: string
  readonly changes?: Partial<HttpIntegration>
}

/** A gateway in front of a backend that tells what it got. */
async function proxied({ routeKey = '$default', path = '', stageName = '$default', changes = {} }: Setting = {}) {
  const seen: IncomingMessage[] = []
  const { uri } = await backend(async (request, response) => {
    seen.push(request)
    const body = await text(request)
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    response.writeHead(request.url?.includes('fail') ? 418 : 200, {
      'x-backend': 'yes',
      server: 'tests',
      'keep-alive': 'timeout=5',
      'access-control-allow-origin': 'backend',
    })
    response.end(`${request.method} ${request.url} ${body}`)
  })
  const served = route(routeKey, { integration: integration({ uri: uri + path, ...changes }) })
  const { port } = await gateway(httpStage([served], { stageName, variables: { base: 'v1' } }))
  const send = (target: string, options: Parameters<typeof call>[2] = {}) =>
    call(port, target, { ...options, headers: { host, ...options.headers } })
  return { seen, send, uri }
}

describe('the request to an HTTP backend', () => {
  for (const [what, setting, target, url] of [
    ['of $default has the whole path', {}, '/pets/1?a=1&a=%20', '/pets/1?a=1&a=%20'],
    ['of $default keeps the root', {}, '/', '/'],
    ['of $default keeps the path as it was sent', {}, '/a%2Fb//c/', '/a%2Fb//c/'],
    ['of $default is put behind the path of the URI', { path: '/base/?x=1' }, '/pets?y', '/base/pets?x=1&y'],
    ['of $default leaves a named stage out', { stageName: 'dev' }, '/dev/pets', '/pets'],
    ['has the path of the URI', { routeKey: 'GET /pets', path: '/animals' }, '/pets?a=1', '/animals?a=1'],
    ['has {proxy}', { routeKey: 'ANY /x/{proxy+}', path: '/y/{proxy}' }, '/x/a/b/', '/y/a/b/'],
    ['has an empty {proxy}', { routeKey: 'ANY /x/{proxy+}', path: '/y/{proxy}' }, '/x/', '/y/'],
    ['has variables', { routeKey: 'GET /o/{a}/{b}', path: '/{b}/z{a}' }, '/o/1/2', '/2/z1'],
    [
      'has variables encoded',
      { routeKey: 'GET /o/{a}', path: '/p/{a}' },
      '/o/a%20%25%23+%E2%82%AC',
      '/p/a%20%25%23+%E2%82%AC',
    ],
    ['has stage variables', { routeKey: 'GET /o', path: '/${stageVariables.base}/o' }, '/o', '/v1/o'],
  ] as const) {
    test(what, async () => {
      const { send } = await proxied(setting)
      assert.equal((await send(target)).body, `GET ${url} `)
    })
  }

  test('has the verb of the integration, and the body', async () => {
    const { send } = await proxied({ changes: { method: 'PUT' } })
    assert.equal((await send('/x', { method: 'POST', body: 'hello' })).body, 'PUT /x hello')
    const long = 'x'.repeat(100_000)
    const any = await proxied()
    assert.equal((await any.send('/x', { method: 'PATCH', body: long })).body, `PATCH /x ${long}`)
  })

  test("has all of the client's headers but those of its connection, and who forwards it", async () => {
    const { send, seen, uri } = await proxied()
    await send('/', {
      headers: {
        'X-Own': '1',
        Authorization: 'Bearer t',
        Cookie: 'a=1',
        'X-Forwarded-For': '192.0.2.1',
        Forwarded: 'for=192.0.2.1',
        'X-Private': 'secret',
        'X-Amzn-Trace-Id': 'Root=1-67891233-abcdef012345678912345678',
        Connection: 'x-private',
        TE: 'trailers',
      },
    })
    const { headers } = seen[0] ?? assert.fail('nothing arrived')
    assert.deepEqual(
      { ...headers, connection: undefined },
      {
        host: new URL(uri).host,
        'x-own': '1',
        authorization: 'Bearer t',
        cookie: 'a=1',
        'x-forwarded-for': '192.0.2.1',
        forwarded: `for=192.0.2.1, for=127.0.0.1;host=${host};proto=http`,
        via: 'HTTP/1.1 AmazonAPIGateway',
        'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
        connection: undefined,
      },
    )
  })
})

describe('the reply of an HTTP backend', () => {
  test('is passed on, less what concerns its connection, with names in Title-Case', async () => {
    const { send } = await proxied()
    const { status, rawHeaders } = await send('/fail')
    assert.equal(status, 418)
    assert.deepEqual(
      rawHeaders.filter((_, i) => i % 2 === 0),
      [
        'Set-Cookie',
        'Set-Cookie',
        'X-Backend',
        'Server',
        'Access-Control-Allow-Origin',
        'Apigw-Requestid',
        'Connection',
        'Content-Length',
        'Date',
      ],
    )
  })

  test('is 503 when there is none, or none in time', async () => {
    const { port } = await gateway(httpStage([route('$default')]))
    const unreachable = await call(port, '/', { headers: { host } })
    assert.deepEqual([unreachable.status, unreachable.body], [503, '{"message":"Service Unavailable"}'])
    const silent = await backend(() => {})
    const slow = route('$default', { integration: integration({ uri: silent.uri, timeoutInMillis: 50 }) })
    const late = await call((await gateway(httpStage([slow]))).port, '/', { headers: { host } })
    assert.deepEqual([late.status, late.body], [503, '{"message":"Service Unavailable"}'])
  })

  for (const [what, values] of [
    ['no integration', { integration: undefined }],
    ['a URI that is none', { integration: integration({ uri: 'ftp://x' }) }],
    ['a placeholder of no variable', { integration: integration({ uri: 'http://127.0.0.1:9/{id}' }) }],
    ['a mapping that is none', { integration: integration({ requestParameters: { 'overwrite:body': 'x' } }) }],
    ['a response mapping that is none', { integration: integration({ responseParameters: { 200: { x: 'x' } } }) }],
  ] as const) {
    test(`is 500 with ${what}`, async () => {
      const { integration: own, ...bare } = route('GET /x')
      const served = { ...bare, ...(values.integration && { integration: values.integration ?? own }) }
      const { port } = await gateway(httpStage([served]))
      const { status, body } = await call(port, '/x', { headers: { host } })
      assert.deepEqual([status, body], [500, '{"message":"Internal Server Error"}'])
    })
  }
})
