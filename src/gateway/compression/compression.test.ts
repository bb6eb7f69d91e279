import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { backend, endAll, gateway, host, proxied } from '../test-gateway.ts'

after(endAll)

/** A gateway that compresses from 1000 bytes on, before a backend that echoes bodies or sends what the path says. */
async function compressing(): Promise<number> {
  const { uri } = await backend((received, response) => {
    const [, kind, bytes = '0'] = /^\/(\w+)\/(\d+)/.exec(received.url ?? '') ?? []
    if (kind === 'echo') received.pipe(response)
    else if (kind === 'measured') response.end(Buffer.alloc(Number(bytes), 'measured '))
    else {
      for (let sent = 0; sent < Number(bytes); sent += 1000) response.write(Buffer.alloc(1000, `at ${sent} `))
      if (kind === 'broken') setTimeout(() => response.destroy(), 50)
      else response.end()
    }
  })
  const stage = proxied(uri)
  return (await gateway({ ...stage, api: { ...stage.api, minimumCompressionSize: 1000 } })).port
}

async function call(port: number, path: string, headers: Record<string, string>, body?: Buffer) {
  const method = body ? 'POST' : 'GET'
  const sent = request({ port, host: '127.0.0.1', path: `/dev${path}`, method, headers: { host, ...headers } })
  sent.end(body)
  const [response] = await once(sent, 'response')
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) }
}

const accept = { 'accept-encoding': 'gzip' }

describe('through a gateway that compresses', () => {
  const port = compressing()

  for (const path of ['/measured/5000000', '/streamed/5000000', '/measured/1000', '/streamed/1000']) {
    test(`${path} is compressed on its way`, async () => {
      const bare = await call(await port, path, {})
      const packed = await call(await port, path, accept)
      assert.equal(bare.headers['content-encoding'], undefined)
      assert.equal(packed.headers['content-encoding'], 'gzip')
      assert.ok(packed.body.length < bare.body.length)
      assert.deepEqual(gunzipSync(packed.body), bare.body)
    })
  }

  for (const path of ['/measured/999', '/streamed/0']) {
    test(`${path} is not`, async () => {
      const { headers, body } = await call(await port, path, accept)
      assert.equal(headers['content-encoding'], undefined)
      assert.equal(body.length, Number(path.split('/')[2]))
    })
  }

  test('a response that breaks never passes for a whole one', async () => {
    await assert.rejects(call(await port, '/broken/100000', accept), { code: 'ECONNRESET' })
  })

  test('a compressed request reaches the backend as it was before', async () => {
    const text = Buffer.alloc(500, 'plain ')
    const { status, body } = await call(await port, '/echo/0', { 'content-encoding': 'gzip' }, gzipSync(text))
    assert.deepEqual([status, body], [200, text])
  })

  test('a request that unpacks to more than 10 MB is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const { status, body } = await call(await port, '/echo/0', { 'content-encoding': 'gzip' }, bomb)
    assert.deepEqual([status, String(body)], [413, '{"message":"Request Too Long"}'])
  })
})
