import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseHead } from './response-head.ts'

const ok = 'HTTP/1.1 200 OK'

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
      const head = parseHead(lines.join('\r\n'))
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
      assert.throws(() => parseHead(lines.join('\r\n')), { code: 'BAD_RESPONSE' })
    })
  }
})
