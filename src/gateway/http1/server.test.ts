import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { ConnectionLimits } from './connection.ts'
import type { Exchange } from './exchange.ts'
import { Http1Server } from './server.ts'

const limits: ConnectionLimits = {
  idleMs: 60_000,
  headMs: 60_000,
  bodyMs: 60_000,
  silenceMs: 60_000,
  lingerMs: 60_000,
  maxHeadBytes: 1_000,
}

const servers: Http1Server[] = []
after(() => Promise.all(servers.map((server) => server.close(0))))

async function serving(serve: (exchange: Exchange) => void, changes: Partial<ConnectionLimits> = {}) {
  const server = new Http1Server({ limits: { ...limits, ...changes }, tickMs: 5, serve })
  servers.push(server)
  return { server, port: await server.listen({ host: '127.0.0.1', port: 0, reusePort: false }) }
}

/** Sends bytes and collects all that comes until the server ends the connection, without the date. */
async function talk(port: number, ...parts: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  const answer = text(socket)
  for (const part of parts) {
    await new Promise((resolve) => socket.write(part, 'latin1', resolve))
    await new Promise(setImmediate)
  }
  return (await answer).replaceAll(/Date: .*\r\n/g, '')
}

async function read(socket: Socket): Promise<string> {
  const [bytes] = await once(socket, 'data')
  return String(bytes).replaceAll(/Date: .*\r\n/g, '')
}

/** Answers with what it was asked. */
function echo(exchange: Exchange): void {
  const chunks: Buffer[] = []
  exchange.body.receive({
    onData: (chunk) => chunks.push(chunk) > 0,
    onEnd: () => exchange.send(200, [], `${exchange.method} ${exchange.target} ${Buffer.concat(chunks)}`),
    onError: () => {},
  })
}

