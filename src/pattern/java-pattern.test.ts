import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { javaPattern } from './java-pattern.ts'

describe('a pattern', () => {
  const cases: [pattern: string, text: string, matches: boolean][] = [
    ['200', '200', true],
    ['200', '2000', false],
    ['4\\d{2}', '404', true],
    ['4\\d{2}', '504', false],
    ['5\\d\\d', '503', true],
    ['40.', '404', true],
    ['400|404', '404', true],
    ['400|404', '4040', false],
    ['Bad.*', 'Bad request', true],
    ['Bad.*', 'A Bad request', false],
    ['.*Bad.*', 'line\nBad', false],
    ['(?s).*Bad.*', 'line\nBad', true],
    ['(\\n|.)+', 'line\nBad', true],
    ['(\\n|.)+', '', false],
    ['.*', '', true],
    ['(?i)not found', 'NOT FOUND', true],
    ['\\QA.B\\E', 'A.B', true],
    ['\\QA.B\\E', 'AxB', false],
    ['\\A[45]\\d+\\z', '404', true],
    ['[^4]..', '504', true],
    ['[[:alpha:]]+', 'ab', true],
    ['a\\[b', 'a[b', true],
    ['', '', true],
    ['[\\s\\S]*\\[(400|404)\\][\\s\\S]*', 'x\n[404] y', true],
    ['[\\[a]+', '[a', true],
    ['\\Q[a[b\\E', '[a[b', true],
    ['a&&b', 'a&&b', true],
  ]
  for (const [pattern, text, matches] of cases) {
    test(`${pattern} ${matches ? 'matches' : 'does not match'} ${JSON.stringify(text)}`, () => {
      assert.equal(javaPattern(pattern)?.(text), matches)
    })
  }

  for (const pattern of [
    '(',
    '[',
    '*',
    'a{2,1}',
    'a(?=b)',
    '(?<!a)b',
    '(a)\\1',
    'a++',
    '(?>a)',
    '[a-z&&[^b]]',
    '[a[bc]]',
  ]) {
    test(`${pattern} is none that can be run`, () => assert.equal(javaPattern(pattern), undefined))
  }

  test('takes linear time', () => {
    const started = performance.now()
    assert.equal(javaPattern('(a+)+b')?.('a'.repeat(100_000)), false)
    assert.ok(performance.now() - started < 2_000)
  })
})
