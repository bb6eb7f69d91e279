import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { StreamedResponse } from './streamed-response.ts'

const done = { payload: '', executedVersion: '1', requestId: 'r' }
const nulls = '\0'.repeat(8)

/** Hears a response that a function writes in pieces. */
function listen(open = true) {
  const heard: unknown[] = []
  const response = new StreamedResponse({
    onHead: (status, headers) => void heard.push([status, ...headers]),
    onData: (chunk) => {
      heard.push(String(chunk))
      return open
    },
    onEnd: () => void heard.push('end'),
    onError: (error) => void heard.push(error),
  })
  const write = (...pieces: string[]) => pieces.map((piece) => response.write(Buffer.from(piece)))
  return { heard, response, write }
}

const typed = ['Content-Type', 'application/json']

describe('what a streaming function writes', () => {
  const cases: [metadata: object, head: unknown[]][] = [
    [{}, [200, ...typed]],
    [{ statusCode: 201 }, [201, ...typed]],
    [{ headers: { 'Content-Type': 'text/plain', 'X-A': '1' } }, [200, 'Content-Type', 'text/plain', 'X-A', '1']],
    [{ multiValueHeaders: { 'X-A': ['1', '2'] } }, [200, 'X-A', '1', 'X-A', '2', ...typed]],
    [
      { headers: { 'x-a': '1', 'X-B': 'b' }, multiValueHeaders: { 'X-A': ['1', '2'] } },
      [200, 'X-A', '1', 'X-A', '2', 'X-B', 'b', ...typed],
    ],
    [{ headers: { 'X-A': '3' }, multiValueHeaders: { 'x-a': ['1'] } }, [200, 'x-a', '1', 'x-a', '3', ...typed]],
    [{ cookies: ['a=1', 'b=2'] }, [200, 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', ...typed]],
    [{ headers: { 'Content-Length': '3', Server: 's' } }, [200, 'x-amzn-Remapped-Server', 's', ...typed]],
  ]
  for (const [metadata, head] of cases) {
    test(`begins with ${JSON.stringify(metadata)}`, () => {
      const { heard, response, write } = listen()
      write(`${JSON.stringify(metadata)}${nulls}`, 'one', 'two')
      response.settle(done)
      assert.deepEqual(heard, [head, 'one', 'two', 'end'])
    })
  }

  test('is read in whatever pieces it comes', () => {
    const whole = `{"statusCode": 200}${nulls}content`
    for (let at = 1; at < whole.length; at++) {
      const { heard, write } = listen()
      write(whole.slice(0, at), whole.slice(at))
      assert.equal(heard.slice(1).join(''), 'content')
    }
  })

  test('is held back for a slow client', () => {
    const { write } = listen(false)
    assert.deepEqual(write(`{}${nulls}`, 'a'), [true, false])
    let resumed = 0
    const { response } = listen()
    response.begin(() => resumed++)
    response.resume()
    assert.equal(resumed, 1)
  })

  const failures: [string, string[], object][] = [
    ['no delimiter', ['{}'], { status: 500 }],
    ['a delimiter too late', ['x'.repeat(16_384), nulls], { status: 500 }],
    ['metadata that are no JSON', [`{${nulls}`], { status: 500 }],
    ['metadata that are no object', [`[]${nulls}`], { status: 500 }],
    ['an unknown member', [`{"body": ""}${nulls}`], { status: 500 }],
    ['a status in words', [`{"statusCode": "200"}${nulls}`], { status: 500 }],
    ['a status that ends no call', [`{"statusCode": 100}${nulls}`], { status: 500 }],
    ['headers in a list', [`{"headers": []}${nulls}`], { status: 500 }],
    ['a cookie that is no text', [`{"cookies": [1]}${nulls}`], { status: 500 }],
    ['a header that breaks its line', [`{"headers": {"X": "a\\r\\nb"}}${nulls}`], { status: 502 }],
  ]
  for (const [name, pieces, expected] of failures) {
    test(`with ${name} is an error, once`, () => {
      const { heard, response, write } = listen()
      write(...pieces, 'more')
      response.settle(done)
      assert.equal(heard.length, 1)
      assert.throws(() => {
        throw heard[0]
      }, expected)
    })
  }

  test('can be the whole answer of a function that does not stream', () => {
    const { heard, response } = listen()
    response.settle({ ...done, payload: `{}${nulls}x` })
    assert.deepEqual(heard, [[200, ...typed], 'x', 'end'])
  })

  test('is a 502 where the function fails first, and cut where it fails later', () => {
    const failed = { ...done, payload: '{"errorMessage": "x"}', functionError: 'Unhandled' } as const
    for (const [pieces, before] of [
      [[], []],
      [
        [`{}${nulls}`, 'a'],
        [[200, ...typed], 'a'],
      ],
    ] as const) {
      const { heard, response, write } = listen()
      write(...pieces)
      response.settle(failed)
      const error = heard.pop()
      assert.deepEqual(heard, before)
      assert.ok(error instanceof Error && 'status' in error && error.status === 502)
    }
  })

  test('is thrown away when nobody listens any more', () => {
    const { heard, response, write } = listen()
    let resumed = 0
    response.begin(() => resumed++)
    write(`{}${nulls}`)
    const reason = new Error('gone')
    response.abort(reason)
    assert.deepEqual(write('a', 'b'), [true, true])
    response.settle(done)
    assert.deepEqual([heard, resumed], [[[200, ...typed], reason], 1])
  })
})