const close = 'Host: a\r\nConnection: close\r\n'
const answered = (body: string, connection = 'close') =>
  `HTTP/1.1 200 OK\r\nConnection: ${connection}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

describe('a request', () => {
  for (const [name, parts] of [
    ['whole', [`POST /a HTTP/1.1\r\n${close}Content-Length: 2\r\n\r\nhi`]],
    ['after empty lines', [`\r\n\r\nPOST /a HTTP/1.1\r\n${close}Content-Length: 2\r\n\r\nhi`]],
    ['byte by byte', [...`POST /a HTTP/1.1\r\n${close}Content-Length: 2\r\n\r\nhi`]],
    [
      'in chunks',
      [`POST /a HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n1;x=y\r\nh\r\n01\r\ni\r\n0\r\nT: t\r\n\r\n`],
    ],
    [
      'in chunks, byte by byte',
      [...`POST /a HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`],
    ],
  ] as const) {
    test(`that comes ${name} is answered`, async () => {
      const { port } = await serving(echo)
      assert.equal(await talk(port, ...parts), answered('POST /a hi'))
    })
  }

  test('may follow another at once, and is answered after it', async () => {
    const waiting: Exchange[] = []
    const { port } = await serving((exchange) => {
      if (exchange.target === '/first') waiting.push(exchange)
      else {
        assert.equal(waiting.length, 0)
        echo(exchange)
      }
    })
    const answer = talk(port, `GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\n${close}\r\n`)
    while (waiting.length === 0) await new Promise(setImmediate)
    waiting.pop()?.send(200, [], 'one')
    assert.equal(await answer, answered('one', 'keep-alive') + answered('GET /second '))
  })

  test('whose body nobody read does not become the next', async () => {
    const { port } = await serving((exchange) => exchange.send(200, [], exchange.target))
    const body = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n'
    const first = `POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`
    const bytes = await talk(port, first, body, `GET /2 HTTP/1.1\r\n${close}\r\n`)
    assert.equal(bytes, answered('/1', 'keep-alive') + answered('/2'))
  })

  test('gets leave to send its body when the body is wanted, and only then', async () => {
    const { port } = await serving((exchange) =>
      exchange.target === '/no' ? exchange.send(403, [], 'no') : echo(exchange),
    )
    const head = (target: string) =>
      `PUT ${target} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`
    const socket = connect(port, '127.0.0.1')
    socket.write(head('/yes'))
    assert.equal(await read(socket), 'HTTP/1.1 100 Continue\r\n\r\n')
    socket.write('hi')
    assert.equal(await read(socket), answered('PUT /yes hi', 'keep-alive'))
    socket.destroy()
    // Whether the client sends the body nonetheless cannot be known: the connection ends.
    const refused = await talk(port, head('/no'), 'hi', `GET /2 HTTP/1.1\r\n${close}\r\n`)
    assert.equal(refused, 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno')
  })

  test('of HTTP/1.0 is the last, unless its client says otherwise', async () => {
    const { port } = await serving(echo)
    assert.equal(await talk(port, 'GET / HTTP/1.0\r\n\r\n'), answered('GET / '))
    const kept = await talk(port, 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n')
    assert.equal(kept, answered('GET / ', 'keep-alive') + answered('GET / '))
  })

  for (const [name, status, parts] of [
    ['no HTTP', 400, ['\x16\x03\x01\x02\0\x01\r\n\r\n']],
    ['a large head', 431, [`GET / HTTP/1.1\r\nX: ${'x'.repeat(1_000)}`]],
    ['a large whole head', 431, [`GET / HTTP/1.1\r\nX: ${'x'.repeat(1_000)}\r\n\r\n`]],
    ['a broken chunk', 400, ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n']],
    [
      'a chunk with more than its size',
      400,
      ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ],
    ['a chunk line without CR', 400, ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n']],
    [
      'a later chunk that is broken',
      400,
      ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n-1\r\n'],
    ],
  ] as const) {
    test(`with ${name} ends its connection with ${status}`, async () => {
      const { port } = await serving(echo)
      assert.match(
        await talk(port, ...parts),
        new RegExp(`^HTTP/1\\.1 ${status} [^]*Connection: close\\r\\n\\r\\n\\{"message":"[^]*"\\}$`),
      )
    })
  }

  test('that breaks off is gone for who answers it', async () => {
    const { promise, resolve } = Promise.withResolvers<Exchange>()
    const { port } = await serving(resolve)
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe')
    const exchange = await promise
    const gone = new Promise<void>((done) => exchange.onGone(done))
    const failed = new Promise<Error>((done) => {
      exchange.body.receive({ onData: () => true, onEnd: () => assert.fail('never whole'), onError: done })
    })
    socket.destroy()
    await gone
    assert.match((await failed).message, /closed the connection/)
    exchange.send(200, [], 'nobody reads it')
    await new Promise<void>((done) => exchange.onGone(done))
  })
})

describe('a response', () => {
  for (const [name, method, status, body, expected] of [
    [
      'of text',
      'GET',
      200,
      'ü',
      'HTTP/1.1 200 OK\r\nX: \xe9\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\xc3\xbc',
    ],
    [
      'of bytes',
      'GET',
      299,
      Buffer.from([255]),
      'HTTP/1.1 299 Unknown\r\nX: \xe9\r\nConnection: close\r\nContent-Length: 1\r\n\r\n\xff',
    ],
    ['to HEAD', 'HEAD', 200, 'four', 'HTTP/1.1 200 OK\r\nX: \xe9\r\nConnection: close\r\nContent-Length: 4\r\n\r\n'],
    ['without content', 'GET', 204, 'four', 'HTTP/1.1 204 No Content\r\nX: \xe9\r\nConnection: close\r\n\r\n'],
    ['of 304', 'GET', 304, 'four', 'HTTP/1.1 304 Not Modified\r\nX: \xe9\r\nConnection: close\r\n\r\n'],
  ] as const) {
    test(`${name} is framed`, async () => {
      const { port } = await serving((exchange) => exchange.send(status, ['X', '\xe9'], body))
      const socket = connect(port, '127.0.0.1')
      socket.setEncoding('latin1')
      socket.write(`${method} / HTTP/1.1\r\n${close}\r\n`)
      assert.equal((await text(socket)).replace(/Date: .*\r\n/, ''), expected)
    })
  }

  for (const [name, version, method, measured, expected] of [
    [
      'in chunks',
      '1.1',
      'GET',
      false,
      'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
    ],
    ['of known length', '1.1', 'GET', true, 'Content-Length: 3\r\nConnection: close\r\n\r\nabc'],
    ['to HEAD', '1.1', 'HEAD', true, 'Content-Length: 3\r\nConnection: close\r\n\r\n'],
    ['to HTTP/1.0', '1.0', 'GET', false, 'Connection: close\r\n\r\nabc'],
  ] as const) {
    test(`${name} may come in pieces`, async () => {
      const { port } = await serving((exchange) => {
        exchange.begin(200, measured ? ['Content-Length', '3'] : [], measured)
        for (const piece of ['ab', '', 'c']) exchange.write(Buffer.from(piece))
        exchange.end()
      })
      assert.equal(await talk(port, `${method} / HTTP/${version}\r\n${close}\r\n`), `HTTP/1.1 200 OK\r\n${expected}`)
    })
  }

  for (const isWhole of [true, false]) {
    test(`may leave at once with ${isWhole ? 'all' : 'the first'} of its pieces, whose memory is freed`, async () => {
      const pieces = ['a', 'b'].map((letter) => Buffer.from(new ArrayBuffer(5_000)).fill(letter))
      const { port } = await serving((exchange) => {
        exchange.cork()
        exchange.begin(200, ['Content-Length', '10000'], true)
        for (const piece of pieces) assert.equal(exchange.write(piece), true)
        if (isWhole) exchange.end()
        exchange.uncork()
        if (!isWhole) exchange.end()
      })
      const answer = await talk(port, `GET / HTTP/1.1\r\n${close}\r\n`)
      const body = 'a'.repeat(5_000) + 'b'.repeat(5_000)
      assert.equal(answer, `HTTP/1.1 200 OK\r\nContent-Length: 10000\r\nConnection: close\r\n\r\n${body}`)
      for (const piece of pieces) assert.equal(piece.length, 0)
    })
  }

  for (const [name, lines] of [
    ['a line break', ['X', 'a\r\nSet-Cookie: b']],
    ['a character beyond one byte', ['X', '€']],
    ['no token for a name', ['X y', 'a']],
  ] as const) {
    test(`with ${name} in a header is never sent`, async () => {
      const { port } = await serving((exchange) => {
        assert.throws(() => exchange.send(200, lines, ''), TypeError)
        assert.throws(() => exchange.begin(200, lines, false), TypeError)
        exchange.send(500, [], 'none')
      })
      assert.match(await talk(port, `GET / HTTP/1.1\r\n${close}\r\n`), /^HTTP\/1.1 500 .*none$/s)
    })
  }

  test('waits for a client that reads slowly, and goes on', async () => {
    const pieceBytes = 1_000_000
    const pieces = 30
    let heldBack = 0
    const { port } = await serving((exchange) => {
      let sent = 0
      const pour = () => {
        while (sent < pieces) {
          sent++
          if (!exchange.write(Buffer.alloc(pieceBytes, 'x'))) {
            heldBack++
            return
          }
        }
        exchange.end()
      }
      exchange.begin(200, [], false)
      exchange.onDrain(pour)
      pour()
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\n${close}\r\n`)
    const answer = await text(socket)
    assert.equal(answer.match(/x/g)?.length, pieces * pieceBytes)
    assert.ok(heldBack > 0)
  })

  test('that cannot be completed does not look complete', async () => {
    const { port } = await serving((exchange) => {
      exchange.begin(200, [], false)
      exchange.write(Buffer.from('a'))
      setImmediate(() => exchange.destroy())
    })
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    let bytes = ''
    socket.on('data', (chunk) => {
      bytes += chunk
    })
    await once(socket, 'close')
    assert.match(bytes, /1\r\na\r\n$/)
  })
})

