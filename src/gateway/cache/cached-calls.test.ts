import assert from 'node:assert/strict'
import type { IncomingMessage, RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { DeployedStage, MethodCaching } from '../../snapshot/rest-api.ts'
import { backend, endAll, gateway, open, proxied } from '../test-gateway.ts'

after(endAll)

const caching: MethodCaching = {
  ttlSeconds: 300,
  requireAuthorization: false,
  unauthorized: 'SUCCEED_WITHOUT_RESPONSE_HEADER',
}

/** A gateway whose stage caches `GET` and `HEAD` by the path, before a backend that counts. */
async function cached(answer: (asked: number) => RequestListener, api: Partial<DeployedStage['api']> = {}) {
  let asked = 0
  const { uri } = await backend((request, response) => answer(++asked)(request, response))
  const stage = proxied(uri, 2_000, { cacheKeyParameters: ['method.request.path.proxy'] })
  const methods = { '*/*': caching, '{proxy+}/HEAD': caching }
  const { port } = await gateway({
    ...stage,
    cache: { maxBytes: 1_048_576, methods },
    api: { ...stage.api, ...api },
  })
  async function call(options: Parameters<typeof open>[2] = {}) {
    const { sent, response } = open(port, '/dev/x', options)
    sent.end()
    const answered: IncomingMessage = await response
    return { status: answered.statusCode, headers: answered.headers, body: await buffer(answered) }
  }
  return { call, asked: () => asked, port }
}

describe('a cached call', () => {
  for (const bytes of [10, 15_000, 40_000]) {
    for (const measured of [true, false]) {
      test(`has the same ${bytes} bytes ${measured ? 'of a declared length' : 'that came in chunks'}, compressed or not`, async () => {
        const text = Buffer.alloc(bytes, 'text ')
        const { call, asked } = await cached(
          () => (_, response) => {
            if (measured) response.setHeader('Content-Length', bytes)
            response.write(text.subarray(0, 5))
            response.end(text.subarray(5))
          },
          { minimumCompressionSize: 0 },
        )
        for (let i = 0; i < 3; i++) {
          const plain = await call()
          assert.deepEqual([plain.headers['content-encoding'], plain.body], [undefined, text])
          assert.equal(plain.headers['content-length'], String(bytes))
          const packed = await call({ headers: { 'Accept-Encoding': 'gzip' } })
          assert.deepEqual([packed.headers['content-encoding'], gunzipSync(packed.body)], ['gzip', text])
        }
        assert.equal(asked(), 1)
      })
    }
  }

  test('of HEAD tells the length of what it does not have', async () => {
    const { call, asked } = await cached(() => (_, response) => {
      response.setHeader('Content-Length', 1_234)
      response.end()
    })
    for (let i = 0; i < 2; i++) {
      const { headers, body } = await call({ method: 'HEAD' })
      assert.deepEqual([headers['content-length'], body.length], ['1234', 0])
    }
    assert.equal(asked(), 1)
  })

  for (const status of [204, 304]) {
    test(`of status ${status} has no body`, async () => {
      const { call, asked } = await cached(() => (_, response) => void response.writeHead(status).end())
      for (let i = 0; i < 2; i++) {
        const answer = await call()
        assert.deepEqual([answer.status, answer.body.length], [status, 0])
      }
      assert.equal(asked(), 1)
    })
  }

  test('has a request id of its own', async () => {
    const { call } = await cached(() => (_, response) => void response.end('x'))
    const ids = [await call(), await call()].map(({ headers }) => headers['x-amzn-requestid'])
    assert.notEqual(ids[0], ids[1])
  })

  test('is answered though another that waited for the same backend went away', async () => {
    const arrived = Promise.withResolvers<void>()
    const { call, asked, port } = await cached((number) => (_, response) => {
      if (number > 1) return void response.end('second')
      arrived.resolve()
      return undefined
    })
    const first = open(port, '/dev/x')
    await arrived.promise
    const second = call()
    first.sent.destroy()
    assert.equal(String((await second).body), 'second')
    assert.equal(asked(), 2)
  })
})
