import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type TestContext, test } from 'node:test'
import { upstreams } from '../integration/upstream/upstreams.ts'
import { documentFetcher } from './fetch-document.ts'

async function started(t: TestContext, answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const connections = upstreams()
  t.after(() => {
    connections.close()
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address)
  return { url: `http://127.0.0.1:${address.port}`, fetch: documentFetcher(connections.over({})) }
}

test('a document is what its URL answers with', async (t) => {
  const { url, fetch } = await started(t, ({ url: path, headers }, response) => {
    response.end(JSON.stringify({ path, accept: headers.accept }))
  })
  assert.deepEqual(await fetch(`${url}/a/b?c=d`), { path: '/a/b?c=d', accept: 'application/json' })
})

const refused: [name: string, answer: RequestListener, why: RegExp][] = [
  ['another status', (_, response) => void response.writeHead(404).end('{}'), /404/],
  ['a redirect', (_, response) => void response.writeHead(302, { Location: '/elsewhere' }).end(), /302/],
  ['no JSON', (_, response) => void response.end('<html>'), /no JSON/],
  ['nothing', (_, response) => void response.end(), /no JSON/],
  ['more than 150,000 bytes', (_, response) => void response.end(JSON.stringify('x'.repeat(149_999))), /larger/],
  ['an end before its time', (_, response) => void response.destroy(), /./],
]
for (const [name, answer, why] of refused) {
  test(`${name} is no document`, async (t) => {
    const { url, fetch } = await started(t, answer)
    await assert.rejects(fetch(url), why)
  })
}

test('what never ends is given up after 1.5 seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const asked = Promise.withResolvers<void>()
  const { url, fetch } = await started(t, () => asked.resolve())
  const document = assert.rejects(fetch(url), /1500 ms/)
  await asked.promise
  t.mock.timers.tick(1_500)
  await document
})

test('only the web is asked', async () => {
  const fetch = documentFetcher(() => assert.fail('asked'))
  for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:application/json,{}', 'nothing']) {
    await assert.rejects(fetch(url))
  }
})
