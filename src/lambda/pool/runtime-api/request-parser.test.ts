import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HttpSyntaxError, RequestParser, type RuntimeRequest } from './request-parser.ts'

/** Parses a text that arrives in pieces of a size. */
function parse(
  text: string,
  pieceBytes = text.length,
  maxBodyBytes = 100,
): { requests: RuntimeRequest[]; continues: number } {
  let continues = 0
  const parser = new RequestParser(maxBodyBytes, () => continues++)
  const bytes = Buffer.from(text)
  const requests: RuntimeRequest[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    parser.push(Buffer.from(bytes.subarray(at, at + pieceBytes)))
    for (let request = parser.next(); request; request = parser.next()) requests.push(request)
  }
  return { requests, continues }
}

const get = 'GET /a/next HTTP/1.1\r\nHost: x\r\n\r\n'
const post = 'POST /a/response HTTP/1.1\r\nContent-Length: 5\r\nX-Name:  Value \r\n\r\nhéll'
const chunked =
  'POST /b HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n3;ext=1\r\nabc\r\n0A\r\n0123456789\r\n0\r\nX-Late: error\r\n\r\n'

describe('RequestParser', () => {
  for (const pieceBytes of [1, 2, 7, 1000]) {
    test(`takes pipelined requests from pieces of ${pieceBytes} bytes`, () => {
      const { requests } = parse(get + post + chunked + get, pieceBytes)
      assert.deepEqual(
        requests.map(({ head, body }) => [head.method, head.path, body.toString()]),
        [
          ['GET', '/a/next', ''],
          ['POST', '/a/response', 'héll'],
          ['POST', '/b', 'abc0123456789'],
          ['GET', '/a/next', ''],
        ],
      )
      assert.equal(requests[1]?.head.headers.get('x-name'), 'Value')
      assert.equal(requests[2]?.trailers.get('x-late'), 'error')
    })
  }

  for (const length of [100, 101]) {
    for (const [kind, text] of [
      ['a length', `POST / HTTP/1.1\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(length)}`],
      [
        'chunks',
        `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${'x'.repeat(length)}\r\n0\r\n\r\n`,
      ],
    ] as const) {
      test(`reads ${length} bytes with ${kind} at a limit of 100, and goes on`, () => {
        const { requests } = parse(text + get, 10)
        assert.deepEqual(
          requests.map(({ tooLarge }) => tooLarge),
          [length > 100, false],
        )
        assert.equal(requests[0]?.body.length, length > 100 ? 0 : 100)
      })
    }
  }

  test('asks for a body that is announced', () => {
    const { requests, continues } = parse('POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n')
    assert.deepEqual([requests.length, continues], [0, 1])
  })

  for (const [text, closes] of [
    ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', true],
    ['GET / HTTP/1.0\r\n\r\n', true],
    ['GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n', false],
    ['GET / HTTP/1.1\r\n\r\n', false],
  ] as const) {
    test(`knows whether the connection stays: ${JSON.stringify(text)}`, () =>
      assert.equal(parse(text).requests[0]?.head.closes, closes))
  }

  for (const [title, text, status] of [
    ['another protocol', 'SSH-2.0-x\r\n\r\n', 400],
    ['another version', 'GET / HTTP/2\r\n\r\n', 400],
    ['a target that is no path', 'GET http://x/ HTTP/1.1\r\n\r\n', 400],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost\r\n\r\n', 400],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n', 400],
    ['a length and chunks', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['another coding', 'POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 400],
    ['a negative length', 'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n', 400],
    ['a length in hex', 'POST / HTTP/1.1\r\nContent-Length: 0x1\r\n\r\n', 400],
    ['a chunk size that is none', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
    ['a chunk longer than it said', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n', 400],
    ['a trailer without a colon', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nab\r\n', 400],
    ['endless headers', `GET / HTTP/1.1\r\nA: ${'x'.repeat(70_000)}`, 431],
  ] as const) {
    test(`refuses ${title}`, () =>
      assert.throws(
        () => parse(text),
        (error) => error instanceof HttpSyntaxError && error.status === status,
      ))
  }
})
