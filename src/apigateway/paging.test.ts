import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openSqliteStore } from '../storage/sqlite/open.ts'
import { collection, type Store } from '../storage/store.ts'
import { byCreation, type Page, type PageRequest, page, pageOf } from './paging.ts'

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

describe('pageOf', () => {
  const words = collection<{ readonly word: string }>('word')
  let folder: string
  let store: Store

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-paging-'))
    store = await openSqliteStore(folder)
    await store.write(async (transaction) => {
      for (let index = 0; index < 600; index++) {
        const word = `w${String(index).padStart(3, '0')}`
        await transaction.put(words, 'here', word, { word })
      }
      await transaction.put(words, 'elsewhere', 'other', { word: 'other' })
    })
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  async function allPages(limit: number, where?: (document: { readonly word: string }) => boolean) {
    const pages: string[][] = []
    let request: PageRequest = { limit }
    for (;;) {
      const { items, position } = await store.read((reader) => pageOf(reader, words, 'here', request, where))
      pages.push(items.map(({ word }) => word))
      if (position === undefined) return pages
      request = { limit, position }
    }
  }

  test('gives every document once, in the order of keys', async () => {
    const pages = await allPages(250)
    assert.deepEqual(
      pages.map(({ length }) => length),
      [250, 250, 100],
    )
    assert.deepEqual(pages.flat(), pages.flat().toSorted())
    assert.equal(new Set(pages.flat()).size, 600)
  })

  test('fills pages with what is wanted, and ends with the last of that', async () => {
    const pages = await allPages(2, ({ word }) => word.endsWith('99'))
    assert.deepEqual(pages, [
      ['w099', 'w199'],
      ['w299', 'w399'],
      ['w499', 'w599'],
    ])
  })

  test('holds 500 at most', async () => {
    assert.equal((await allPages(1000))[0]?.length, 500)
  })

  test('refuses what no page ended with', async () => {
    const refusal = { code: 'BadRequestException' }
    await assert.rejects(
      store.read((reader) => pageOf(reader, words, 'here', { position: '%' })),
      refusal,
    )
    await assert.rejects(
      store.read((reader) => pageOf(reader, words, 'here', { limit: 0 })),
      refusal,
    )
  })
})

function positionOf({ position }: Page<unknown>) {
  assert.ok(position)
  return { position }
}
