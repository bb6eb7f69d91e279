import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seeded } from '../../test/seeded.ts'
import { JsonSyntaxError, maxDepth, maxNumberLength, parseJson } from './parse.ts'
import { Double, type JsonValue } from './value.ts'
import { JsonWriteError, writeJson } from './write.ts'

const big = 12345678901234567890n

describe('reads', () => {
  const cases: [string, JsonValue][] = [
    ['null', null],
    [' true\n', true],
    ['\tfalse\r', false],
    ['0', 0],
    ['-0', 0],
    ['42', 42],
    ['-17', -17],
    ['999999999999999', 999999999999999],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-12345678901234567890', -big],
    ['1.0', new Double(1)],
    ['-0.0', new Double(-0)],
    ['1e2', new Double(100)],
    ['2.5E-3', new Double(0.0025)],
    ['1e+3', new Double(1000)],
    ['0e0', new Double(0)],
    ['""', ''],
    ['"a b"', 'a b'],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"x\\u00e9y\\uD83D\\ude00"', 'xéy😀'],
    ['"é😀\u007f\u2028"', 'é😀\u007f\u2028'],
    ['[]', []],
    ['[ ]', []],
    ['[1, [2], "x"]', [1, [2], 'x']],
    ['{}', new Map()],
    [
      '{"b": 1, "a": {"c": null}}',
      new Map<string, JsonValue>([
        ['b', 1],
        ['a', new Map([['c', null]])],
      ]),
    ],
    ['{"a":1,"b":2,"a":3}', new Map([...Object.entries({ a: 3, b: 2 })])],
    ['{"__proto__":{"x":1}}', new Map([['__proto__', new Map([['x', 1]])]])],
  ]
  for (const [text, value] of cases) test(text, () => assert.deepEqual(parseJson(text), value))
})

describe('refuses', () => {
  const cases: [string, number][] = [
    ['', 0],
    ['  ', 2],
    ['nul', 0],
    ['nulll', 4],
    ['NaN', 0],
    ["'a'", 0],
    ['01', 1],
    ['-', 1],
    ['-a', 1],
    ['-01', 2],
    ['1.', 2],
    ['.5', 0],
    ['+1', 0],
    ['1e', 2],
    ['1e+', 3],
    ['1 2', 2],
    ['"a', 2],
    ['"a\n"', 2],
    ['"\\x"', 2],
    ['"\\u12g4"', 2],
    ['"\\', 2],
    ['"a\\nb\t"', 5],
    ['[1,]', 3],
    ['[1', 2],
    ['[1 2]', 3],
    ['[,1]', 1],
    [']', 0],
    ['{"a"}', 4],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['{a:1}', 1],
    ['{"a":1]', 6],
    ['{"a":1}}', 7],
    ['\ufeff1', 0],
    ['\u00a01', 0],
  ]
  for (const [text, offset] of cases) {
    test(JSON.stringify(text), () => assert.throws(() => parseJson(text), { name: 'JsonSyntaxError', offset }))
  }
  test('nesting without end, before the stack ends', () => {
    assert.doesNotThrow(() => parseJson('['.repeat(maxDepth) + ']'.repeat(maxDepth)))
    assert.throws(() => parseJson('['.repeat(1_000_000)), { name: 'JsonSyntaxError', offset: maxDepth })
    assert.throws(() => parseJson('{"a":'.repeat(1_000_000)), JsonSyntaxError)
  })
  test('a number without end', () => {
    assert.equal(parseJson('1'.repeat(maxNumberLength)), BigInt('1'.repeat(maxNumberLength)))
    assert.throws(() => parseJson('1'.repeat(5_000_000)), { name: 'JsonSyntaxError', offset: 0 })
  })
})

describe('writes', () => {
  const cases: [JsonValue, string][] = [
    [null, 'null'],
    [true, 'true'],
    [7, '7'],
    [big, '12345678901234567890'],
    [new Double(1), '1.0'],
    [new Double(1e10), '1.0E10'],
    [new Double(1.25e-7), '1.25E-7'],
    [new Double(0.001), '0.001'],
    [new Double(9999999), '9999999.0'],
    [new Double(10000000), '1.0E7'],
    [new Double(-0), '-0.0'],
    [new Double(5e-324), '5.0E-324'],
    [new Double(Number.POSITIVE_INFINITY), 'null'],
    ['a/"\\\n\u0001é', '"a/\\"\\\\\\n\\u0001é"'],
    ['\ud800', '"\\ud800"'],
    [[], '[]'],
    [new Map(), '{}'],
    [[1, [null], new Map([['a"', 2]])], '[1,[null],{"a\\"":2}]'],
  ]
  for (const [value, text] of cases) test(text, () => assert.equal(writeJson(value), text))

  test('no value that holds itself', () => {
    const list: JsonValue[] = []
    list.push(list)
    assert.throws(() => writeJson(list), JsonWriteError)
  })
  test('no text beyond its limit', () => {
    let value: JsonValue[] = ['leaf']
    for (let doubled = 0; doubled < 60; doubled += 1) value = [value, value]
    assert.throws(() => writeJson(value, 100_000), JsonWriteError)
    assert.equal(writeJson(['abc'], 100), '["abc"]')
  })
})

function generate(random: () => number, depth: number): unknown {
  const pick = Math.floor(random() * (depth > 4 ? 6 : 8))
  const text = () => Array.from({ length: random() * 6 }, () => String.fromCharCode(random() * 300)).join('')
  if (pick === 0) return null
  if (pick === 1) return random() < 0.5
  if (pick === 2) return Math.floor((random() - 0.5) * 10 ** (random() * 15))
  if (pick === 3) return (random() + 0.1) * 10 ** Math.floor(random() * 40 - 20)
  if (pick < 6) return text()
  const length = Math.floor(random() * 5)
  if (pick === 6) return Array.from({ length }, () => generate(random, depth + 1))
  return Object.fromEntries(Array.from({ length }, () => [`k${text()}`, generate(random, depth + 1)]))
}

function plain(value: JsonValue): unknown {
  if (value instanceof Double) return value.value
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]))
  return value
}

test('agrees with JSON.parse on generated documents, and reads again what it wrote', () => {
  const random = seeded(20260721)
  for (let count = 0; count < 2_000; count += 1) {
    const document = generate(random, 0)
    const text = JSON.stringify(document, undefined, Math.floor(random() * 3))
    const value = parseJson(text)
    assert.deepEqual(plain(value), JSON.parse(text.replaceAll(/-0(?=[,\s\]}]|$)/g, '0')), text)
    assert.deepEqual(parseJson(writeJson(value)), value, text)
  }
})

test('agrees with JSON.parse on what is no JSON', () => {
  const random = seeded(7)
  for (let count = 0; count < 5_000; count += 1) {
    const text = JSON.stringify(generate(random, 0))
    const at = Math.floor(random() * text.length)
    const broken = text.slice(0, at) + '{}[],:"\\0-.eE+1 x\n'.charAt(Math.floor(random() * 18)) + text.slice(at + 1)
    const accepts = (read: (text: string) => unknown) => {
      try {
        read(broken)
        return true
      } catch {
        return false
      }
    }
    assert.equal(accepts(parseJson), accepts(JSON.parse), broken)
  }
})
