import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TextTable } from './text-table.ts'

describe('a table by texts', () => {
  test('is empty at first', () => {
    const table = new TextTable<number>()
    for (const text of ['', 'a', '/pets']) assert.equal(table.get(text), undefined)
  })

  test('has the last value of each text, however many there are', () => {
    const table = new TextTable<number>()
    const texts = ['', 'é', 'ключ', '\ud800', ...Array.from({ length: 1_000 }, (_, i) => `/pets/${i}`)]
    for (const [i, text] of texts.entries()) {
      table.set(text, -1)
      table.set(text, i)
    }
    for (const [i, text] of texts.entries()) assert.equal(table.get(text), i)
    for (const text of ['a', '/pets', '/pets/', '/pets/1000', '\ud801']) assert.equal(table.get(text), undefined)
  })

  test('holds values that are undefined or false', () => {
    const table = new TextTable<boolean | undefined>()
    table.set('a', undefined)
    table.set('b', false)
    assert.equal(table.get('a'), undefined)
    assert.equal(table.get('b'), false)
  })
})
