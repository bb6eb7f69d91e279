import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownNames } from './known-names.ts'

test('gives what stands between two places, whatever was read before', () => {
  const names = new KnownNames()
  const text = 'name other "naïve" __proto__ 12 constructor'
  for (const hash of [1, 1, 1025, -1]) {
    for (const word of [...text.split(' '), '', 'x'.repeat(100)]) {
      const around = `<${word}>`
      assert.equal(names.between(around, 1, 1 + word.length, hash), word)
    }
  }
})
