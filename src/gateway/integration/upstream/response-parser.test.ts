import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ResponseParser } from './response-parser.ts'

interface Heard {
  readonly status: number | undefined
  readonly body: string
  readonly done: boolean
}

/** Feeds a response in pieces of a size, each in a buffer that is overwritten afterwards. */
function read(response: string, { method = 'GET', size = response.length, closed = false } = {}): Heard {
  let status: number | undefined
  let body = ''
  const parser = new ResponseParser(
    method,
    {
      onHead: (code) => {
        status = code
      },
      onData: (chunk) => {
        body += chunk.toString('latin1')
        return true
      },
    },
    { lines: [] },
  )
  const shared = Buffer.alloc(size + 8, '\r\n\r\n')
  for (let at = 0; at < response.length; at += size) {
    const length = shared.write(response.slice(at, at + size), 'latin1')
    parser.take(shared, length)
  }
  if (closed) parser.close()
  return { status, body, done: parser.done }
}

const head = 'HTTP/1.1 200 OK\r\n'
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`

describe('ResponseParser', () => {
  for (const [name, response, options, expected] of [
    ['a length', `${head}Content-Length: 5\r\n\r\nhello`, {}, { body: 'hello', done: true }],
    ['no length at all', `${head}\r\nhello`, {}, { body: 'hello', done: false }],
    ['no length, then the end', `${head}\r\nhello`, { closed: true }, { body: 'hello', done: true }],
    ['a length, cut', `${head}Content-Length: 9\r\n\r\nhello`, { closed: true }, { body: 'hello', done: false }],
    ['an empty body', `${head}Content-Length: 0\r\n\r\n`, {}, { body: '', done: true }],
    ['chunks', `${chunked}3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n`, {}, { body: 'hello', done: true }],
    ['chunks and trailers', `${chunked}A\r\n0123456789\r\n0\r\nX: y\r\n\r\n`, {}, { body: '0123456789', done: true }],
    ['chunks, cut', `${chunked}3\r\nhel\r\n`, { closed: true }, { body: 'hel', done: false }],
    ['HEAD', `${head}Content-Length: 5\r\n\r\n`, { method: 'HEAD' }, { body: '', done: true }],
    ['304', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', {}, { status: 304, body: '', done: true }],
    [
      'interim responses',
      `HTTP/1.1 103 Early\r\nX: y\r\n\r\n${head}Content-Length: 1\r\n\r\nx`,
      {},
      { body: 'x', done: true },
    ],
  ] as const) {
    for (const size of [1, 2, 3, 7, 10_000]) {
      test(`${name}, ${size} bytes at a time`, () => {
        assert.deepEqual(read(response, { ...options, size }), { status: 200, ...expected })
      })
    }
  }

  for (const [name, response] of [
    ['bytes after the end', `${head}Content-Length: 1\r\n\r\nxy`],
    ['a body without one', 'HTTP/1.1 204 No Content\r\n\r\nx'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching\r\n\r\n'],
    ['an endless head', `${head}X: ${'x'.repeat(70_000)}`],
    ['no HTTP', 'hello\r\n\r\n'],
    ['a chunk without size', `${chunked}\r\n`],
    ['a negative chunk', `${chunked}-1\r\n`],
    ['a huge chunk size', `${chunked}${'f'.repeat(20)}\r\n`],
    ['a chunk that is longer than its size', `${chunked}1\r\nxyz\r\n`],
    ['a line that ends without CR', `${chunked}1\nx\r\n`],
    ['an endless chunk line', `${chunked}1;${'x'.repeat(20_000)}\r\n`],
    ['endless trailers', `${chunked}0\r\n${'X: y\r\n'.repeat(5_000)}`],
  ] as const) {
    test(`refuses ${name}`, () => assert.throws(() => read(response), { code: 'BAD_RESPONSE' }))
  }
})
