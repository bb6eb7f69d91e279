import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { byCreation, type Page, page } from './paging.ts'

const words = (count: number) => Array.from({ length: count }, (_, index) => `w${String(index).padStart(4, '0')}`)
const itself = (word: string) => word

describe('page', () => {
  const sizes: [string, number, number | undefined, number][] = [
    ['25 by default', 30, undefined, 25],
    ['as many as asked', 30, 7, 7],
    ['500 at most', 600, 1000, 500],
    ['all there are', 3, 10, 3],
  ]
  for (const [name, count, limit, expected] of sizes) {
    test(`holds ${name}`, () => {
      assert.equal(page(words(count), itself, limit === undefined ? {} : { limit }).items.length, expected)
    })
  }

  test('goes on where the page before ended, whatever came or went meanwhile', () => {
    const first = page(['a', 'b', 'c', 'd'], itself, { limit: 2 })
    assert.deepEqual(first.items, ['a', 'b'])
    const second = page(['a0', 'c', 'd', 'e'], itself, { limit: 2, ...positionOf(first) })
    assert.deepEqual(second.items, ['c', 'd'])
    assert.deepEqual(page(['c', 'd', 'e'], itself, { limit: 2, ...positionOf(second) }), { items: ['e'] })
  })

  test('has no position when it ends with the last item', () => {
    assert.deepEqual(page(['b', 'a'], itself, { limit: 2 }), { items: ['a', 'b'] })
  })

  for (const position of ['', '%', 'YQ']) {
    test(`refuses the position '${position}'`, () => {
      assert.throws(() => page(['a'], itself, { position }), { code: 'BadRequestException' })
    })
  }

  test('refuses a limit below 1', () => {
    assert.throws(() => page(['a'], itself, { limit: 0 }), { code: 'BadRequestException' })
  })

  test('sorts by creation, then by id', () => {
    const records = [
      { createdDate: 2, id: 'a' },
      { createdDate: 10, id: 'a' },
      { createdDate: 2, id: 'B' },
    ]
    assert.deepEqual(page(records, byCreation, {}).items, [records[2], records[0], records[1]])
  })
})

function positionOf({ position }: Page<unknown>) {
  assert.ok(position)
  return { position }
}
