import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { type InvocationValues, invocation } from '../fixtures.ts'
import type { Invocation } from '../invocation.ts'
import { decompressRequests } from './decompress-requests.ts'

async function pass(values: InvocationValues): Promise<Invocation | undefined> {
  let passed: Invocation | undefined
  const next = (given: Invocation) => {
    passed = given
    return { status: 200, headers: [], body: '' }
  }
  await decompressRequests(undefined, next)(invocation({ method: 'POST', ...values }))
  return passed
}

const encoding = (coding: string) => [
  'Host',
  'h',
  'content-encoding',
  coding,
  'Content-Length',
  '3',
  'X-A',
  'content-encoding',
]

describe('a request is decompressed', () => {
  for (const [coding, bytes] of [
    ['gzip', gzipSync('{"a":1}')],
    ['X-GZIP', gzipSync('{"a":1}')],
    ['deflate', deflateSync('{"a":1}')],
    ['deflate', deflateRawSync('{"a":1}')],
  ] as const) {
    test(`from ${coding} ${bytes[0]}`, async () => {
      const passed = await pass({ headers: encoding(coding), body: bytes })
      assert.equal(String(await passed?.request.body.read()), '{"a":1}')
      assert.equal(passed?.request.body.length, 7)
      assert.deepEqual(passed?.request.headers.raw, ['Host', 'h', 'X-A', 'content-encoding'])
    })
  }
})

describe('a request passes as it is', () => {
  for (const [name, values] of [
    ['without a coding', { body: 'x' }],
    ['of identity', { headers: encoding('identity'), body: 'x' }],
    ['without a body', { headers: encoding('gzip') }],
  ] as const) {
    test(name, async () =>
      assert.deepEqual((await pass(values))?.request.headers.raw, invocation(values).request.headers.raw),
    )
  }
})

describe('a request is refused', () => {
  const unsupported = { type: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message: 'Unsupported Media Type' }
  const cases: [string, string, Buffer, object][] = [
    ['for another coding', 'br', Buffer.from('x'), unsupported],
    ['for several codings', 'gzip, gzip', gzipSync(gzipSync('x')), unsupported],
    ['for a body that is not compressed', 'gzip', Buffer.from('{"a":1}'), unsupported],
    ['for a body that is cut', 'gzip', gzipSync('x'.repeat(1000)).subarray(0, 20), unsupported],
    ['for a broken deflate body', 'deflate', Buffer.from([255]), unsupported],
    [
      'for a body that becomes too large',
      'gzip',
      gzipSync(Buffer.alloc(10_485_761)),
      { type: 'REQUEST_TOO_LARGE', status: 413 },
    ],
  ]
  for (const [name, coding, body, error] of cases) {
    test(name, () => assert.rejects(async () => pass({ headers: encoding(coding), body }), error))
  }
})
