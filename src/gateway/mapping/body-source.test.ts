import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileBodySource } from './body-source.ts'
import { Payload } from './payload.ts'

const unreadable = () => new Error('no JSON')

function read(expression: string, body: string): readonly string[] {
  const source = compileBodySource(expression, unreadable)
  assert.ok(source, 'no expression')
  return source(new Payload(body))
}

describe('a source in a body', () => {
  const body =
    '{"a": "x", "n": 1.50, "big": 12345678901234567890, "yes": true, "no": null, "e": "", "l": [{"b": 1}, {"b": 2}]}'
  const cases: [expression: string, body: string, values: string[]][] = [
    ['body', ' {"a": 1} ', ['{"a": 1}']],
    ['body', '', ['{}']],
    ['body', 'plain text', ['plain text']],
    ['body.a', body, ['x']],
    ['body.$.a', body, ['x']],
    ['body.n', body, ['1.5']],
    ['body.big', body, ['12345678901234567890']],
    ['body.yes', body, ['true']],
    ['body.no', body, []],
    ['body.e', body, []],
    ['body.missing', body, []],
    ['body.l[1].b', body, ['2']],
    ['body.l[1]', body, ['{"b":2}']],
    ['body.l[*].b', body, ['[1,2]']],
    ['body.l[?(@.b > 7)]', body, []],
    ['body.a', '', []],
    ['body.a', 'plain text', []],
    ['body.[0]', '["x"]', ['x']],
  ]
  for (const [expression, text, values] of cases) {
    test(`${expression} of ${text.slice(0, 20) || 'nothing'} is ${JSON.stringify(values)}`, () => {
      assert.deepEqual(read(expression, text), values)
    })
  }

  for (const text of ['{"a"', '["a"', '"a', "'a'", ' {a: 1}']) {
    test(`${text} is no JSON`, () => {
      assert.throws(() => read('body.a', text), unreadable())
      assert.throws(() => read('body', text), unreadable())
    })
  }

  for (const expression of ['', 'bod', 'bodyx', 'body.', 'header.a', 'body.a[?(@.b']) {
    test(`${expression || 'nothing'} is no expression`, () => {
      assert.equal(compileBodySource(expression, unreadable), undefined)
    })
  }
})
