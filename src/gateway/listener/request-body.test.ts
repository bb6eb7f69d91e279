import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IncomingBody } from '../http1/incoming-body.ts'
import { LimitedBody } from './request-body.ts'

const source = { resume() {}, invite() {} }

class TooLarge extends Error {}

function body(framing: 'chunked' | number, ...arrived: readonly string[]) {
  const incoming = new IncomingBody(framing, false, source)
  for (const piece of arrived) incoming.take(Buffer.from(piece))
  return { incoming, limited: new LimitedBody(incoming, 10, () => new TooLarge()) }
}

describe('a body of a request', () => {
  for (const [name, framing, arrived] of [
    ['in one piece', 5, ['hello']],
    ['in several pieces', 5, ['he', 'll', 'o']],
  ] as const) {
    test(`that has come ${name} is read at once`, () => {
      assert.equal(String(body(framing, ...arrived).limited.read()), 'hello')
    })
  }

  for (const [name, framing, arrived, rest] of [
    ['has a length', 5, ['he'], 'llo'],
    ['has not begun', 5, [], 'hello'],
    ['comes in chunks', 'chunked', ['2\r\nhe\r\n'], '3\r\nllo\r\n0\r\n\r\n'],
  ] as const) {
    test(`that ${name} and is still to come is waited for`, async () => {
      const { incoming, limited } = body(framing, ...arrived)
      const reading = limited.read()
      assert.ok(reading instanceof Promise)
      incoming.take(Buffer.from(rest))
      assert.equal(String(await reading), 'hello')
    })
  }

  test('that is too long is refused, by its length or when it has come', async () => {
    assert.throws(() => body(11, 'hello, world').limited.read(), TooLarge)
    await assert.rejects(async () => body('chunked', 'b\r\nhello world\r\n0\r\n\r\n').limited.read(), TooLarge)
  })

  test('that breaks off ends its call', async () => {
    const { incoming, limited } = body(5, 'he')
    const reading = limited.read()
    incoming.fail(new Error('gone'))
    await assert.rejects(async () => reading, { status: 499 })
  })
})
