import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCsv } from './csv.ts'

describe('parseCsv', () => {
  for (const [name, text, rows] of [
    ['nothing', '', []],
    [
      'lines and fields',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a final line break',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['empty fields', ',a,\n', [['', 'a', '']]],
    ['empty lines', 'a\n\n  \n,\nb', [['a'], ['b']]],
    ['a byte-order mark', '\uFEFFa,b', [['a', 'b']]],
    ['double quotes', '"a,b","c""d","e\nf"', [['a,b', 'c"d', 'e\nf']]],
    ['single quotes', "'a,b',c", [['a,b', 'c']]],
    ['blanks around fields', ' a , "b" ,c ', [['a', 'b', 'c']]],
    ['an apostrophe within', "don't,a", [["don't", 'a']]],
    ['text after a quote', '"a"b,c\nd', [['"a"b', 'c'], ['d']]],
    ['a quote that is never closed', '"a,b\nc', [['"a', 'b'], ['c']]],
  ] as const) {
    test(`reads ${name}`, () => assert.deepEqual(parseCsv(text), rows))
  }
})
