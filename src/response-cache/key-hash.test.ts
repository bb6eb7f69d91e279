import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyHash } from './key-hash.ts'

describe('the hash of a key', () => {
  test('has two words of 32 bits', () => {
    for (const text of ['', 'a', 'ключ', '\ud800', 'long '.repeat(1_000)]) {
      for (const word of Object.values(keyHash(text, 1)))
        assert.ok(Number.isInteger(word) && word >= 0 && word < 2 ** 32)
    }
  })

  test('is the same for the same text and seed alone', () => {
    assert.deepEqual(keyHash('GET 1,1:a', 7), keyHash('GET 1,1:a', 7))
    assert.notDeepEqual(keyHash('GET 1,1:a', 7), keyHash('GET 1,1:a', 8))
    assert.notDeepEqual(keyHash('GET 1,1:a', 7), keyHash('GET 1,1:b', 7))
  })

  test('spreads texts that are much alike evenly, in every part that is used alone', () => {
    const count = 65_536
    for (const part of [
      ({ first }: { first: number }) => first & 0xff,
      ({ first }: { first: number }) => first >>> 24,
      ({ second }: { second: number }) => second & 0xff,
      ({ second }: { second: number }) => second >>> 24,
    ]) {
      const found = new Int32Array(256)
      for (let i = 0; i < count; i++) {
        const at = part(keyHash(`["123456789012/us-east-1/abc123/dev",false,"r"] GET 1,5:${10_000 + i}`, 7))
        found[at] = (found[at] ?? 0) + 1
      }
      // 256 each; eight standard deviations of a fair draw.
      assert.ok(Math.min(...found) > 128 && Math.max(...found) < 384, `${Math.min(...found)} to ${Math.max(...found)}`)
    }
  })

  test('gives no two of a hundred thousand keys the same 64 bits', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 100_000; i++) {
      const { first, second } = keyHash(`items ${i}`, 7)
      seen.add(`${first} ${second}`)
    }
    assert.equal(seen.size, 100_000)
  })
})
