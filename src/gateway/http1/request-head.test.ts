import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseRequestHead } from './request-head.ts'

const host = 'Host: a'
function head(...lines: string[]) {
  const { fields, ...line } = parseRequestHead(lines.join('\r\n'))
  const { text: _, headers, ...rest } = fields
  return { ...line, ...rest, headers: headers.raw }
}

describe('a request head', () => {
  test('is its method, target, version and header lines as sent', () => {
    assert.deepEqual(
      head('GET /a%20b?c=d HTTP/1.1', host, 'X-A:\t one  two \t', 'x-a:', 'X-Ü: \xe9'.replace('Ü', 'U')),
      {
        method: 'GET',
        target: '/a%20b?c=d',
        version: 'HTTP/1.1',
        headers: ['Host', 'a', 'X-A', 'one  two', 'x-a', '', 'X-U', '\xe9'],
        framing: 0,
        keepAlive: true,
        expectsContinue: false,
      },
    )
  })

  for (const [target, name] of [
    ['/', 'a path'],
    ['http://a/b', 'a URL'],
    ['*', 'an asterisk'],
    ['/\xff#"{}|', 'odd characters'],
  ] as const) {
    test(`may ask for ${name}`, () => assert.equal(head(`GET ${target} HTTP/1.1`, host).target, target))
  }

  for (const [name, lines, framing] of [
    ['nothing', [], 0],
    ['a length', ['content-length: 12'], 12],
    ['length 0', ['Content-Length: 0'], 0],
    ['chunks', ['TRANSFER-ENCODING: Chunked'], 'chunked'],
  ] as const) {
    test(`with ${name} says where its body ends`, () =>
      assert.equal(head('POST / HTTP/1.1', host, ...lines).framing, framing))
  }

  for (const [version, connection, keepAlive] of [
    ['1.1', undefined, true],
    ['1.1', 'close', false],
    ['1.1', 'Close', false],
    ['1.1', 'upgrade, close', false],
    ['1.1', 'upgrade', true],
    ['1.1', 'x-closed', true],
    ['1.0', undefined, false],
    ['1.0', 'keep-alive', true],
    ['1.0', 'Upgrade, Keep-Alive', true],
    ['1.0', 'upgrade', false],
  ] as const) {
    test(`of HTTP/${version} with Connection ${connection ?? 'absent'} ${keepAlive ? 'goes on' : 'is the last'}`, () => {
      const lines = connection === undefined ? [] : [`Connection: ${connection}`]
      assert.equal(head(`GET / HTTP/${version}`, host, ...lines).keepAlive, keepAlive)
    })
  }

  test('may wait for leave to send the body', () => {
    assert.equal(head('PUT / HTTP/1.1', host, 'Expect: 100-Continue').expectsContinue, true)
    assert.equal(head('PUT / HTTP/1.0', 'Expect: 100-continue').expectsContinue, false)
  })

  test('of HTTP/1.0 needs no host', () => assert.equal(head('GET / HTTP/1.0').version, 'HTTP/1.0'))
})

