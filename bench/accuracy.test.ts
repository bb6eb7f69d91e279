import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accuracyOf } from './accuracy.ts'

for (const rateLimit of [10, 1_000, 20_000]) {
  test(`two threads admit ${rateLimit} calls a second together out of ten times as many, within 1 %`, async (t) => {
    const rate = { rateLimit, burstLimit: rateLimit / 2 }
    const { admitted, allowed, overshoot } = await accuracyOf({ rate, seconds: 1, shares: [0.7, 0.3] })
    t.diagnostic(`${admitted} of ${allowed}`)
    assert.ok(overshoot <= 1, `${overshoot} too many`)
    assert.ok(admitted >= 0.97 * allowed - 2, `${admitted} of ${allowed}`)
  })
}
