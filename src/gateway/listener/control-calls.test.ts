import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { WireRequest } from '../../wire/message.ts'
import { stage } from '../fixtures.ts'
import { call, endAll, gateway, open } from '../test-gateway.ts'

after(endAll)

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

  test('that fails is a 500', async () => {
    const { port } = await gateway(stage({}), () => Promise.reject(new Error('broken')))
    assert.equal((await call(port, '/', { headers: { host: 'localhost' } })).status, 500)
  })
})
