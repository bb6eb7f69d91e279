import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { replyOf } from './result.ts'

const json = ['Content-Type', 'application/json']

describe('a Lambda proxy result', () => {
  for (const [name, result, status, headers, body] of [
    ['an empty object', {}, 200, json, ''],
    ['no status', { body: 'x' }, 200, json, 'x'],
    ['a status as text', { statusCode: '201', body: null }, 201, json, ''],
    ['null maps', { headers: null, multiValueHeaders: null }, 200, json, ''],
    ['booleans', { headers: { a: true, b: false } }, 200, ['a', 'true', 'b', 'false', ...json], ''],
    ['an own content type', { headers: { 'content-type': 'text/css' } }, 200, ['content-type', 'text/css'], ''],
    [
      'a name in both maps: the list first, spelt as there',
      { headers: { 'x-a': '3', b: 'y' }, multiValueHeaders: { 'X-A': ['1', '2'] } },
      200,
      ['X-A', '1', 'X-A', '2', 'X-A', '3', 'b', 'y', ...json],
      '',
    ],
    [
      'headers that are remapped or dropped',
      { headers: { Server: 's', 'Transfer-Encoding': 'chunked', 'content-length': '9', 'WWW-Authenticate': 'w' } },
      200,
      ['x-amzn-Remapped-Server', 's', 'x-amzn-Remapped-WWW-Authenticate', 'w', ...json],
      '',
    ],
    ['text beyond ASCII, sent as UTF-8', { headers: { a: 'é' } }, 200, ['a', 'Ã©', ...json], ''],
    ['base64 that the client does not accept', { isBase64Encoded: true, body: 'aGk=' }, 200, json, 'aGk='],
    ['no flag', { isBase64Encoded: null, body: 'x' }, 200, json, 'x'],
  ] as const) {
    test(name, () => assert.deepEqual(replyOf(JSON.stringify(result), false), { status, headers, body }))
  }

  test('base64 that the client accepts is decoded', () => {
    const reply = replyOf('{"isBase64Encoded": true, "body": "iVD/\\n"}', true)
    assert.deepEqual(reply.body, Buffer.from([0x89, 0x50, 0xff]))
  })
})

describe('a malformed Lambda proxy result', () => {
  for (const payload of [
    '',
    'x',
    '"text"',
    'null',
    '7',
    '[]',
    '{"statusCode": 0}',
    '{"statusCode": 200.5}',
    '{"statusCode": "abc"}',
    '{"statusCode": "200.5"}',
    '{"statusCode": true}',
    '{"statusCode": 101}',
    '{"statusCode": 600}',
    '{"statusCode": 200, "extra": 1}',
    '{"errorMessage": "x"}',
    '{"body": {}}',
    '{"body": 7}',
    '{"isBase64Encoded": "true"}',
    '{"headers": []}',
    '{"headers": "x"}',
    '{"headers": {"a": 1}}',
    '{"headers": {"a": null}}',
    '{"headers": {"a b": "x"}}',
    '{"headers": {"a": "x\\r\\nb: y"}}',
    '{"multiValueHeaders": {"a": "x"}}',
    '{"multiValueHeaders": {"a": [1]}}',
    '{"multiValueHeaders": []}',
  ]) {
    test(payload || 'nothing', () => {
      assert.throws(() => replyOf(payload, false), { status: 502, message: 'Internal server error' })
    })
  }

  for (const body of ['a', 'a===', '****', 'aGk']) {
    test(`base64 ${body} is a 500`, () => {
      const payload = JSON.stringify({ isBase64Encoded: true, body })
      assert.throws(() => replyOf(payload, true), { status: 500, message: 'Internal server error' })
    })
  }
})
