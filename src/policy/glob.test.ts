import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { matchesGlob } from './glob.ts'

describe('matchesGlob', () => {
  const cases: [pattern: string, text: string, matches: boolean][] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a/b:c', true],
    ['?', '', false],
    ['?', 'a', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'acb', false],
    ['*ab', 'aab', true],
    ['ab*', 'aab', false],
    ['a*a', 'a', false],
    ['*a?c*', 'xxabcxx', true],
    ['*a?c*', 'xxabxx', false],
    ['*?', '', false],
    ['**', 'x', true],
    ['a.c', 'abc', false],
  ]
  for (const [pattern, text, matches] of cases) {
    test(`${pattern} ${matches ? 'matches' : 'does not match'} ${text}`, () =>
      assert.equal(matchesGlob(pattern, text), matches))
  }

  test('agrees with a regular expression on every short text', () => {
    const letters = ['a', 'b', '*', '?']
    const patterns = words(letters, 4)
    const texts = words(['a', 'b'], 5)
    for (const pattern of patterns) {
      const oracle = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`)
      for (const text of texts) assert.equal(matchesGlob(pattern, text), oracle.test(text), `${pattern} on ${text}`)
    }
  })

  test('finds a run of more than 32 places', () => {
    const run = `a?${'b'.repeat(70)}?c`
    assert.equal(matchesGlob(`*${run}*`, `xx${run}yy`), true)
    assert.equal(matchesGlob(`*${run}*`, `xx${run.slice(0, -1)}yy`), false)
  })

  test('reads a long text once, whatever the pattern', () => {
    const text = 'a'.repeat(1_000_000)
    for (const pattern of ['*a'.repeat(4000), `*${'a'.repeat(4000)}b*`, `*${'a'.repeat(100)}?b*`, '*?a'.repeat(100)]) {
      const startedAt = performance.now()
      matchesGlob(`${pattern}b`, `${text}b`)
      assert.ok(performance.now() - startedAt < 2000, pattern.slice(0, 20))
    }
  })
})

function words(letters: readonly string[], most: number): string[] {
  const all = ['']
  for (let from = 0, length = 1; length <= most; length++) {
    const to = all.length
    for (const word of all.slice(from, to)) all.push(...letters.map((letter) => word + letter))
    from = to
  }
  return all
}
