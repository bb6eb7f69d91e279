import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { daysBetween } from './day.ts'

const todayMs = Date.UTC(2026, 0, 1, 12)

describe('daysBetween', () => {
  test('counts both ends, over a leap day too', () => {
    assert.deepEqual(daysBetween('2025-12-30', '2026-01-01', todayMs), ['2025-12-30', '2025-12-31', '2026-01-01'])
    assert.deepEqual(daysBetween('2024-02-28', '2024-03-01', Date.UTC(2024, 2, 1)).length, 3)
    assert.deepEqual(daysBetween('2026-01-01', '2026-01-01', todayMs), ['2026-01-01'])
  })

  for (const [start, end] of [
    ['2026-01-02', '2026-01-01'],
    ['2025-02-30', '2026-01-01'],
    ['2026-1-1', '2026-01-01'],
    ['today', '2026-01-01'],
    ['2025-09-01', '2026-01-01'],
    ['2026-01-01', '2027-01-01'],
  ] as const) {
    test(`refuses ${start} to ${end}`, () =>
      assert.throws(() => daysBetween(start, end, todayMs), { code: 'BadRequestException' }))
  }
})
