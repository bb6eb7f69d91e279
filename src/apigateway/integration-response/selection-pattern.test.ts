import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBrokenPattern } from './selection-pattern.ts'

const cases: [pattern: string, broken: boolean][] = [
  ['', false],
  ['4\\d{2}', false],
  ['.*"status":\\s*400.*', false],
  ['[\\s\\S]*\\[(400|404)\\][\\s\\S]*', false],
  ['(\\n|.)+', false],
  ['(', true],
  ['[a', true],
  ['*a', true],
  ['(?i).*error.*', false],
  ['a*+', false],
  ['(?>a)', false],
  ['\\p{Alpha}+', false],
  ['\\Q[400]\\E.*', false],
  ['[a-z&&[^b]]', false],
]
for (const [pattern, broken] of cases) {
  test(`'${pattern}' is ${broken ? 'broken' : 'a pattern'}`, () => assert.equal(isBrokenPattern(pattern), broken))
}
