import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import { digestWord } from './digest-word.ts'

test('a word of a digest is what its digits say', () => {
  for (const text of ['a', 'b', 'c']) {
    const digest = hash('sha256', text)
    for (let at = 0; at <= 56; at++) assert.equal(digestWord(digest, at), parseInt(digest.slice(at, at + 8), 16))
  }
})
