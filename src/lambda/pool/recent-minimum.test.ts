import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecentMinimum } from './recent-minimum.ts'

test('RecentMinimum forgets what was added before the last two ticks', () => {
  const minimum = new RecentMinimum()
  assert.equal(minimum.value, Number.POSITIVE_INFINITY)
  for (const value of [3, 1, 2]) minimum.add(value)
  assert.equal(minimum.value, 1)
  minimum.tick()
  minimum.add(5)
  assert.equal(minimum.value, 1)
  minimum.tick()
  assert.equal(minimum.value, 5)
  minimum.tick()
  assert.equal(minimum.value, Number.POSITIVE_INFINITY)
})
