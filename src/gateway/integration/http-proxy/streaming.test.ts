import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { backend, call, endAll, gateway, open, proxied, running } from '../../test-gateway.ts'

after(endAll)

describe('HTTP_PROXY', () => {
  test('passes bytes, status and headers both ways', async () => {
    const { uri } = await backend(async (request, response) => {
      const chunks = await request.toArray()
      response.writeHead(418, ['Set-Cookie', 'a', 'Set-Cookie', 'b', 'X-Url', `${request.method} ${request.url}`])
      response.end(Buffer.concat(chunks))
    })
    const { port } = await gateway(proxied(uri))
    const bytes = Buffer.from([0, 1, 254, 255])
    const { response } = open(port, '/dev/a%2Fb//c?x=%20&y', { method: 'POST', body: bytes })
    const answer = await response
    assert.deepEqual([answer.statusCode, answer.headers['x-url']], [418, 'POST /a%2Fb//c?x=%20&y'])
    assert.deepEqual(answer.headers['set-cookie'], ['a', 'b'])
    assert.deepEqual(Buffer.concat(await answer.toArray()), bytes)
  })

  test('reuses connections', async () => {
    const sockets = new Set()
    const { uri } = await backend(({ socket }, response) => {
      sockets.add(socket)
      response.end('x')
    })
    const { port } = await gateway(proxied(uri))
    for (let i = 0; i < 5; i++) assert.equal((await call(port, '/dev/a')).body, 'x')
    assert.equal(sockets.size, 1)
  })

  test('streams both ways at once', async () => {
    const { uri } = await backend((request, response) => void request.pipe(response))
    const { port } = await gateway(proxied(uri))
    const { sent, response } = open(port, '/dev/a', { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
    sent.write('one')
    const answer = await response
    assert.equal(String((await once(answer, 'data'))[0]), 'one')
    sent.end('two')
    assert.equal(await text(answer), 'two')
  })

  test('holds a fast backend back for a slow client', async () => {
    let written = 0
    const size = 64 * 1024 * 1024
    const stalled = Promise.withResolvers<void>()
    const { uri } = await backend((_request, response) => {
      const chunk = Buffer.alloc(65_536)
      const write = () => {
        while (written < size) {
          written += chunk.length
          if (response.write(chunk)) continue
          response.once('drain', write)
          setTimeout(stalled.resolve, 200)
          return
        }
        response.end()
      }
      write()
    })
    const { port } = await gateway(proxied(uri))
    const answer = await open(port, '/dev/a').response
    await stalled.promise
    assert.ok(written < size, 'all was taken from the backend before the client read any')
    let received = 0
    for await (const chunk of answer) received += chunk.length
    assert.equal(received, size)
  })

  test('ends the call of a client that goes away, before and during the response', async () => {
    for (const early of [true, false]) {
      const closed = Promise.withResolvers<void>()
      const arrived = Promise.withResolvers<void>()
      const { uri } = await backend((_request, response) => {
        response.on('close', () => closed.resolve())
        if (!early) response.write('x')
        arrived.resolve()
      })
      const { port } = await gateway(proxied(uri))
      const { sent, response } = open(port, '/dev/a')
      await arrived.promise
      if (!early) await response
      sent.destroy()
      await closed.promise
    }
  })

  test('cuts the connection when the backend dies midway', async () => {
    for (const headers of [{}, { 'content-length': '10' }]) {
      const { uri } = await backend((_request, response) => {
        response.writeHead(200, headers)
        response.write('half', () => response.destroy())
      })
      const { port } = await gateway(proxied(uri))
      const answer = await open(port, '/dev/a').response
      await assert.rejects(text(answer), { code: 'ECONNRESET' })
    }
  })

  test('cuts a stream at its timeout, even while it goes on', async () => {
    const { uri } = await backend((_request, response) => {
      const pieces = setInterval(() => response.write('piece '), 20)
      response.on('close', () => clearInterval(pieces))
    })
    const { port } = await gateway(proxied(uri, 200, { responseTransferMode: 'STREAM' }))
    const answer = await open(port, '/dev/a').response
    assert.equal(String((await once(answer, 'data'))[0]).trim(), 'piece')
    await assert.rejects(text(answer), { code: 'ECONNRESET' })
  })

  test('answers 504 for a backend that is dead, mute, or too slow, and serves others meanwhile', async () => {
    const mute = createTcpServer((socket) => void socket.on('data', () => socket.destroy())).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    running.push(mute)
    const { uri: slow } = await backend((request, response) => void (request.url === '/quick' && response.end('quick')))
    const dead = createTcpServer().listen(0, '127.0.0.1')
    await once(dead, 'listening')
    const uriOf = (server: typeof dead) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const deadUri = uriOf(dead)
    dead.close()
    for (const [uri, message] of [
      [deadUri, 'Network error communicating with endpoint'],
      [uriOf(mute), 'Network error communicating with endpoint'],
      [slow, 'Endpoint request timed out'],
    ] as const) {
      const { port } = await gateway(proxied(uri, 300))
      const failing = call(port, '/dev/slow')
      if (uri === slow) assert.equal((await call(port, '/dev/quick')).body, 'quick')
      const { status, body } = await failing
      assert.deepEqual([status, body], [504, `{"message": "${message}"}`])
    }
  })
})
