import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ecmaPattern } from './ecma-pattern.ts'

describe('an ECMA pattern', () => {
  const cases: [pattern: string, text: string, matches: boolean][] = [
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['^[a-z]+$', 'abc', true],
    ['^[a-z]+$', 'abC', false],
    ['^\\d{4}-\\d{2}$', '2026-11', true],
    ['^[\\w\\-.]{1,3}$', 'a-.b', false],
    ['^(a|b)+$', 'abab', true],
    ['^[^@\\s]+@[^@\\s]+$', 'a@b', true],
    ['\\u00e9', 'café', true],
    ['^a\\/b$', 'a/b', true],
    ['(?<year>\\d+)', 'in 2026', true],
    ['', '', true],
  ]
  for (const [pattern, text, matches] of cases) {
    test(`${pattern} ${matches ? 'is' : 'is not'} in ${JSON.stringify(text)}`, () => {
      assert.equal(ecmaPattern(pattern)?.test(text), matches)
    })
  }

  for (const pattern of ['(', '[', '*', 'a(?=b)', '(?<!a)b', '(a)\\1']) {
    test(`${pattern} is none that can be run`, () => assert.equal(ecmaPattern(pattern), undefined))
  }

  for (const [pattern, text] of [
    ['^(a+)+$', `${'a'.repeat(100_000)}!`],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['a*b', 'a'.repeat(100_000)],
    ['^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaa$', 'a'.repeat(23)],
    ['^[a-z]+1$', 'a'.repeat(1_000_000)],
  ] as const) {
    test(`${pattern.slice(0, 20)} takes linear time`, () => {
      const started = performance.now()
      assert.equal(ecmaPattern(pattern)?.test(text), false)
      assert.ok(performance.now() - started < 1_000)
    })
  }
})