describe('what could be read in two ways', () => {
  for (const [name, status, ...lines] of [
    ['no request line', 400, ''],
    ['no target', 400, 'GET HTTP/1.1', host],
    ['no version', 400, 'GET /', host],
    ['a blank in the target', 400, 'GET /a b HTTP/1.1', host],
    ['a tab in the target', 400, 'GET /a\tb HTTP/1.1', host],
    ['two blanks', 400, 'GET  / HTTP/1.1', host],
    ['a relative target', 400, 'GET a HTTP/1.1', host],
    ['an authority', 400, 'CONNECT a:443 HTTP/1.1', host],
    ['a tunnel', 400, 'CONNECT / HTTP/1.1', host],
    ['a method that is no token', 400, 'G(T / HTTP/1.1', host],
    ['a blank before the method', 400, ' GET / HTTP/1.1', host],
    ['another protocol', 400, 'GET / RTSP/1.0', host],
    ['another case', 400, 'GET / http/1.1', host],
    ['HTTP/2', 505, 'PRI * HTTP/2.0', ''],
    ['HTTP/1.2', 505, 'GET / HTTP/1.2', host],
    ['no host', 400, 'GET / HTTP/1.1'],
    ['two hosts', 400, 'GET / HTTP/1.1', host, 'host: b'],
    ['two hosts in HTTP/1.0', 400, 'GET / HTTP/1.0', host, 'host: b'],
    ['a line without a colon', 400, 'GET / HTTP/1.1', host, 'X'],
    ['a blank before the colon', 400, 'GET / HTTP/1.1', host, 'Content-Length : 5'],
    ['a folded line', 400, 'GET / HTTP/1.1', host, 'X: a', ' b'],
    ['a header without a name', 400, 'GET / HTTP/1.1', host, ': a'],
    ['a name that is no token', 400, 'GET / HTTP/1.1', host, 'Transfer\x0bEncoding: chunked'],
    ['a zero byte', 400, 'GET / HTTP/1.1', host, 'X: a\0b'],
    ['a lone line feed', 400, 'GET / HTTP/1.1', host, 'X: a\nContent-Length: 5'],
    ['a lone carriage return', 400, 'GET / HTTP/1.1', host, 'X: a\rContent-Length: 5'],
    ['a line feed in front', 400, '\nGET / HTTP/1.1', host],
    ['two lengths', 400, 'POST / HTTP/1.1', host, 'Content-Length: 1', 'Content-Length: 2'],
    ['the same length twice', 400, 'POST / HTTP/1.1', host, 'Content-Length: 1', 'Content-Length: 1'],
    ['a list of lengths', 400, 'POST / HTTP/1.1', host, 'Content-Length: 1, 1'],
    ['a signed length', 400, 'POST / HTTP/1.1', host, 'Content-Length: +1'],
    ['a negative length', 400, 'POST / HTTP/1.1', host, 'Content-Length: -1'],
    ['a hexadecimal length', 400, 'POST / HTTP/1.1', host, 'Content-Length: 0x1'],
    ['an empty length', 400, 'POST / HTTP/1.1', host, 'Content-Length:'],
    ['a length beyond all bounds', 400, 'POST / HTTP/1.1', host, 'Content-Length: 9999999999999999'],
    ['length and chunks', 400, 'POST / HTTP/1.1', host, 'Content-Length: 1', 'Transfer-Encoding: chunked'],
    ['chunks and length', 400, 'POST / HTTP/1.1', host, 'Transfer-Encoding: chunked', 'Content-Length: 1'],
    ['chunks twice', 400, 'POST / HTTP/1.1', host, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    ['chunks in HTTP/1.0', 400, 'POST / HTTP/1.0', host, 'Transfer-Encoding: chunked'],
    ['compressed chunks', 501, 'POST / HTTP/1.1', host, 'Transfer-Encoding: gzip, chunked'],
    ['identity', 501, 'POST / HTTP/1.1', host, 'Transfer-Encoding: identity'],
    ['chunks with a vertical tab', 400, 'POST / HTTP/1.1', host, 'Transfer-Encoding: \x0bchunked'],
    ['chunks with a no-break space', 501, 'POST / HTTP/1.1', host, 'Transfer-Encoding: \xa0chunked'],
    ['an unknown expectation', 417, 'POST / HTTP/1.1', host, 'Expect: 200-ok'],
  ] as const) {
    test(`${name} is refused`, () => assert.throws(() => head(...lines), { name: 'HttpSyntaxError', status }))
  }

  test('has the lines of the request before it only if they are the same', () => {
    const text = (line: string, ...lines: string[]) => [line, host, ...lines].join('\r\n')
    const { fields } = parseRequestHead(text('GET / HTTP/1.1', 'A: 1'))
    for (const [next, isSame] of [
      [text('POST /b HTTP/1.1', 'A: 1'), true],
      [text('GET / HTTP/1.1', 'A: 2'), false],
      [text('GET / HTTP/1.1', 'A: 1', 'B: 1'), false],
      [text('GET / HTTP/1.0', 'A: 1'), false],
      [text('GET / HTTP/1.1'), false],
    ] as const) {
      const { method, target, fields: known } = parseRequestHead(next, fields)
      const fresh = parseRequestHead(next)
      assert.equal(known === fields, isSame)
      assert.deepEqual([method, target, known.headers.raw], [fresh.method, fresh.target, fresh.fields.headers.raw])
      assert.equal(known.headers.isRepeated, isSame)
    }
  })
})
