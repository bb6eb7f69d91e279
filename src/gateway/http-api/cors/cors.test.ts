import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { HttpCors } from '../../../snapshot/http-api.ts'
import { backend, call, endAll, gateway } from '../../test-gateway.ts'
import { httpStage, integration, route } from '../fixtures.ts'
import { allowedOrigins } from './origin.ts'

after(endAll)

const host = 'http1.execute-api.us-east-1.amazonaws.com'
const page = 'https://app.example'

describe('an origin', () => {
  for (const [allowOrigins, origin, expected] of [
    [[page], page, page],
    [[page], 'https://app.example.org', undefined],
    [[page], 'http://app.example', undefined],
    [['*'], page, '*'],
    [['https://*'], page, page],
    [['https://*'], 'http://app.example', undefined],
    [['http://*', page], 'http://localhost:3000', 'http://localhost:3000'],
    [['https://*.example'], page, undefined],
    [[], page, undefined],
    [[page], 'null', undefined],
  ] as const) {
    test(`${origin} among ${allowOrigins}`, () => assert.equal(allowedOrigins({ allowOrigins })(origin), expected))
  }

  test('of anybody is none with credentials', () => {
    assert.equal(allowedOrigins({ allowOrigins: ['*'], allowCredentials: true })(page), undefined)
  })
})

/** The CORS headers among an answer's, by what follows `Access-Control-`. */
function corsOf({ rawHeaders }: { rawHeaders: readonly string[] }): Record<string, string> {
  const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ''] as const] : []))
  const prefix = 'Access-Control-'
  return Object.fromEntries(
    lines.flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  )
}

const cors: HttpCors = {
  allowOrigins: [page],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['authorization', 'x-own'],
  exposeHeaders: ['x-total'],
  maxAge: 300,
  allowCredentials: true,
}

async function shared(routeKeys: readonly string[], configured: HttpCors | 'none' = cors) {
  const { uri } = await backend((request, response) => {
    response.writeHead(203, { 'access-control-allow-origin': 'backend', 'Access-Control-Max-Age': '1', 'x-own': '1' })
    response.end(request.method)
  })
  const routes = routeKeys.map((key) => route(key, { integration: integration({ uri }) }))
  const { port } = await gateway(httpStage(routes, {}, configured === 'none' ? {} : { cors: configured }))
  const send = (method: string, path: string, headers: Record<string, string> = {}) =>
    call(port, path, { method, headers: { host, ...headers } })
  return {
    send,
    preflight: (path: string, origin = page) =>
      send('OPTIONS', path, { origin, 'access-control-request-method': 'GET' }),
  }
}

const preflightHeaders = {
  'Allow-Origin': page,
  'Allow-Methods': 'GET,POST',
  'Allow-Headers': 'authorization,x-own',
  'Max-Age': '300',
  'Allow-Credentials': 'true',
}

describe('a preflight', () => {
  test('is answered by the gateway where no route takes it', async () => {
    const { preflight } = await shared(['GET /pets'])
    for (const path of ['/pets', '/other']) {
      const answer = await preflight(path)
      assert.deepEqual([answer.status, answer.body, corsOf(answer)], [204, '', preflightHeaders])
    }
  })

  test('of a page that is not allowed is answered without CORS headers', async () => {
    const answer = await (await shared(['GET /pets'])).preflight('/pets', 'https://evil.example')
    assert.deepEqual([answer.status, corsOf(answer)], [204, {}])
  })

  for (const routeKey of ['$default', 'ANY /pets', 'OPTIONS /{proxy+}']) {
    test(`is for the integration of ${routeKey}, which takes it`, async () => {
      const answer = await (await shared([routeKey])).preflight('/pets')
      assert.deepEqual([answer.status, answer.body, corsOf(answer)], [203, 'OPTIONS', preflightHeaders])
    })
  }

  test('is nothing without both of its headers, or without a CORS configuration', async () => {
    const { send } = await shared(['GET /pets'])
    assert.equal((await send('OPTIONS', '/pets', { origin: page })).status, 404)
    assert.equal((await send('OPTIONS', '/pets', { 'access-control-request-method': 'GET' })).status, 404)
    const { preflight } = await shared(['GET /pets'], 'none')
    assert.equal((await preflight('/pets')).status, 404)
  })

  test('has what is configured alone', async () => {
    const answer = await (await shared([], { allowOrigins: ['*'] })).preflight('/')
    assert.deepEqual(corsOf(answer), { 'Allow-Origin': '*' })
  })
})

describe('a call from another origin', () => {
  const sharedHeaders = { 'Allow-Origin': page, 'Expose-Headers': 'x-total', 'Allow-Credentials': 'true' }

  test("gets the API's CORS headers, and none of the backend's", async () => {
    const { send } = await shared(['GET /pets'])
    const answer = await send('GET', '/pets', { origin: page })
    assert.deepEqual([answer.status, corsOf(answer), answer.headers['x-own']], [203, sharedHeaders, '1'])
    assert.deepEqual(corsOf(await send('GET', '/pets')), {})
    assert.deepEqual(corsOf(await send('GET', '/pets', { origin: 'https://evil.example' })), {})
  })

  test('gets them with errors, too', async () => {
    const answer = await (await shared(['GET /pets'])).send('POST', '/pets', { origin: page })
    assert.deepEqual([answer.status, corsOf(answer)], [404, sharedHeaders])
  })

  test("gets the backend's where the API has no CORS configuration", async () => {
    const { send } = await shared(['GET /pets'], 'none')
    assert.deepEqual(corsOf(await send('GET', '/pets', { origin: page })), {
      'Allow-Origin': 'backend',
      'Max-Age': '1',
    })
  })
})
