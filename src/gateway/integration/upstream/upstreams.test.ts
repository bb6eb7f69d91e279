import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, describe, test } from 'node:test'
import type { UpstreamRequest } from './upstream.ts'
import { upstreams } from './upstreams.ts'

const backends = upstreams()
const send = backends.over({})
const closing: (() => void)[] = [() => backends.close()]
after(() => {
  for (const close of closing) close()
})

/** A backend in raw bytes: `answer` sees each connection and what it received so far in one piece. */
async function backend(answer: (socket: Socket, text: string, connection: number) => void): Promise<string> {
  let connections = 0
  const server = createServer((socket) => {
    const connection = ++connections
    closing.push(() => socket.destroy())
    socket.on('error', () => {})
    socket.on('data', (data) => answer(socket, data.toString('latin1'), connection))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const get: UpstreamRequest = { method: 'GET', path: '/', headers: [], body: null }

function call(origin: string, request: Partial<UpstreamRequest> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    send(
      origin,
      { ...get, ...request },
      {
        onHead: (status) => {
          text = `${status} `
        },
        onData: (chunk) => {
          text += chunk.toString('latin1')
          return true
        },
        onEnd: () => resolve(text),
        onError: reject,
      },
    )
  })
}

function reply(body: string, ...lines: string[]): string {
  return ['HTTP/1.1 200 OK', `Content-Length: ${body.length}`, ...lines, '', body].join('\r\n')
}

describe('an upstream request', () => {
  test('says where it goes, how long it is, and no more', async () => {
    const origin = await backend((socket, text) => socket.write(reply(text)))
    const host = origin.slice('http://'.length)
    assert.equal(await call(origin), `200 GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    assert.equal(
      await call(origin, { method: 'POST' }),
      `200 POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`,
    )
    assert.equal(
      await call(origin, { method: 'PUT', path: '/a?b', headers: ['X', 'y', 'host', 'h'], body: Buffer.from('hi') }),
      '200 PUT /a?b HTTP/1.1\r\nX: y\r\nhost: h\r\nContent-Length: 2\r\n\r\nhi',
    )
  })

  test('streams a body in chunks, or in its declared length', async () => {
    const received: string[] = []
    const origin = await backend((socket, text) => {
      received.push(text)
      if (received.join('').endsWith('0\r\n\r\n') || received.join('').endsWith('abc')) socket.write(reply('x'))
    })
    const chunks = async function* () {
      yield Buffer.from('a')
      yield Buffer.alloc(0)
      yield Buffer.from('bc')
    }
    await call(origin, { method: 'POST', body: { chunks: chunks(), length: undefined } })
    assert.match(received.join(''), /Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n$/)
    received.length = 0
    await call(origin, { method: 'POST', body: { chunks: chunks(), length: 3 } })
    assert.match(received.join(''), /Content-Length: 3\r\n\r\nabc$/)
  })

  test('ends its connection when its body fails', async () => {
    const origin = await backend(() => {})
    const failing = async function* () {
      yield Buffer.from('a')
      throw new Error('the client went away')
    }
    const request = call(origin, { method: 'POST', body: { chunks: failing(), length: 9 } })
    await assert.rejects(request, { message: 'the client went away' })
  })
})

describe('an upstream connection', () => {
  test('is used again, unless one side said otherwise', async () => {
    const origin = await backend((socket, text, connection) => {
      const path = text.split(' ')[1]
      if (path === '/old') socket.end(`HTTP/1.0 200 OK\r\n\r\n${connection}`)
      else if (path === '/short') socket.write(reply(String(connection), 'Keep-Alive: timeout=1'))
      else socket.write(reply(String(connection), ...(path === '/close' ? ['Connection: close'] : [])))
    })
    const used: string[] = []
    for (const path of ['/', '/', '/close', '/', '/old', '/short', '/']) used.push(await call(origin, { path }))
    assert.deepEqual(used, ['200 1', '200 1', '200 1', '200 2', '200 2', '200 3', '200 4'])
  })

  test('is not used by two requests at a time', async () => {
    const origin = await backend((socket, _text, connection) => socket.write(reply(String(connection))))
    assert.deepEqual((await Promise.all([call(origin), call(origin)])).toSorted(), ['200 1', '200 2'])
  })

  test('that brings more than the response is not used again', async () => {
    const origin = await backend((socket, _text, connection) => socket.write(`${reply(String(connection))}extra`))
    assert.deepEqual([await call(origin), await call(origin)], ['200 1', '200 2'])
  })

  test('that turns out closed is replaced for what may be sent again', async () => {
    const origin = await backend((socket, _text, connection) => {
      if (socket.bytesRead > 0 && seen.has(connection)) socket.destroy()
      else socket.write(reply(String(connection)))
      seen.add(connection)
    })
    const seen = new Set<number>()
    assert.equal(await call(origin), '200 1')
    assert.equal(await call(origin), '200 2')
    await assert.rejects(call(origin, { method: 'POST' }))
  })

  test('that ends within a response fails it', async () => {
    const origin = await backend((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'))
    await assert.rejects(call(origin), { code: 'BAD_RESPONSE' })
  })

  test('that answers nonsense fails the request', async () => {
    const origin = await backend((socket) => socket.write('SSH-2.0-OpenSSH_9\r\n\r\n'))
    await assert.rejects(call(origin), { code: 'BAD_RESPONSE' })
  })

  test('ends when its request is aborted, and the listener hears why', async () => {
    const closed = Promise.withResolvers<void>()
    const origin = await backend((socket) => socket.on('close', () => closed.resolve()))
    const heard = Promise.withResolvers<Error>()
    const listener = { onHead() {}, onData: () => true, onEnd() {}, onError: heard.resolve }
    const sent = send(origin, get, listener)
    setTimeout(() => sent.abort(new Error('enough')), 20)
    assert.equal((await heard.promise).message, 'enough')
    await closed.promise
  })
})
