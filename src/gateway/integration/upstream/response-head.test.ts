import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type KnownHead, parseHead } from './response-head.ts'

const ok = 'HTTP/1.1 200 OK'

function parsed(lines: readonly string[], known: KnownHead = { lines: [] }) {
  const text = lines.map((line) => `${line}\r\n`).join('')
  return parseHead(`${text}\r\nbody`, text.length, known)
}

describe('parseHead', () => {
  for (const [lines, expected] of [
    [[ok], { status: 200, headers: [], framing: 'until-close', keepAlive: true }],
    [['HTTP/1.1 404'], { status: 404 }],
    [['HTTP/1.1 204 '], { status: 204 }],
    [['HTTP/1.0 200 OK'], { keepAlive: false }],
    [['HTTP/1.0 200 OK', 'Connection: keep-alive'], { keepAlive: true }],
    [[ok, 'Connection: close'], { keepAlive: false }],
    [[ok, 'connection: Close, x'], { keepAlive: false }],
    [[ok, 'Keep-Alive: timeout=5, max=9'], { keepAliveSeconds: 5 }],
    [[ok, 'Content-Length: 12'], { framing: 12 }],
    [[ok, 'transfer-encoding: Chunked'], { framing: 'chunked' }],
    [
      [ok, 'Set-Cookie: a', 'set-cookie:b', 'X:  c : d\t'],
      { headers: ['Set-Cookie', 'a', 'set-cookie', 'b', 'X', 'c : d'] },
    ],
    [[ok, 'X:'], { headers: ['X', ''] }],
  ] as const) {
    test(lines.join(' | '), () => {
      const head = parsed(lines)
      assert.deepEqual({ ...head, ...expected }, head)
    })
  }

  for (const lines of [
    ['HTTP/2 200 OK'],
    ['HTTP/1.1 20 OK'],
    ['HTTP/1.1 2000 OK'],
    ['HTTP/1.1 099 OK'],
    ['http/1.1 200 OK'],
    ['200 OK'],
    [''],
    [ok, 'no colon'],
    [ok, 'X : space before the colon'],
    [ok, ' X: folded'],
    [ok, ': no name'],
    [ok, 'Content-Length: 1', 'Content-Length: 1'],
    [ok, 'Content-Length: +1'],
    [ok, 'Content-Length: 1, 1'],
    [ok, 'Content-Length:'],
    [ok, 'Transfer-Encoding: gzip, chunked'],
    [ok, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    [ok, 'Transfer-Encoding: chunked', 'Content-Length: 1'],
  ]) {
    test(`refuses ${lines.join(' | ')}`, () => {
      assert.throws(() => parsed(lines), { code: 'BAD_RESPONSE' })
    })
  }

  test('tells lines that begin like those of the response before from them', () => {
    const known: KnownHead = { lines: [] }
    for (const headers of [
      ['A', '1', 'Content-Length', '1'],
      ['A', '12', 'Content-Length', '12'],
      ['A', '12', 'Content-Length', '12'],
      ['A', '12', 'Content-Length', '1', 'B', ''],
      ['Content-Length', '1', 'A', '1'],
      [],
      ['A', '1', 'Content-Length', '12'],
    ]) {
      const lines = headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}`] : []))
      const length = headers.indexOf('Content-Length') + 1
      const framing = length > 0 ? Number(headers[length]) : 'until-close'
      const { headers: read, framing: readFraming } = parsed([ok, ...lines], known)
      assert.deepEqual([read, readFraming], [headers, framing])
    }
  })
})
