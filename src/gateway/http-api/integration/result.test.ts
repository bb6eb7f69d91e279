import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { replyOfV1 } from './result-v1.ts'
import { replyOfV2 } from './result-v2.ts'

const plain = ['Content-Type', 'text/plain; charset=utf-8']
const json = ['Content-Type', 'application/json']
const failure = { status: 500, message: 'Internal Server Error' }

describe('a result of format 2.0', () => {
  for (const [result, status, headers, body] of [
    [{ statusCode: 200 }, 200, plain, ''],
    [{ statusCode: '404', body: 'x' }, 404, plain, 'x'],
    [{ statusCode: 200, body: null }, 200, plain, ''],
    [{ statusCode: 200, headers: null, cookies: null }, 200, plain, ''],
    [{ statusCode: 200, headers: { a: 1, b: true, c: 'ä' } }, 200, ['a', '1', 'b', 'true', 'c', 'Ã¤', ...plain], ''],
    [{ statusCode: 200, headers: { 'CONTENT-type': 'a/b' } }, 200, ['CONTENT-type', 'a/b'], ''],
    [{ statusCode: 200, headers: { Connection: 'x', 'content-length': '9' } }, 200, plain, ''],
    [{ statusCode: 200, cookies: ['a=1'] }, 200, [...plain, 'Set-Cookie', 'a=1'], ''],
    [{ statusCode: 200, multiValueHeaders: { a: ['1'] } }, 200, plain, ''],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 200, plain, Buffer.from('hi')],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: false }, 200, plain, 'aGk='],
    // Inferred.
    [{ a: 1 }, 200, json, '{"a":1}'],
    [{}, 200, json, '{}'],
    [[1, 2], 200, json, '[1,2]'],
    [5, 200, json, '5'],
    [true, 200, json, 'true'],
    ['hi', 200, json, 'hi'],
    ['', 200, json, ''],
    [null, 200, json, ''],
    [{ body: 'x', headers: { a: 'b' } }, 200, json, '{"body":"x","headers":{"a":"b"}}'],
  ] as const) {
    test(`${JSON.stringify(result)} is a reply`, () => {
      assert.deepEqual(replyOfV2(JSON.stringify(result)), { status, headers, body })
    })
  }

  for (const text of ['not json', '', '{"statusCode": 200']) {
    test(`${text || 'nothing'} is its own body`, () => {
      assert.deepEqual(replyOfV2(text), { status: 200, headers: json, body: text })
    })
  }

  for (const result of [
    { statusCode: 0 },
    { statusCode: 200.5 },
    { statusCode: 99 },
    { statusCode: 600 },
    { statusCode: 'ok' },
    { statusCode: null },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: [] },
    { statusCode: 200, headers: { 'a b': 'x' } },
    { statusCode: 200, headers: { a: 'x\r\ny: z' } },
    { statusCode: 200, cookies: 'a=1' },
    { statusCode: 200, cookies: [1] },
    { statusCode: 200, cookies: ['a\nb'] },
    { statusCode: 200, body: '%%', isBase64Encoded: true },
    { statusCode: 200, isBase64Encoded: 'true' },
  ]) {
    test(`${JSON.stringify(result)} is malformed`, () => {
      assert.throws(() => replyOfV2(JSON.stringify(result)), failure)
    })
  }
})

describe('a result of format 1.0', () => {
  for (const [result, status, headers, body] of [
    [{}, 200, plain, ''],
    [{ statusCode: '204' }, 204, plain, ''],
    [{ statusCode: 200, headers: { a: true, b: 'x' }, body: 'y' }, 200, ['a', 'true', 'b', 'x', ...plain], 'y'],
    [
      { headers: { a: '1', b: '2' }, multiValueHeaders: { A: ['3', '4'] } },
      200,
      ['A', '1', 'b', '2', 'A', '3', 'A', '4', ...plain],
      '',
    ],
    [{ body: 'aGk=', isBase64Encoded: true }, 200, plain, Buffer.from('hi')],
  ] as const) {
    test(`${JSON.stringify(result)} is a reply`, () => {
      assert.deepEqual(replyOfV1(JSON.stringify(result)), { status, headers, body })
    })
  }

  for (const text of [
    'x',
    '',
    '"text"',
    '[]',
    'null',
    '{"statusCode": 0}',
    '{"statusCode": 200, "cookies": ["a=1"]}',
    '{"headers": {"a": 1}}',
    '{"multiValueHeaders": {"a": "1"}}',
    '{"body": {}}',
  ]) {
    test(`${text || 'nothing'} is malformed`, () => assert.throws(() => replyOfV1(text), failure))
  }
})
