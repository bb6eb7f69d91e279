import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseQuery } from './query.ts'

describe('parseQuery', () => {
  for (const [query, expected] of [
    ['', []],
    ['a=1&b=2', ['a', '1', 'b', '2']],
    ['a=1;b=2', ['a', '1', 'b', '2']],
    ['a&b=', ['a', '', 'b', '']],
    ['&&a=1&', ['a', '1']],
    ['a=1&a=2', ['a', '1', 'a', '2']],
    ['a+b=c+d', ['a b', 'c d']],
    ['a=%2B%20%C3%A9', ['a', '+ é']],
    ['a=b=c', ['a', 'b=c']],
    ['=x', ['', 'x']],
    ['a=100%', ['a', '100%']],
    ['a=%zz%41', ['a', '%zzA']],
    ['a=%ff', ['a', '\ufffd']],
  ] as const) {
    test(query || 'nothing', () => assert.deepEqual(parseQuery(query), expected))
  }
})
