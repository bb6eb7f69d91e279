import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBrokenPattern, isRunnablePattern } from './selection-pattern.ts'

const cases: [string, { broken: boolean; runnable: boolean }][] = [
  ['', { broken: false, runnable: true }],
  ['4\\d{2}', { broken: false, runnable: true }],
  ['.*"status":\\s*400.*', { broken: false, runnable: true }],
  ['[\\s\\S]*\\[(400|404)\\][\\s\\S]*', { broken: false, runnable: true }],
  ['(\\n|.)+', { broken: false, runnable: true }],
  ['(', { broken: true, runnable: false }],
  ['[a', { broken: true, runnable: false }],
  ['*a', { broken: true, runnable: false }],
  ['(?i).*error.*', { broken: false, runnable: false }],
  ['a*+', { broken: false, runnable: false }],
  ['(?>a)', { broken: false, runnable: false }],
  ['\\p{Alpha}+', { broken: false, runnable: false }],
  ['\\Q[400]\\E.*', { broken: false, runnable: false }],
  ['[a-z&&[^b]]', { broken: false, runnable: false }],
]
for (const [pattern, { broken, runnable }] of cases) {
  test(`'${pattern}' is ${broken ? 'broken' : runnable ? 'runnable' : "Java's own"}`, () => {
    assert.equal(isBrokenPattern(pattern), broken)
    assert.equal(isRunnablePattern(pattern), runnable)
  })
}
