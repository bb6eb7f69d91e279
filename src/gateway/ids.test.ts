import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isUuid, randomIds } from './ids.ts'

describe('ids', () => {
  const ids = randomIds()

  for (const [name, make, form] of [
    ['request', ids.request, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['extendedRequest', ids.extendedRequest, /^[A-Za-z0-9+/]{15}=$/],
    ['segment', ids.segment, /^[0-9a-f]{16}$/],
    ['traceRoot', () => ids.traceRoot(0x6789abcd * 1000), /^Root=1-6789abcd-[0-9a-f]{24}$/],
  ] as const) {
    test(`${name} has its form and never comes twice`, () => {
      const made = Array.from({ length: 5_000 }, make)
      assert.equal(new Set(made).size, made.length)
      for (const id of made) assert.match(id, form)
    })
  }

  test('of requests use every variant', () => {
    const variants = new Set(Array.from({ length: 1_000 }, () => ids.request()[19]))
    assert.deepEqual([...variants].sort(), ['8', '9', 'a', 'b'])
    assert.ok(isUuid(ids.request()))
  })
})
