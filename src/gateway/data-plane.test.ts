import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { after, describe, test } from 'node:test'
import { stage } from './fixtures.ts'
import { backend, call, endAll, gateway, mocked, proxied, running } from './test-gateway.ts'

after(endAll)

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