describe('a connection', () => {
  for (const [name, changes, bytes, expected] of [
    ['that is idle', { idleMs: 10 }, '', /^$/],
    ['that is idle after a call', { idleMs: 10 }, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', /200 OK.*GET \/ $/s],
    ['whose head never ends', { headMs: 10 }, 'GET / HTTP', /^HTTP\/1.1 408 /],
    [
      'whose body never ends',
      { bodyMs: 10 },
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx',
      /^HTTP\/1.1 408 /,
    ],
    ['of a silent call', { silenceMs: 10 }, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx', /^$/],
  ] as const) {
    test(`${name} ends`, async () => {
      const { port } = await serving(echo, changes)
      assert.match(await talk(port, bytes), expected)
    })
  }

  test('whose client does not close its side is cut', async () => {
    const { port } = await serving(echo, { lingerMs: 10 })
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.resume()
    socket.write(`GET / HTTP/1.1\r\n${close}\r\n`)
    await once(socket, 'end')
    socket.on('error', () => {})
    const cut = new Promise((resolve) => socket.on('close', resolve))
    const ticks = setInterval(() => socket.write('more'), 5)
    await cut
    clearInterval(ticks)
  })

  test('of a server that closes ends at once when it is idle, and after its call when it is not', async () => {
    const { promise, resolve } = Promise.withResolvers<Exchange>()
    const { server, port } = await serving(resolve)
    const idle = connect(port, '127.0.0.1')
    await once(idle, 'connect')
    const busy = talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    const exchange = await promise
    const closed = server.close(60_000)
    idle.resume()
    await once(idle, 'close')
    exchange.send(200, [], 'last')
    assert.equal(await busy, answered('last'))
    await closed
    await assert.rejects(once(connect(port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' })
  })

  test('of a server that closes is cut at the deadline', async () => {
    const { promise, resolve } = Promise.withResolvers<Exchange>()
    const { server, port } = await serving(resolve)
    const busy = talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await promise
    await server.close(10)
    assert.equal(await busy, '')
  })

  test('that sends requests without end is held back', async () => {
    const waiting: Exchange[] = []
    const { port } = await serving((exchange) => void waiting.push(exchange))
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1_000_000))
    const sent = new Promise((resolve) => socket.on('drain', () => resolve('sent')))
    while (waiting.length === 0) await new Promise(setImmediate)
    assert.equal(await Promise.race([sent, setTimeout(200, 'held back')]), 'held back')
    assert.equal(waiting.length, 1)
    socket.destroy()
  })
})
